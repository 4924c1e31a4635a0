"""Who uses the systems, and the ledger that records what happens."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja import Router

from habeas.web.api import queries
from habeas.web.api.paging import page_facts
from habeas.web.api.routes.asking import Index, PageNumber, answers
from habeas.web.api.shapes import organisations as shapes
from habeas.web.api.shapes.base import MOST_AN_ANSWER

router = Router(tags=["Organisations and the ledger"])


@router.get("/organisations", response=answers(shapes.Organisations), summary="List organisations", url_name="organisations")
def organisations(request: HttpRequest, page: PageNumber = 1) -> shapes.Organisations:
    """Every organisation that has a published entry, by name."""
    found = queries.organisations(page=page, size=MOST_AN_ANSWER)
    return shapes.Organisations(**page_facts(request, found, wanted=page), organisations=queries.lines(found))


@router.get("/organisations/{name}", response=answers(shapes.Organisation), summary="Read about an organisation", url_name="organisation")
def organisation(request: HttpRequest, name: str) -> shapes.Organisation:
    """An organisation, and the beginnings of the postcodes where it works."""
    return queries.organisation(name)


@router.get("/log", response=answers(shapes.Ledger), summary="The ledger", url_name="log")
def log(request: HttpRequest) -> shapes.Ledger:
    """The name of the ledger, the keys that sign for it, its last checkpoint and where its public files are."""
    return queries.ledger()


@router.get("/log/entries/{index}", response=answers(shapes.EvidenceFile), summary="Evidence for an entry", url_name="evidence")
def evidence(request: HttpRequest, index: Index) -> dict[str, Any]:
    """An entry of the ledger with the proof that it is there: keep the answer as a file, and check it by `habeas verify`."""
    found: dict[str, Any] = json.loads(queries.evidence(index).encode())
    return found
