"""The made-up site: every story can be told, by the same actions as the pages use."""

from __future__ import annotations

import pytest

from habeas.procedures.gate import gate
from habeas.web.base.models import LogLine
from habeas.web.demo.filling import fill
from habeas.web.gate.queries import facts_of
from habeas.web.register.models import System, SystemVersion
from habeas.web.screening.queries import latest_screen
from web.makers import NOON, PASSWORD

pytestmark = pytest.mark.django_db


SLUGS = ("drafting-help", "patrol-forecast", "release-score")


def version(slug: str) -> SystemVersion:
    return SystemVersion.objects.get(system__slug=slug)


def test_every_story_is_told_to_its_end_and_recorded() -> None:
    fill(password=PASSWORD, at=NOON)

    assert {system.slug: system.standing for system in System.objects.all()} == dict.fromkeys(SLUGS, "published")
    assert {slug: latest_screen(version(slug)).prohibited for slug in SLUGS} == dict(zip(SLUGS, (False, True, True), strict=True))
    gates = {slug: gate(facts_of(version(slug), NOON.date())).state.value for slug in SLUGS}
    assert gates == dict(zip(SLUGS, ("conditional", "closed", "closed"), strict=True))
    assert LogLine.objects.filter(record__type="register").count() >= len(SLUGS) * 4  # drafted, screened, submitted, published
