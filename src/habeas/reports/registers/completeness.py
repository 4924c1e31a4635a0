"""How much of what should be answered is answered: counted in public, so that silence shows."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.reports.registers.entry import PublicEntry
from habeas.terms.register import Field, FieldSet, Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Of `asked` questions so many were answered, so many withheld; the rest is missing. What is optional isn't counted."""

    asked: int
    answered: int
    withheld: int

    @property
    def missing(self) -> int:
        """Neither answered nor withheld."""
        return self.asked - self.answered - self.withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """The count of the whole entry, and of each topic by its id."""

    whole: Count
    topics: dict[str, Count]


def completeness(entry: PublicEntry, fields: FieldSet) -> Completeness:
    """Count answers. A withheld answer is neither given nor missing; an empty one is missing."""
    topics = {topic.id: _count(entry, fields.of_topic(topic.id)) for topic in fields.topics}
    return Completeness(whole=_count(entry, fields.fields), topics=topics)


def _count(entry: PublicEntry, fields: tuple[Field, ...]) -> Count:
    asked = [field.id for field in fields if field.need is not Need.OPTIONAL]
    withheld = [field for field in asked if field in entry.withheld_fields]
    answered = [field for field in asked if field not in entry.withheld_fields and entry.content.get(field)]
    return Count(asked=len(asked), answered=len(answered), withheld=len(withheld))
