"""Records of another register become entries documented by others; the same file again changes nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from habeas.web.accounts.models import Organisation
from habeas.web.explore.importing import import_atrs
from habeas.web.explore.models import SearchRow
from habeas.web.register.models import Edition
from web.makers import NOON, organisation

pytestmark = pytest.mark.django_db

RECORDS = Path(__file__).parents[2] / "registers" / "atrs_records_made_up.json"


def test_records_come_in_published_and_marked(client: Client) -> None:
    done = import_atrs(RECORDS, at=NOON)
    assert (done.entries, len(done.left_out)) == (3, 3)
    force = Organisation.objects.get(slug="midshire-police")
    assert (force.documented_by_others, force.kind) == (True, "police")
    html = client.get("/register/midshire-letter-sorter/").content.decode()
    assert "Documented by others." in html
    assert "Letter &amp; call sorter" in html
    assert "Not answered" in html


def test_the_same_file_again_changes_nothing() -> None:
    import_atrs(RECORDS, at=NOON)
    before = list(Edition.objects.order_by("id").values_list("digest", flat=True))
    assert import_atrs(RECORDS, at=NOON).entries == 3
    assert list(Edition.objects.order_by("id").values_list("digest", flat=True)) == before


def test_who_works_here_is_not_written_for() -> None:
    organisation("midshire-police", name="Midshire Police")
    done = import_atrs(RECORDS, at=NOON)
    assert done.entries == 1
    assert any("publishes its entries here itself" in one.why for one in done.left_out)


def test_the_command_tells_what_was_left_out() -> None:
    told = io.StringIO()
    call_command("import_atrs", str(RECORDS), stdout=told)
    assert "left out: Undated: it doesn't say when it was published" in told.getvalue()
    assert "3 entries are in the register; 3 records were left out" in told.getvalue()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not there"):
        call_command("import_atrs", str(tmp_path / "none.json"))


def test_rows_that_are_searched_can_be_made_anew() -> None:
    import_atrs(RECORDS, at=NOON)
    SearchRow.objects.all().delete()
    told = io.StringIO()
    call_command("search_again", stdout=told)
    assert "3 entries can be searched" in told.getvalue()
    assert SearchRow.objects.count() == 3
