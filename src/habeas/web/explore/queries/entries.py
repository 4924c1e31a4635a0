"""One entry with all that is known of its system: what is shown of the edition, screens, audits, the gate, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from habeas.errors import NotFound
from habeas.reports.registers.difference import FieldChange, difference
from habeas.reports.registers.entry import Happened, Operator, PublicEntry, Withheld
from habeas.runs.registers.fields import field_set
from habeas.terms.system import Stage
from habeas.web.accounts.models import Organisation
from habeas.web.audits.queries import AuditShown, published_audits
from habeas.web.gate.queries import GateShown, gate_shown
from habeas.web.register import queries as register
from habeas.web.register.models import Edition, System, SystemVersion
from habeas.web.register.queries import ChangeShown
from habeas.web.screening.queries import ScreenShown, latest_screen

MOST_VERSIONS = 3
"""Of so many versions, the newest, and of all that are in use, an entry shows what screen and gate say; the others are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionShown:
    """A version of the system: what the rulebooks find of it, and whether it may be used at its stage."""

    name: str
    stage: str
    digest: str
    screen: ScreenShown | None = None
    gate: GateShown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionShown:
    """One edition of the entry in a list of all."""

    number: int
    published: date
    note: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """All that an entry's page shows."""

    entry: PublicEntry
    versions: tuple[VersionShown, ...]
    older_versions: tuple[VersionShown, ...]
    audits: tuple[AuditShown, ...]
    editions: tuple[EditionShown, ...]
    history: tuple[ChangeShown, ...]
    latest: bool
    contact_website: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two editions of one entry side by side."""

    before: PublicEntry
    after: PublicEntry
    changes: tuple[FieldChange, ...]
    editions: tuple[EditionShown, ...]


def public_entry(edition: Edition, *, on: date, history: tuple[ChangeShown, ...] = ()) -> PublicEntry:
    """The edition as everybody may read it on that day."""
    if edition.published_at is None:
        raise NotFound("expected an edition that is published; this one isn't")
    return _entry(edition, on=on, published=edition.published_at, history=history)


def _entry(edition: Edition, *, on: date, published: datetime, history: tuple[ChangeShown, ...]) -> PublicEntry:
    shown = register.shown(edition, on)
    system = edition.system
    suspension = register.suspension(system)
    return PublicEntry(
        system=system.slug,
        operator=operator(system.organisation),
        address=address_of(system.slug),
        standing=system.standing,
        edition=edition.number,
        digest=edition.digest,
        published=published,
        content=shown.content,
        withheld=tuple(
            Withheld(field=one.field, ground=one.ground.value, reason=one.reason, approver_role=one.approver_role.value, until=one.until)
            for one in shown.withheld
        ),
        note=edition.note,
        source=system.source,
        suspended_by=suspension.value if suspension else "",
        history=tuple(_happened(system.slug, one) for one in history),
        salts=shown.salts,
        sealed=shown.sealed,
    )


def operator(organisation: Organisation) -> Operator:
    """An organisation as the public sees it."""
    return Operator(
        slug=organisation.slug,
        name=organisation.name,
        kind=organisation.kind,
        place=organisation.place,
        documented_by_others=organisation.documented_by_others,
        made_up=organisation.made_up,
    )


def address_of(slug: str) -> str:
    """The permanent address of an entry."""
    return f"{settings.SITE.address}/register/{slug}/"


def entry_now(slug: str, *, on: date) -> PublicEntry:
    """The published entry with what happened to it. Raises `NotFound`."""
    edition = register.published(slug)
    return public_entry(edition, on=on, history=register.history(edition.system))


def entry_page(slug: str, *, on: date, number: int | None = None) -> EntryPage:
    """The page of the published edition, or of the one of that number. Raises `NotFound`."""
    edition = register.published(slug) if number is None else register.edition(slug, number)
    history = register.history(edition.system)
    return _page(edition, public_entry(edition, on=on, history=history), on=on, history=history)


def draft_page(edition: Edition, *, on: date) -> EntryPage:
    """The page of an edition that isn't published, as it will be if it is; for whoever may read the draft."""
    history = register.history(edition.system)
    return _page(edition, _entry(edition, on=on, published=edition.changed_at, history=history), on=on, history=history)


def _page(edition: Edition, entry: PublicEntry, *, on: date, history: tuple[ChangeShown, ...]) -> EntryPage:
    system = edition.system
    versions = tuple(register.versions(system).select_related("system"))
    told = _told_of(versions)
    return EntryPage(
        entry=entry,
        versions=tuple(_version(one, on=on) for one in versions if one in told),
        older_versions=tuple(VersionShown(name=one.name, stage=one.stage, digest=one.digest) for one in versions if one not in told),
        audits=published_audits(system),
        editions=editions_of(system),
        history=history,
        latest=edition.state == "published",
        contact_website=system.organisation.website,
    )


def comparison(slug: str, *, before: int, after: int, on: date) -> Comparison:
    """Two editions and what differs. Raises `NotFound`: one of them isn't there."""
    earlier, later = register.edition(slug, before), register.edition(slug, after)
    one, other = public_entry(earlier, on=on), public_entry(later, on=on)
    changes = difference(one.content, other.content, field_set())
    return Comparison(before=one, after=other, changes=changes, editions=editions_of(later.system))


def editions_of(system: System) -> tuple[EditionShown, ...]:
    """Every edition that is or was published, newest first."""
    return tuple(
        EditionShown(number=number, published=published.date(), note=note, digest=digest)
        for number, published, note, digest in register.editions(system).values_list("number", "published_at", "note", "digest")
        if published is not None
    )


def editions_to_compare(slug: str) -> tuple[EditionShown, ...]:
    """The same, by the system's name. Raises `NotFound`."""
    return editions_of(register.system(slug))


def document(slug: str, change: int) -> str:
    """The text whose digest the ledger names for that change of the entry. Raises `NotFound`."""
    found = next((one for one in register.history(register.system(slug)) if one.id == change), None)
    if found is None:
        raise NotFound(f"expected a change of {slug[:64]} that the public sees; there is none of that number: see its history")
    return found.document


def latest_screens(system: System) -> tuple[ScreenShown, ...]:
    """The latest screen of each of its newest versions, and of those in use."""
    found = (latest_screen(one) for one in _told_of(tuple(register.versions(system))))
    return tuple(one for one in found if one is not None)


def _told_of(versions: tuple[SystemVersion, ...]) -> tuple[SystemVersion, ...]:
    # a version that is used on people is never pushed out of sight by newer ones that aren't
    return tuple(one for number, one in enumerate(versions) if number < MOST_VERSIONS or one.stage == Stage.LIVE.value)


def _version(version: SystemVersion, *, on: date) -> VersionShown:
    gate = gate_shown(version, on)
    return VersionShown(name=version.name, stage=version.stage, digest=version.digest, screen=gate.screen, gate=gate)


def _happened(slug: str, one: ChangeShown) -> Happened:
    return Happened(
        step=one.step.value,
        at=one.at,
        edition=one.edition,
        note=one.reason,
        document=f"{address_of(slug)}changes/{one.id}.json",
        index=one.log_index,
        leaf_hash=one.leaf_hash,
    )
