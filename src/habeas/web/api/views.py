"""The API's description, for people and for programs, and the answer where nothing is."""

from __future__ import annotations

import json
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from habeas.errors import NotFound
from habeas.web.api.door import JSON
from habeas.web.api.openapi import asked, document
from habeas.web.api.queries import ledger_file
from habeas.web.base.access import public

BYTES = "application/octet-stream"


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The page for people: what can be asked, and how."""
    topics = [(topic, tuple(some)) for topic, some in groupby(asked(), key=lambda one: one.topic)]
    return render(request, "api/about.html", {"topics": topics})


def openapi(_request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    return HttpResponse(json.dumps(document()), content_type=JSON)


def log_file(_request: HttpRequest, name: str) -> HttpResponse:
    """A public file of the ledger, for whoever checks it: /api/v1/log/files/ is the address that clients of such logs ask for."""
    return HttpResponse(ledger_file(name), content_type=BYTES)


def nothing_here(_request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 - whatever it is
    """The answer where nothing is."""
    raise NotFound("expected an address of this API; there is none of that name: /api/ lists them all")
