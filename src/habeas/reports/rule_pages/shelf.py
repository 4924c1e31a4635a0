"""What the pages are made from, and where each thing stands on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from habeas.catalogue.entries import Entry, Family, Status
from habeas.catalogue.families import Guidance
from habeas.reports.rule_pages.markdown import link, prose, whole
from habeas.reports.screening.table import Row
from habeas.rules.rulebook import Rule, Rulebook
from habeas.terms.vocabulary import Vocabulary

FAMILIES = {
    Family.INDIVIDUAL_RISK: "Risk of individual people",
    Family.PERSON_LIST: "Lists of people",
    Family.PLACE_BASED: "Forecasts of places",
    Family.FACE_LIVE: "Live face recognition",
    Family.FACE_RETROSPECTIVE: "Face recognition afterwards",
    Family.PLATES: "Number plates",
    Family.TRIAGE: "Triage",
    Family.VICTIM_RISK: "Risk of becoming a victim",
    Family.SENSOR: "Sensors and traces",
    Family.PLATFORM: "Analytics platforms",
    Family.BORDER: "Borders",
    Family.PRISON: "Prisons",
    Family.COURT: "Courts",
    Family.CASEWORK: "Casework",
}

STATUSES = {
    Status.DEVELOPMENT: "in development",
    Status.TRIAL: "on trial",
    Status.IN_USE: "in use",
    Status.ENDED: "ended",
    Status.STRUCK_DOWN: "ended by a court or an authority",
    Status.UNKNOWN: "not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Everything that the pages tell, screened on one day. `unverified`: described from memory, told apart from `documented`."""

    books: tuple[Rulebook, ...]
    vocabulary: Vocabulary
    technologies: tuple[Guidance, ...]
    documented: tuple[Row, ...]
    unverified: tuple[Row, ...]
    on: date

    def families(self) -> tuple[Family, ...]:
        """The families of documented systems, in their own order."""
        found = {row.entry.family for row in self.documented}
        return tuple(family for family in Family if family in found)

    def of_family(self, family: Family) -> tuple[Row, ...]:
        """The documented systems of a family, by id."""
        return of_family(self.documented, family)


def of_family(rows: Iterable[Row], family: Family) -> tuple[Row, ...]:
    """The rows of a family, by id."""
    return tuple(sorted((row for row in rows if row.entry.family is family), key=lambda row: row.entry.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Links from one page to things on others; `up`: the way from that page to the folder of the reference pages."""

    up: str = ""

    def book(self, book: Rulebook) -> str:
        """To the page of a book."""
        return link(prose(book.short), f"{self.up}rules/{book.id}.md")

    def rule(self, book: Rulebook, rule: Rule) -> str:
        """To a rule, by its id."""
        return whole(link(prose(rule.id), f"{self.up}rules/{book.id}.md#{rule.id}"))

    def fact(self, name: str, text: str) -> str:
        """To a question."""
        return link(prose(text), f"{self.up}vocabulary.md#{name}")

    def system(self, entry: Entry, text: str | None = None) -> str:
        """To a documented system."""
        return link(prose(entry.name if text is None else text), f"{self.up}catalogue/{entry.family.value}.md#{entry.id}")

    def family(self, family: Family) -> str:
        """To the page of a family of systems."""
        return link(FAMILIES[family], f"{self.up}catalogue/{family.value}.md")

    def technology(self, found: Guidance) -> str:
        """To guidance on a technology."""
        return link(prose(found.name), f"{self.up}technologies.md#{found.id}")
