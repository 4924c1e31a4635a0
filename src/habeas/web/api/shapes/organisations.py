"""Who uses the systems of the register, and the ledger that records what happens."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from habeas.web.api.shapes.base import Paged, Shape


class OrganisationLine(Shape):
    """An organisation that has an entry. `authority`: its name in the ledger; `systems`: how many entries it has."""

    id: str
    name: str
    kind: str
    authority: str
    place: str
    website: str
    documented_by_others: bool
    made_up: bool
    systems: int


class Organisations(Paged):
    """Every organisation that has an entry, by name."""

    organisations: list[OrganisationLine]


class AreaLine(Shape):
    """Where an organisation works: the beginning of a postcode in a country."""

    country: str
    prefix: str


class Organisation(OrganisationLine):
    """An organisation with where it works."""

    areas: list[AreaLine]


class Ledger(Shape):
    """The ledger that records every change. Check it with these keys, and with witnesses of your own: never with this answer alone."""

    origin: str
    verifier_keys: list[str] = Field(description="one line each, as a trust policy takes them")
    checkpoint: str | None = Field(description="the last signed checkpoint, as it is published; null: nothing is published yet")
    size: int = Field(ge=0, description="how many entries that checkpoint is of")
    files: str = Field(description="the address of its public files (C2SP tlog-tiles)")


class EvidenceFile(Shape):
    """An evidence file, as `habeas verify` takes it: an entry of the ledger, and the proof that the published log holds it."""

    format: str
    entry: str = Field(description="the entry's bytes, in base64")
    proof: list[str] = Field(description="the lines of a proof (C2SP tlog-proof)")
    openings: list[dict[str, Any]] = Field(description="always empty here: nothing personal is disclosed")
