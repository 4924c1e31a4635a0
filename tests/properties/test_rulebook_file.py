"""The rulebook's door under anything that may be written, and differences of books: nothing slips through, nothing escapes."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.errors import BadRulebook
from habeas.rules.difference import difference, rejudged
from habeas.rules.plain import digest
from habeas.rules.rulebook import Rulebook
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.yaml_text.door import parse
from habeas.terms.answers import Answer, Several, Ternary
from habeas.terms.description import SystemDescription
from screens.book_texts import BOOK, book, vocabulary

WORDS = {"vocabulary": vocabulary()}
LINES = BOOK.splitlines()
NAMED = [index for index, line in enumerate(LINES) if re.match(r" *(- )?[a-z_]+:", line)]
KNOWN = set(re.findall(r"[a-z_]+", BOOK)) | {"all", "any", "clears", "note", "readers", "as", "until", "why"}

names = st.from_regex(r"[a-z]{3,12}", fullmatch=True).filter(lambda name: name not in KNOWN)
days = st.dates(date(2015, 1, 1), date(2035, 1, 1))
edits = st.lists(
    st.tuples(st.integers(0, len(BOOK)), st.integers(0, 30), st.text("ab:-{}[]\"'#&*!|> \n\t0", max_size=6)), min_size=1, max_size=3
)


def read(text: str) -> Rulebook:
    return parse(text, top=RulebookFile, name="small.yaml", kind=BadRulebook, context=WORDS).value()


@given(index=st.sampled_from(NAMED), name=names)
def test_a_key_that_nobody_knows_is_refused_on_its_line_wherever_it_stands(index: int, name: str) -> None:
    line = LINES[index]
    lead = re.match(r" *(- )?", line)
    inserted = [f"{line[: lead.end()]}{name}: x", " " * lead.end() + line[lead.end() :]] if lead is not None else []

    with pytest.raises(BadRulebook) as refused:
        read("\n".join([*LINES[:index], *inserted, *LINES[index + 1 :]]))

    said = [told for told in str(refused.value).splitlines() if told.startswith(f"small.yaml line {index + 1}, ")]
    assert any(re.match(rf"[^:]*\b{name}: not a f", told.partition(", ")[2]) for told in said)


@settings(max_examples=300)
@given(edits=edits)
def test_whatever_is_typed_into_a_book_it_is_read_or_refused_in_words(edits: list[tuple[int, int, str]]) -> None:
    text = BOOK
    for start, length, typed in edits:
        text = text[:start] + typed + text[start + length :]

    try:
        found = read(text)
    except BadRulebook as refused:
        assert all(line.startswith("small.yaml") for line in str(refused).splitlines())  # noqa: PT017 - either way is right
    else:
        assert found.rules


@given(start=days, on=days, purpose=st.sampled_from(["list", "predict", "draft"]), decides=st.sampled_from(Ternary))
def test_only_a_day_between_the_old_date_and_the_new_gives_another_verdict(start: date, on: date, purpose: str, decides: Ternary) -> None:
    old, new = book(), book(("from: 2026-02-01", f"from: {start}"))
    answers = {"purpose": Answer(value=Several(words=frozenset({purpose}))), "human_decides": Answer(value=decides)}
    system = SystemDescription(name="A", version="1", operator="B", about="C", answers=answers)

    found = rejudged({"a": system}, old, new, on=on)

    first, last = sorted([date(2026, 2, 1), start])
    assert bool(found) == (purpose != "draft" and first <= on < last)


@given(day=days)
def test_two_books_differ_exactly_where_their_digests_do(day: date) -> None:
    old, new = book(), book(("from: 2026-02-01", f"from: {day}"))

    assert bool(difference(old, new).rules) == (digest(old) != digest(new)) == (day != date(2026, 2, 1))


@given(day=days)
def test_a_window_holds_on_its_days_and_on_no_other(day: date) -> None:
    window = book().rules[2].windows[0]
    inside = {date(2026, 8, 2) + timedelta(days=index) for index in range(487)}

    # 2 August 2026 to 1 December 2027, both included: 30 + 30 + 31 + 30 + 31 days of 2026, 335 of 2027
    assert len(inside) == 152 + 335
    assert window.holds(day) == (day in inside)
