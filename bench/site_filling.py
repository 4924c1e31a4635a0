"""A site with as many made-up entries as one wants, each brought in as an import brings it."""

from __future__ import annotations

import random
from pathlib import Path

WORDS = [
    "camera",
    "letter",
    "custody",
    "search",
    "evidence",
    "footage",
    "call",
    "hearing",
    "translation",
    "record",
    "drone",
    "plate",
    "officer",
    "victim",
    "witness",
    "sensor",
    "phone",
    "image",
    "archive",
    "report",
    "queue",
    "map",
    "court",
    "prison",
    "probation",
    "triage",
    "transcript",
    "redaction",
    "warrant",
    "statement",
    "file",
    "calendar",
    "interpreter",
    "property",
]
ORGANISATIONS = 100


def fill(folder: Path, *, entries: int) -> Path:
    """A site in a new folder, with 100 made-up organisations and that many entries; gives the folder."""
    from habeas.web.keeping.creating import create_site

    create_site(folder, name="Register (measured)", address="http://127.0.0.1", unsafe_plain_http=True)
    from django.core.management import call_command
    from django.db import transaction

    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic():
        enter(entries)
    return folder


def enter(entries: int) -> None:
    from habeas.web.accounts.actions.enrolment import found
    from habeas.web.accounts.models import Area, Organisation
    from habeas.web.base.actors import OrganisationKind
    from habeas.web.base.clock import now
    from habeas.web.register.actions import import_entry

    rng = random.Random(5)
    for n in range(ORGANISATIONS):
        found(
            slug=f"force-{letters(n)}",
            name=f"Made-up force {letters(n).upper()}",
            kind=OrganisationKind.POLICE,
            authority=f"force-{letters(n)}.example",
            place="GB-ENG",
            made_up=True,
        )
    Organisation.objects.update(documented_by_others=True)
    owners = list(Organisation.objects.order_by("pk"))
    Area.objects.bulk_create(Area(organisation=owner, country="GB", prefix=f"B{n}") for n, owner in enumerate(owners))
    at = now()
    for n in range(entries):
        import_entry(
            organisation=owners[n % ORGANISATIONS], slug=f"made-up-system-{letters(n)}", content=content(rng, n), source="made up", at=at
        )


def content(rng: random.Random, n: int) -> dict[str, str | list[str]]:
    """Twelve answers of usual length; one entry in a thousand has a rare word."""
    words = [*rng.choices(WORDS, k=40), *(["quetzal"] if n % 1000 == 0 else [])]
    rng.shuffle(words)
    text = " ".join(words)
    return {
        "plain_summary": f"Made up. {text[:300]}.",
        "name": f"Made-up {words[0]} {words[1]} {letters(n)}",
        "status": rng.choice(["in-use", "trial", "development"]),
        "technology": "other",
        "used_for": ["assist-casework"],
        "used_on": [rng.choice(["suspects", "victims", "residents"])],
        "how_to_challenge": "Write to the force.",
        "contact_email": "systems@force.example",
        "purpose": text,
        "affected_groups": text,
        "logic": text,
        "human_role": text,
    }


def letters(n: int) -> str:
    """A number in letters: a, b, ..., z, ba, bb: no four digits in a row stand in a name of the ledger."""
    return (letters(n // 26) if n >= 26 else "") + chr(ord("a") + n % 26)
