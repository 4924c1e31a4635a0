"""Made-up entries of the catalogue and a made-up family of technology."""

from __future__ import annotations

from typing import Any

from habeas.catalogue.entries import Entry, Family, Statement, Status
from habeas.catalogue.families import Concern, Guidance, Worry
from habeas.terms.description import SystemDescription
from habeas.terms.sources import Confidence, Source
from screens.made_up import system

GAZETTE, PAPER = Source(title="the gazette", where="https://gazette.example"), Source(title="a newspaper")


def said(text: str, *sources: Source, confidence: Confidence = Confidence.SOURCE) -> Statement:
    return Statement(says=text, sources=sources, confidence=confidence)


def entry(name: str = "xa-map", *, description: SystemDescription | None = None, **more: Any) -> Entry:
    """A documented system that nobody has heard of."""
    usual = {
        "name": f"name of {name}",
        "place": "Exampleland",
        "operator": "Example Police",
        "vendor": None,
        "years": "2020 to 2024",
        "family": Family.PLACE_BASED,
        "status": Status.ENDED,
        "status_note": said("It ended.", GAZETTE),
        "inputs": (said("Reported crime.", PAPER, GAZETTE),),
        "decides": (said("Where patrols go.", confidence=Confidence.MEMORY),),
        "findings": (),
        "verified": Confidence.SOURCE,
        "description": system() if description is None else description,
    }
    return Entry(id=name, **{**usual, **more})


def guidance(**more: Any) -> Guidance:
    """A family of technology with a question on each concern."""
    usual = {
        "id": "lists",
        "name": "Lists",
        "what": "They list.",
        "purposes": ("list",),
        "benefits": ("The makers say that it helps.",),
        "worries": tuple(
            Worry(concern=concern, worry=f"worry on {concern.value}", ask=(f"ask on {concern.value}?",)) for concern in Concern
        ),
        "tested_by": "habeas audit",
        "waits_for": None,
        "examples": ("xa-map",),
        "sources": (GAZETTE,),
    }
    return Guidance(**{**usual, **more})
