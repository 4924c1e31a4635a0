"""A draft as the public will read it: drawn by the page of an entry, and marked as a draft."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from habeas.web.explore.answers import answer, topics
from habeas.web.explore.queries.entries import EntryPage


def preview(request: HttpRequest, page: EntryPage) -> HttpResponse:
    """The page of the entry, if the draft were published today; whoever asks for it may read the draft, which the desk has seen to."""
    one = page.entry
    said = {name: answer(one, name) for name in ("used_on", "affected_groups", "place_and_area", "how_told")}
    challenge = {name: answer(one, name) for name in ("how_to_challenge", "contact_email")}
    context = {"page": page, "entry": one, "topics": topics(one, page.count), "said": said, "challenge": challenge}
    return render(request, "explore/preview.html", {**context, "permanent": False, "language": one.text("language")})
