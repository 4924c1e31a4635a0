"""Labels into codes: the levels of groups, and the yes, no or nothing of an outcome, a decision or an advice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from habeas.audit.cells import ABSENT, NO, YES, Attribute
from habeas.audit.plan import Plan, YesNo
from habeas.audit.reference import blanks_trimmed
from habeas.terms.group import NOT_RECORDED

YES_WORDS = ("1", "true", "yes", "y", "t", "1.0")
NO_WORDS = ("0", "false", "no", "n", "f", "0.0")


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNoWords:
    """Which texts mean yes, no and nothing in one column; `any_case`: whether capitals don't matter."""

    codes: Mapping[str, int]
    any_case: bool

    def code(self, text: str) -> int | None:
        """The code of a trimmed text; None: it means nothing known."""
        return self.codes.get(text, self.codes.get(text.lower()) if self.any_case else None)


def words(plan: Plan, declared: YesNo | None) -> YesNoWords:
    """What a yes/no column may hold: the declared labels, else 0/1, true/false, yes/no; and the labels for 'not recorded'."""
    absent = dict.fromkeys(_unrecorded(plan), ABSENT)
    yes, no = (YES_WORDS, NO_WORDS) if declared is None else (declared.yes, declared.no)
    meanings = {**{blanks_trimmed(word): NO for word in no}, **{blanks_trimmed(word): YES for word in yes}}
    return YesNoWords(codes={**meanings, **absent}, any_case=declared is None)


def levels(plan: Plan, name: str, texts: Iterable[str]) -> tuple[Attribute, dict[str, int]]:
    """The attribute of a column that holds these trimmed texts, and the code of each text."""
    missing = _unrecorded(plan)
    level_of = {text: NOT_RECORDED if text in missing else text for text in texts}
    ordered = sorted(set(level_of.values()))
    place = {level: code for code, level in enumerate(ordered)}
    return Attribute(name=name, levels=tuple(ordered)), {text: place[level] for text, level in level_of.items()}


def _unrecorded(plan: Plan) -> frozenset[str]:
    return frozenset({"", *(blanks_trimmed(label) for label in plan.unrecorded)})
