"""What may be shown of an edition on a day. Every outlet takes its content from here: pages, files, feeds, exports, comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from habeas.procedures.editions import field_digest, salt_of
from habeas.procedures.entries import ordered
from habeas.procedures.withholding import LAW, Ground
from habeas.runs.registers.fields import field_set
from habeas.terms.register import Content
from habeas.web.base.actors import Role
from habeas.web.register.models import Edition, Withholding
from habeas.web.register.queries.systems import SHOWN_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldField:
    """A field that is answered and not shown: why, who approved it, and the first day on which it is shown again."""

    field: str
    ground: Ground
    reason: str
    approver_role: Role
    until: date

    @property
    def law(self) -> str:
        """Where laws on access to documents know that ground."""
        return LAW[self.ground]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownContent:
    """What everybody may read of an edition on that day, and what is withheld of it.

    `salts` (per shown field) and `sealed` (per withheld field, its hash) let anybody recompute the digest that the ledger names:
    `habeas.procedures.editions`. Both are empty for what isn't published.
    """

    content: Content
    withheld: tuple[WithheldField, ...] = ()
    salts: Mapping[str, str] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)


def shown(edition: Edition, on: date) -> ShownContent:
    """What may be shown of the edition on that day: without what is withheld then; after its last day a field is shown by itself.

    In the order of the register's fields, so that every outlet gives the same bytes from every database.
    """
    content = ordered(edition.content, field_set())
    hidden = {one.field: one for one in edition.system.withholdings.all() if in_force(one, on) and one.field in content}
    seen = {name: value for name, value in content.items() if name not in hidden}
    final = edition.state in SHOWN_STATES
    return ShownContent(
        content=seen,
        withheld=tuple(_withheld(hidden[name]) for name in content if name in hidden),
        salts={name: salt_of(name, secret=edition.secret) for name in seen} if final else {},
        sealed={name: _sealed(edition, name) for name in content if name in hidden} if final else {},
    )


def _sealed(edition: Edition, name: str) -> str:
    return field_digest(name, edition.content[name], salt=salt_of(name, secret=edition.secret))


def in_force(withholding: Withholding, on: date) -> bool:
    """Whether it hides its field on that day: approved, not ended, and before its last day."""
    return withholding.approved_at is not None and withholding.ended_at is None and on < withholding.until


def _withheld(one: Withholding) -> WithheldField:
    return WithheldField(field=one.field, ground=Ground(one.ground), reason=one.reason, approver_role=Role.APPROVER, until=one.until)
