"""Which field of an entry may be withheld, on which ground, by whom approved and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from habeas.errors import BadInput
from habeas.terms.register import Field

MOST_YEARS = 2
"""For how long something may be withheld; afterwards it is shown, unless a second person approves again."""


class Ground(Enum):
    """Why something isn't shown. The list is closed: embarrassment isn't on it."""

    NATIONAL_SECURITY = "national-security"
    PREVENTION_OF_CRIME = "prevention-of-crime"
    PROTECTION_OF_PERSONS = "protection-of-persons"
    TRADE_SECRET = "trade-secret"  # noqa: S105 - a ground, no password
    ONGOING_PROCEEDINGS = "ongoing-proceedings"


LAW: Mapping[Ground, str] = {
    Ground.NATIONAL_SECURITY: "Freedom of Information Act 2000 (UK), section 24; Regulation (EC) 1049/2001, Article 4(1)(a)",
    Ground.PREVENTION_OF_CRIME: "Freedom of Information Act 2000 (UK), section 31; Directive (EU) 2016/680, Article 13(3)",
    Ground.PROTECTION_OF_PERSONS: "Freedom of Information Act 2000 (UK), sections 38 and 40; Regulation (EC) 1049/2001, Article 4(1)(b)",
    Ground.TRADE_SECRET: "Freedom of Information Act 2000 (UK), section 43; Directive (EU) 2016/943, Article 2(1)",
    Ground.ONGOING_PROCEEDINGS: "Freedom of Information Act 2000 (UK), sections 30 and 32; Regulation (EC) 1049/2001, Article 4(2)",
}
"""Where laws on access to documents know each ground; which one holds for an organisation is for its lawyers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """From when to when something is withheld: `until` is the first day on which it is shown."""

    asked: date
    until: date

    def __post_init__(self) -> None:
        if not self.asked < self.until <= latest(self.asked):
            raise BadInput(
                f"expected the first day on which it is shown again, after today and by {latest(self.asked).isoformat()} "
                f"({MOST_YEARS} years); got {self.until.isoformat()}: choose a day between"
            )


def latest(asked: date) -> date:
    """The last day that `until` may be, for what is asked on that day."""
    try:
        return asked.replace(year=asked.year + MOST_YEARS)
    except ValueError:  # 29 February
        return asked.replace(year=asked.year + MOST_YEARS, day=28)


def check_withholdable(field: Field) -> None:
    """See that the field may be withheld at all.

    Raises:
        BadInput: the public needs it most: what the system is, who answers for it, how to challenge it.
    """
    if not field.withholdable:
        raise BadInput(f"expected a field that may be withheld; got {field.id}, which the public needs most: word it to can be shown")
