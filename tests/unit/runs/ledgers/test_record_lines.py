"""Records at the door: what is refused, told by its place, and never repeated."""

import json

import pytest

from habeas.errors import BadInput
from habeas.runs.ledgers.record_lines import MOST_LINE_BYTES, RecordLine, parse_record_line, record_on
from ledgers.ledger_folders import SECRETS, decision, notice

NAME = "records.jsonl line 3"
VALUE = "expected text, a whole number up to 9007199254740991, true or false; got something else: write it as text"
KNOWN = "it has a name that isn't a field here; known are type, authority, day, public, personal"


def refused(given):
    line = given if isinstance(given, bytes) else json.dumps(given).encode()
    with pytest.raises(BadInput) as told:
        parse_record_line(line, name=NAME)
    assert type(told.value) is BadInput
    return str(told.value)


def person(**fields):
    return decision(personal={"person": {"ref": "P-1042", "fields": fields}})


def test_a_record_is_read():
    found = parse_record_line(json.dumps(decision()).encode(), name=NAME)

    assert (found.type.value, found.authority, found.about) == ("decision", "police.example", None)
    assert found.draft().refs == {"P-1042", "O-17"}
    assert parse_record_line(json.dumps(notice(7)).encode(), name=NAME).about == 7


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"type":', "this isn't JSON, from character 9 on"),
        (b"\xff\xfe{", "byte 1 isn't text in UTF-8"),
        (b'{"day": 1, "day": 2}', "a name stands twice in it"),
        (
            b'{"score": 1.5}',
            "it holds a number with a fraction, which no two programs write alike: use whole numbers, or text",
        ),
        (b'{"score": NaN}', "it holds a number with a fraction, which no two programs write alike: use whole numbers, or text"),
        (b"[" * 100_000, "this isn't JSON"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "this isn't JSON"),
    ],
)
def test_what_is_not_json_as_records_need_it_is_refused(line, why):
    assert refused(line) == f"{NAME}: expected one record as a JSON object; {why}: mend the line, then append again"


def test_a_line_that_is_too_long_is_refused():
    assert refused(b" " * (MOST_LINE_BYTES + 1)) == (
        f"{NAME}: expected a record of at most 1,000,000 bytes; got more: is it one record a line?"
    )


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ([1], ": expected a JSON object; got something else; see `habeas schema ledger-record`"),
        ("Ada Lovelace", ": expected a JSON object; got something else; see `habeas schema ledger-record`"),
        (decision(day="2026-02-30"), ", day: expected a day that the calendar has; mend it, e.g. 2026-11-22"),
        (decision(day="20 Nov"), ", day: expected a day such as 2026-11-22; got something else"),
        (decision(personl={}), ": it has a name that isn't a field here; did you mean personal?"),
        (decision(**{"Ada Lovelace": 1}), f": {KNOWN}"),
        (person(score=1 << 60), f", personal.person.fields.score: {VALUE}"),
        (person(score=None), f", personal.person.fields.score: {VALUE}"),
        (person(name="\ud800"), f", personal.person.fields.name: {VALUE}"),
        (person(**{"Ada Lovelace": []}), f", personal.person.fields.(a name): {VALUE}"),
        (person(), ", personal.person.fields: expected at least one field; got none: leave the group out"),
        (
            decision(public={"Ada Lovelace": True}),
            ", public.(a key): expected text or a whole number; got something else: what is personal belongs into sealed fields",
        ),
        (
            decision(personal={"Ada Lovelace": {"ref": "", "fields": {"a": 1}}}),
            ", personal.(a name).ref: expected at least one character; got none",
        ),
        (
            decision(personal={"Ada Lovelace": {"ref": "P-1042", "fields": {"a": 1}}}),
            (
                ": expected as name of a group a role, one of person, officer, victim, witness, relative, child, counsel, reviewer, "
                "expert, case, system, other; where there are several, with a number up to 999, such as victim-2; got something else: "
                "persons are named by their ref alone"
            ),
        ),
        (
            decision(personal={"witness-john-smith": {"ref": "", "fields": {"a": 1}}}),
            ", personal.(a name).ref: expected at least one character; got none",
        ),
        (
            decision(type="erasure"),
            (
                ", type: expected something that happened; got an order, which must also be carried out: "
                "give it by `habeas ledger erase` or `habeas ledger restrict`"
            ),
        ),
        (
            decision(type="Ada Lovelace"),
            (
                ", type: expected one of decision, notice, challenge, outcome, access, disclosure, restriction, erasure, register, audit, "
                "key-event; got something else"
            ),
        ),
        (
            decision(authority="Ada Lovelace"),
            (
                ": entry: expected as authority the authority's domain name in lower case, such as police.example; got something else: "
                "use the name that the register has"
            ),
        ),
    ],
)
def test_what_is_wrong_is_told_by_its_place_and_nothing_of_it_is_repeated(record, told):
    said = refused(record)

    assert said == f"{NAME}{told}"
    assert not any(secret in said for secret in SECRETS)


def test_all_that_is_wrong_with_a_record_is_told_at_once():
    assert refused({"type": "decision", "day": "x"}).splitlines() == [
        f"{NAME}, authority: it is missing: add it; see `habeas schema ledger-record`",
        f"{NAME}, day: expected a day such as 2026-11-22; got something else",
    ]


def test_a_mapping_from_code_is_a_record_too():
    assert RecordLine.checked(decision(), name="the record").type.value == "decision"
    with pytest.raises(BadInput, match=r"^the record, personal\.person\.fields\.score: expected text, a whole number"):
        RecordLine.checked(person(score=0.5), name="the record")


def test_what_is_personal_is_not_in_the_repr_of_a_record():
    """Programs log what they hold when they fail."""
    text = repr(RecordLine.checked(decision(), name="the record"))

    assert "bail-score" in text
    assert not any(secret in text for secret in SECRETS)


def test_empty_lines_are_passed_over_and_so_is_the_mark_before_utf_8():
    marked = b"\xef\xbb\xbf" + json.dumps(notice(0)).encode() + b"\r\n"

    assert record_on(b" \r\n", number=2, name="x") is None
    assert record_on(b"\xef\xbb\xbf\n", number=1, name="x") is None
    found = record_on(marked, number=1, name="x")
    assert found is not None
    assert found.about == 0
