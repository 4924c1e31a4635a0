"""How groups of people are named in a sentence: `African-American people`, `people with age_cat "Less than 25"`."""

from __future__ import annotations

from habeas.terms.group import NOT_RECORDED, Group

# As an adjective before "people" these would say something else ("other people", "under twenty people") or nothing.
VAGUE = frozenset(
    {"above", "all", "and", "any", "below", "between", "cannot", "declined", "few", "greater", "less", "many", "missing", "mixed", "more"}
    | {"none", "not", "older", "other", "others", "over", "refused", "some", "than", "under", "unknown", "unspecified", "yes", "younger"}
)
SHORTEST_WORD = 3


def people(group: Group) -> str:
    """The people of a group, for the middle of a sentence; everyone is `people`."""
    adjectives = [level for _, level in group.parts if _is_adjective(level)]
    rest = [_with(attribute, level) for attribute, level in group.parts if not _is_adjective(level)]
    named = f"{', '.join(adjectives)} people" if adjectives else "people"
    return f"{named} with {' and '.join(rest)}" if rest else named


def who(group: Group) -> str:
    """The group by attribute, for a heading: `race African-American and sex Female`; everyone is `everyone`."""
    return " and ".join(f"{attribute} {level}" for attribute, level in group.parts) or "everyone"


def _is_adjective(level: str) -> bool:
    words = level.replace("-", " ").split()
    return bool(words) and all(word.isalpha() and len(word) >= SHORTEST_WORD and word.casefold() not in VAGUE for word in words)


def _with(attribute: str, level: str) -> str:
    return f"{attribute} {NOT_RECORDED}" if level == NOT_RECORDED else f'{attribute} "{level}"'
