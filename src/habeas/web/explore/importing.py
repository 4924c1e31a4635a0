"""Entries from other registers, brought in as documented by others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from habeas.errors import BadInput
from habeas.runs.registers.atrs_records import Brought, LeftOut, read_atrs_records
from habeas.runs.registers.fields import field_set
from habeas.web.accounts.models import Organisation
from habeas.web.base.actors import OrganisationKind
from habeas.web.register.actions import import_entry

PLACE = "GB"
AUTHORITY = "documented-by-others.invalid"
"""Who didn't write an entry has no domain in the ledger; .invalid never names anybody (RFC 2606)."""

KINDS: Mapping[str, OrganisationKind] = {
    "HMPPS": OrganisationKind.PRISON,
    "The Probation Service": OrganisationKind.PROBATION,
    "The Crown Prosecution Service": OrganisationKind.PROSECUTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many entries came in or were there already, and which records did not, with the reason."""

    entries: int
    left_out: tuple[LeftOut, ...]


def import_atrs(path: Path, *, at: datetime) -> Imported:
    """Bring every record of the file; the same file again changes nothing.

    Raises:
        NotFound, BadDescription, Unavailable: the file isn't there, isn't one of records, or can't be read.
    """
    brought, left = read_atrs_records(path, field_set())
    refused = [told for told in (_bring(one, at=at) for one in brought) if told is not None]
    return Imported(entries=len(brought) - len(refused), left_out=(*left, *refused))


def _bring(one: Brought, *, at: datetime) -> LeftOut | None:
    try:
        with transaction.atomic():
            import_entry(organisation=_organisation(one), slug=one.slug, content=one.content, source=one.source, at=at)
    except BadInput as problem:
        return LeftOut(record=str(one.content.get("name", one.slug)), why=str(problem))
    return None


def _organisation(one: Brought) -> Organisation:
    known = {
        "name": one.organisation,
        "kind": _kind(one.organisation).value,
        "authority": f"{one.organisation_slug}.{AUTHORITY}",
        "place": PLACE,
        "documented_by_others": True,
    }
    return Organisation.objects.get_or_create(slug=one.organisation_slug, defaults=known)[0]


def _kind(name: str) -> OrganisationKind:
    return OrganisationKind.POLICE if name.endswith(" Police") else KINDS.get(name, OrganisationKind.OTHER)
