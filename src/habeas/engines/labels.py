"""Labels into codes: the levels of groups, and the yes, no or nothing of an outcome, a decision or an advice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from habeas.audit.cells import ABSENT, NO, YES, Attribute
from habeas.audit.plan import Plan, YesNo
from habeas.audit.reference import blanks_trimmed
from habeas.terms.group import NOT_RECORDED

YES_WORDS = ("1", "true", "yes", "y", "t", "1.0")
NO_WORDS = ("0", "false", "no", "n", "f", "0.0")

_MOST_VARIANTS = 5
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BETWEEN_LETTERS = re.compile(r"(?<=\w)[\s\-\u2010-\u2015]+(?=\w)")
_POINTS = re.compile(r"[\s_.,;:'\"()\[\]/*\u2018-\u201f]")


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


def variants_told(name: str, levels: Sequence[str]) -> str | None:
    """What to say of levels of one column that differ only in case, blanks or punctuation; None: there are none."""
    alike: dict[str, list[str]] = {}
    for level in sorted(set(levels)):
        alike.setdefault(_spelt(level), []).append(level)
    variants = [" and ".join(_visible(level) for level in same) for same in alike.values() if len(same) > 1]
    if not variants:
        return None
    more = f"; and {len(variants) - _MOST_VARIANTS} more" if len(variants) > _MOST_VARIANTS else ""
    return (
        f"{_visible(name)} has levels that differ only in spelling: {'; '.join(variants[:_MOST_VARIANTS])}{more}. "
        "They are counted as different groups: mend the data, or the comparison splits people who are alike"
    )


def _spelt(level: str) -> str:
    """What is left of a label without its spelling. Where digits are, points and dashes carry meaning; so do < > + = and a last minus."""
    plain = _INVISIBLE.sub("", normalize("NFKC", level)).casefold()
    if any(character.isdigit() for character in plain):
        return "".join(plain.split())
    return _POINTS.sub("", _BETWEEN_LETTERS.sub("", plain)) or plain


def _visible(text: str) -> str:
    return text if text.isprintable() else repr(text)


def _unrecorded(plan: Plan) -> frozenset[str]:
    return frozenset({"", *(blanks_trimmed(label) for label in plan.unrecorded)})
