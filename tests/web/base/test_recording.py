"""The log's waiting room and the ledger: every line once, in order, whatever crashes when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pytest
from django.db import transaction

from habeas.errors import BadInput, BrokenEvidence, Malformed
from habeas.runs.ledgers.creating import create_ledger
from habeas.runs.ledgers.ledger import Ledger
from habeas.runs.ledgers.reading import check, entries_since
from habeas.terms.records import RecordType, parse_entry
from habeas.web.base.log import write_log
from habeas.web.base.models import LogLine
from habeas.web.base.worker import log_lines
from habeas.web.base.worker.log_lines import Recorder

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def at_noon() -> datetime:
    return NOON


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    create_ledger(tmp_path / "ledger", origin="log.police.example/register", passphrase=None)
    with Ledger(tmp_path / "ledger") as made:
        yield made


def say(verdict: str = "drafted") -> LogLine:
    with transaction.atomic():
        public = {"system": "patrol-forecast", "version": "unknown", "verdict": verdict}
        return write_log(RecordType.REGISTER, authority="police.example", public=public, document={"what": verdict}, at=NOON)


def verdicts(ledger: Ledger) -> list[str]:
    return [parse_entry(entry).public["verdict"] for _, entry, _ in entries_since(ledger.folder, 0)]


def indices() -> list[int | None]:
    return list(LogLine.objects.order_by("id").values_list("index", flat=True))


def test_lines_are_recorded_in_the_order_in_which_they_were_written(ledger: Ledger) -> None:
    for verdict in ("drafted", "submitted", "published"):
        say(verdict)

    assert Recorder(ledger, clock=at_noon).record_due() == 3

    assert verdicts(ledger) == ["drafted", "submitted", "published"]
    assert indices() == [0, 1, 2]
    leaves = [leaf.hex() for _, _, leaf in entries_since(ledger.folder, 0)]
    assert list(LogLine.objects.order_by("id").values_list("leaf_hash", flat=True)) == leaves
    assert set(LogLine.objects.values_list("logged_at", flat=True)) == {NOON}


def test_nothing_is_recorded_twice(ledger: Ledger) -> None:
    say()
    recorder = Recorder(ledger, clock=at_noon)

    assert [recorder.record_due(), recorder.record_due()] == [1, 0]
    assert Recorder(ledger, clock=at_noon).record_due() == 0
    assert ledger.size == 1


def test_more_than_fit_into_one_turn_are_recorded_in_several(ledger: Ledger) -> None:
    for _ in range(5):
        say()
    recorder = Recorder(ledger, clock=at_noon)

    with mock.patch.object(log_lines, "MOST_AT_ONCE", 2):
        assert [recorder.record_due() for _ in range(4)] == [2, 2, 1, 0]
    assert indices() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("before", [0, 2])
@pytest.mark.parametrize("reached", [0, 1, 2, 3])
def test_after_a_crash_between_recording_and_marking_each_line_is_recorded_once(ledger: Ledger, before: int, reached: int) -> None:
    """`before`: lines recorded and marked earlier. `reached`: how many of the next three the ledger took before the crash."""
    for _ in range(before):
        say("registered")
    Recorder(ledger, clock=at_noon).record_due()
    lines = [say(verdict) for verdict in ("drafted", "submitted", "published")]
    list(ledger.record_many([line.record for line in lines[:reached]]))

    recorder = Recorder(ledger, clock=at_noon)
    recorder.record_due()

    assert recorder.found == reached
    assert verdicts(ledger) == ["registered"] * before + ["drafted", "submitted", "published"]
    assert indices() == list(range(before + 3))


def test_a_crash_while_marking_marks_none_and_the_next_recorder_all(ledger: Ledger) -> None:
    for verdict in ("drafted", "submitted"):
        say(verdict)
    recorder = Recorder(ledger, clock=at_noon)
    marked = recorder._mark

    def dies_at_the_second(line: LogLine, index: int, leaf: bytes) -> None:
        if index == 1:
            raise SystemExit
        marked(line, index, leaf)

    with mock.patch.object(recorder, "_mark", dies_at_the_second), pytest.raises(SystemExit):
        recorder.record_due()
    assert indices() == [None, None]

    assert Recorder(ledger, clock=at_noon).found == 2
    assert indices() == [0, 1]
    assert ledger.size == 2


def test_entries_that_are_not_the_sites_are_passed_over(ledger: Ledger) -> None:
    line = say()
    ledger.record(
        {"type": "key-event", "authority": "police.example", "day": "2026-11-22", "public": {"key": "01234567", "event": "rotated"}}
    )
    ledger.record(line.record)
    ledger.record({**line.record, "public": {"system": "another", "version": "unknown", "verdict": "drafted"}})

    assert Recorder(ledger, clock=at_noon).found == 1
    assert indices() == [1]


def test_a_ledger_that_is_older_than_the_site_is_not_written(ledger: Ledger) -> None:
    line = say()
    LogLine.objects.filter(pk=line.pk).update(index=7)

    with pytest.raises(BrokenEvidence, match=r"8 at least; it holds 0.*habeas ledger recover"):
        Recorder(ledger, clock=at_noon)


def test_what_is_recorded_can_be_checked(ledger: Ledger) -> None:
    say()
    Recorder(ledger, clock=at_noon).record_due()
    ledger.checkpoint()

    assert check(ledger.folder).clean


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_to_the_log_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        write_log(RecordType.REGISTER, authority="police.example", public={}, document={}, at=NOON)


@pytest.mark.parametrize(
    ("kind", "public"),
    [
        (RecordType.REGISTER, {"system": "patrol-forecast", "version": "unknown", "verdict": "sung"}),
        (RecordType.REGISTER, {"system": "patrol-forecast", "version": "unknown", "verdict": "drafted", "person": "ada"}),
        (RecordType.ERASURE, {"ground": "unlawful", "about": 0, "group": "person"}),
    ],
)
def test_what_the_ledger_would_refuse_never_waits_for_it(kind: RecordType, public: dict[str, str | int]) -> None:
    with pytest.raises((Malformed, BadInput)), transaction.atomic():
        write_log(kind, authority="police.example", public=public, document={}, at=NOON)

    assert not LogLine.objects.exists()


def test_no_entry_is_written_without_its_change() -> None:
    def change() -> None:
        with transaction.atomic():
            say()
            raise KeyError

    with pytest.raises(KeyError):
        change()

    assert not LogLine.objects.exists()
