"""Impact assessments: drafted from a screen, written a section at a time, complete only when nothing is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from habeas.errors import BadInput, NotAllowed
from habeas.rules.assessments.completing import complete
from habeas.rules.assessments.values import Kind
from habeas.runs.assessments.reading import parse_assessment
from habeas.web.screening import actions
from habeas.web.screening.models import Assessment, Description
from habeas.web.screening.queries.assessments import lacks, written
from web.makers import NOON, approver, browser_of, drafted, owner, screened, version_of
from web.page_checks import problems

pytestmark = pytest.mark.django_db
SENTENCE = "The made-up force answers this in paragraph {number} of its file."


def begun(*, example: str = "drafting-help", kind: Kind = Kind.DATA_PROTECTION) -> Assessment:
    found = screened(version_of(drafted()), example=example)
    return actions.draft_assessment(by=owner(), at=NOON, screen=found.id, kind=kind)


def mine() -> Client:
    return browser_of(owner())


def address(name: str, row: Assessment, *more: str) -> str:
    return reverse(name, args=["letter-sorter", row.pk, *more])


def shown(client: Client, where: str) -> dict[str, str]:
    """What a browser sends back of the page as it is shown: its stamp."""
    return {"seen": client.get(where).context["form"]["seen"].value()}


def fill_in(client: Client, row: Assessment) -> None:
    """Answer every question, each in words of its own."""
    number = 0
    for section in written(row).sections:
        said = {}
        for name in (*(f"question-{one.id}" for one in section.to_write), *(f"duty-{one.rule}" for one in section.duties)):
            number += 1
            said[name] = SENTENCE.format(number=number)
        where = address("desk_assessment_section", row, section.id)
        assert client.post(where, {**shown(client, where), **said}).status_code == 302
    closing = {
        "claim": "Letters arrive a day sooner, says the vendor.",
        "claimed_by": "the vendor",
        "shown_by": "Nothing shows it: no evaluation was made.",
        "not_measured": "The audit starts in March 2027.",
        "role": "chief of the made-up force",
        "signed_on": NOON.date().isoformat(),
        "review_on": (NOON.date() + timedelta(days=365)).isoformat(),
    }
    where = address("desk_assessment_closing", row)
    assert client.post(where, {**shown(client, where), **closing}).status_code == 302
    row.refresh_from_db()


def test_a_draft_tells_what_is_missing_and_can_be_read_as_the_command_reads_it() -> None:
    row = begun()
    assert lacks(row, on=NOON.date())
    client = mine()
    file = client.get(address("desk_assessment_file", row)).content.decode()
    assert parse_assessment(file, name="file") == written(row)


def test_what_is_written_in_a_section_is_there_on_return() -> None:
    row, client = begun(), mine()
    section = written(row).sections[0]
    where, name = address("desk_assessment_section", row, section.id), f"question-{section.to_write[0].id}"
    answer = client.post(where, {**shown(client, where), name: "A sentence\r\non two lines.", "back": ""})
    assert answer.headers["Location"] == address("desk_assessment", row)
    form = client.get(where).context["form"]
    assert form[name].value() == "A sentence\non two lines."
    before = complete(written(row))
    row.refresh_from_db()
    assert len(complete(written(row))) == len(before) - 1


@pytest.mark.parametrize("kind", list(Kind))
def test_an_assessment_is_complete_only_when_nothing_is_missing(kind: Kind) -> None:
    row, client = begun(kind=kind), mine()
    with pytest.raises(BadInput, match="are missing"):
        actions.complete_assessment(by=owner(), at=NOON, assessment=row)
    fill_in(client, row)
    assert lacks(row, on=NOON.date()) == ()
    actions.complete_assessment(by=owner(), at=NOON, assessment=row)
    assert Assessment.objects.get().state == "complete"


def test_of_two_windows_on_a_section_the_later_is_shown_what_the_other_wrote() -> None:
    row, client = begun(), mine()
    section = written(row).sections[0]
    where, name = address("desk_assessment_section", row, section.id), f"question-{section.to_write[0].id}"
    both = shown(client, where)
    assert client.post(where, {**both, name: "What they wrote."}).status_code == 302
    answer = client.post(where, {**both, name: "What I wrote."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What they wrote.</dd>" in page
    assert answer.context["form"][name].value() == "What I wrote."
    assert problems(page) == []
    row.refresh_from_db()
    assert "What they wrote." in row.text
    assert client.post(where, {"seen": answer.context["form"]["seen"].value(), name: "What I wrote."}).status_code == 302
    row.refresh_from_db()
    assert "What I wrote." in row.text


def test_of_two_windows_on_the_closing_the_later_is_shown_what_the_other_wrote() -> None:
    row, client = begun(), mine()
    where = address("desk_assessment_closing", row)
    both = shown(client, where)
    assert client.post(where, {**both, "claim": "What they wrote.", "review_on": "2027-03-01"}).status_code == 302
    answer = client.post(where, {**both, "claim": "What I wrote.", "review_on": "2027-03-01"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What they wrote.</dd>" in page
    assert "2027-03-01</dd>" not in page
    assert problems(page) == []
    row.refresh_from_db()
    assert "What I wrote." not in row.text


def test_a_complete_assessment_is_never_changed() -> None:
    row, client = begun(), mine()
    fill_in(client, row)
    actions.complete_assessment(by=owner(), at=NOON, assessment=row)
    before = row.text
    section = written(row).sections[0]
    where, name = address("desk_assessment_section", row, section.id), f"question-{section.to_write[0].id}"
    answer = client.post(where, {**shown(client, where), name: "Something else."})
    assert answer.status_code == 422
    assert "this assessment is complete" in answer.content.decode()
    row.refresh_from_db()
    assert row.text == before


def test_no_assessment_lifts_a_prohibition_and_its_pages_say_so() -> None:
    row, client = begun(example="patrol-forecast"), mine()
    for name in ("desk_assessment", "desk_assessment_document"):
        html = client.get(address(name, row)).content.decode()
        assert "lift a prohibition" in html.replace("&#x27;", "'")


def test_a_new_draft_brings_what_was_written_to_be_read_again_where_answers_changed() -> None:
    row, client = begun(), mine()
    fill_in(client, row)
    later = screened(row.version, example="patrol-forecast")
    new = actions.draft_assessment(by=owner(), at=NOON, screen=later.id, kind=Kind.DATA_PROTECTION)
    assert new.pk == row.pk  # one draft a version and kind
    assert "read this again" in new.text
    assert new.screen_id == later.id
    assert Description.objects.filter(state="finished").count() == 2


def test_an_assessment_is_drafted_from_the_latest_screen_alone() -> None:
    version = version_of(drafted())
    earlier, later = screened(version), screened(version, example="patrol-forecast")
    address = reverse("desk_assess", args=["letter-sorter", earlier.id, "equality"])
    assert mine().post(address).status_code == 422
    with pytest.raises(BadInput, match="screened again since"):
        actions.draft_assessment(by=owner(), at=NOON, screen=earlier.id, kind=Kind.EQUALITY)
    assert not Assessment.objects.exists()
    assert actions.draft_assessment(by=owner(), at=NOON, screen=later.id, kind=Kind.EQUALITY).screen_id == later.id


def test_only_the_owner_drafts_and_writes() -> None:
    row = begun()
    with pytest.raises(NotAllowed):
        actions.draft_assessment(by=approver(), at=NOON, screen=row.screen_id, kind=Kind.EQUALITY)
    reader = browser_of(approver())
    assert reader.get(address("desk_assessment", row)).status_code == 200
    assert reader.get(address("desk_assessment_closing", row)).status_code == 403


@pytest.mark.parametrize("kind", list(Kind))
def test_every_page_of_an_assessment_is_sound(kind: Kind) -> None:
    row, client = begun(example="live-face", kind=kind), mine()
    pages = [address(name, row) for name in ("desk_assessment", "desk_assessment_closing", "desk_assessment_document")]
    pages += [address("desk_assessment_section", row, section.id) for section in written(row).sections]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert problems(answer.content.decode()) == [], page
