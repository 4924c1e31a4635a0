"""An entry can't hold what is withheld, and silence is counted."""

from __future__ import annotations

import pytest

from habeas.errors import BadInput
from habeas.reports.registers.completeness import completeness
from habeas.runs.registers.fields import field_set
from habeas.terms.register import Need
from registers.entries import SECRET, entry

FIELDS = field_set()
ASKED = sum(field.need is not Need.OPTIONAL for field in FIELDS.fields)


def test_an_entry_refuses_to_hold_what_is_withheld() -> None:
    with pytest.raises(BadInput, match="withheld; got one to suppliers"):
        entry({"suppliers": [{"name": "Vendor"}]}, withheld=(SECRET,))


def test_an_empty_entry_is_missing_everything() -> None:
    count = completeness(entry({}), FIELDS)
    assert (count.whole.asked, count.whole.answered, count.whole.missing) == (ASKED, 0, ASKED)


def test_answers_are_counted_by_topic() -> None:
    count = completeness(entry(), FIELDS)
    assert count.whole.answered == 10
    # name, plain_summary, status and language of the seven that are asked there; in_use_until is optional
    assert (count.topics["about"].answered, count.topics["about"].asked) == (4, 7)


def test_a_withheld_answer_is_neither_given_nor_missing() -> None:
    count = completeness(entry(withheld=(SECRET,)), FIELDS)
    responsible = count.topics["responsible"]
    assert (responsible.asked, responsible.answered, responsible.withheld, responsible.missing) == (4, 0, 1, 3)
    assert "suppliers" not in [field.id for field in entry(withheld=(SECRET,)).missing(FIELDS)]


def test_an_empty_answer_is_missing() -> None:
    assert completeness(entry({"team": "", "risks": []}), FIELDS).whole.answered == 0


def test_a_system_without_a_name_is_called_as_in_its_address() -> None:
    assert entry({}).name == "risk-tool"
