"""An entry as everybody may read it: every page, file, feed and export is made from this, so what is withheld can't slip out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclasses_field
from datetime import date, datetime

from habeas.errors import BadInput
from habeas.terms.register import Content, Field, FieldSet, Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """An answer that isn't shown: on which ground and for which reason, who approved that, until when."""

    field: str
    ground: str
    reason: str
    approver_role: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that happened to the entry. `index`, `leaf_hash`: where the ledger has it; None, "": it will have it within a second."""

    step: str
    at: datetime
    edition: int | None
    note: str
    document: str
    index: int | None = None
    leaf_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who uses the system. `documented_by_others`: the entry was brought from elsewhere; they didn't write it."""

    slug: str
    name: str
    kind: str
    place: str
    documented_by_others: bool = False
    made_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEntry:
    """One edition of a system's entry without what is withheld. `address`: where it is read; `source`: where an imported one is from.

    `suspended_by`: the role, approver or oversight, that suspended the system if nobody resumed it since, retired or not; else empty.
    `salts` and `sealed`: with these the digest can be recomputed, as `habeas.procedures.editions` says.
    """

    system: str
    operator: Operator
    address: str
    standing: str
    edition: int
    digest: str
    published: datetime
    content: Content
    withheld: tuple[Withheld, ...] = ()
    note: str = ""
    source: str = ""
    suspended_by: str = ""
    history: tuple[Happened, ...] = ()
    salts: Mapping[str, str] = dataclasses_field(default_factory=dict)
    sealed: Mapping[str, str] = dataclasses_field(default_factory=dict)

    def __post_init__(self) -> None:
        shown = sorted(set(self.content) & self.withheld_fields)
        if shown:
            raise BadInput(f"expected no answer to a field that is withheld; got one to {', '.join(shown)}: leave it out")

    @property
    def withheld_fields(self) -> frozenset[str]:
        """The ids of fields that are withheld."""
        return frozenset(one.field for one in self.withheld)

    @property
    def name(self) -> str:
        """What the system is called; its name in addresses where nobody said."""
        name = self.content.get("name", "")
        return name if isinstance(name, str) and name else self.system

    def missing(self, fields: FieldSet) -> tuple[Field, ...]:
        """What should be answered and is neither answered nor withheld."""
        return tuple(field for field in fields.fields if field.need is not Need.OPTIONAL and self._silent_on(field.id))

    def text(self, field: str) -> str:
        """The answer to a field of one text; empty where there is none."""
        value = self.content.get(field, "")
        return value if isinstance(value, str) else ""

    def rows(self, field: str) -> tuple[Mapping[str, str], ...]:
        """The rows that answer a field; none where there is no answer."""
        value = self.content.get(field, ())
        return tuple(row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()

    def _silent_on(self, field: str) -> bool:
        return not self.content.get(field) and field not in self.withheld_fields
