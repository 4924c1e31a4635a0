"""A draft as the public will read it: drawn by the page of an entry, and marked as a draft."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from habeas.web.explore.answers import drawn
from habeas.web.explore.queries.entries import EntryPage


def preview(request: HttpRequest, page: EntryPage) -> HttpResponse:
    """The page of the entry, if the draft were published today; whoever asks for it may read the draft, which the desk has seen to."""
    return render(request, "explore/preview.html", {**drawn(page), "permanent": False})
