"""What to put into the arguments of every address, so that each can be asked: all of it drafts of the organisation `force`.

A new argument needs a line here. The first line whose beginning of the route and whose argument fit counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from habeas.procedures.withholding import Ground
from habeas.rules.assessments.values import Kind
from habeas.web.accounts.actions.invitations import write_invitation
from habeas.web.accounts.matrix import Endpoint
from habeas.web.accounts.models import Reader
from habeas.web.accounts.queries.invitations import token_of
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.register.actions import withhold
from habeas.web.screening.actions import draft_assessment
from web.makers import LONG_AGO, NOON, audited, described, drafted, force, organisation, owner, screened, user, version_of

Line = tuple[str, str, Any]
"""The beginning of a route, an argument in it, and its value."""


def arguments_of_drafts(folder: Path) -> Sequence[Line]:
    """Make what the values stand for; files go into the folder."""
    return (*_accounts(), *_systems(folder), *_public())


def value_of(endpoint: Endpoint, argument: str, lines: Sequence[Line]) -> Any:
    """The value of an argument; a test fails that meets one without."""
    for beginning, name, value in lines:
        if name == argument and endpoint.route.startswith(beginning):
            return value
    return pytest.fail(f"/{endpoint.route} has the argument {argument}, for which tests/web/endpoint_arguments.py has no value: add a line")


def _accounts() -> Sequence[Line]:
    owner = user("somebody@force.example", Role.SYSTEM_OWNER, Role.ADMINISTRATOR)
    invitation = write_invitation(organisation=force(), email="new@force.example", roles=(Role.REVIEWER,), language="en", by=None, at=now())
    reader = organisation("university", kind="auditor")
    Reader.objects.create(owner=force(), reader=reader, since=LONG_AGO, by=owner)
    return (
        ("desk/organisation/", "organisation", "force"),
        ("desk/organisation/", "reader", reader.slug),
        ("desk/organisation/", "invitation", invitation.pk),
        ("desk/organisation/", "person", owner.pk),
        ("accounts/invitation/", "token", token_of(invitation)),
        ("accounts/confirm-email/", "key", "abc"),
        ("accounts/password/reset/", "uidb36", "1"),
        ("accounts/password/reset/", "key", "abc-def"),
        ("accounts/2fa/webauthn/", "pk", 1),
        ("accounts/oidc/", "provider_id", "county"),
    )


def _systems(folder: Path) -> Sequence[Line]:
    system = drafted("secret-plan", technique="A made-up list.")
    version = version_of(system)
    screen = screened(version, example="drafting-help")
    assessment = draft_assessment(by=owner(), at=NOON, screen=screen.id, kind=Kind.DATA_PROTECTION)
    description = described(version_of(system, "2"))
    asked = withhold(
        by=owner(),
        at=NOON,
        system=system,
        field="technique",
        ground=Ground.TRADE_SECRET,
        reason="A made-up secret.",
        until=date(2027, 6, 1),
    )
    audit = audited(version, folder, system="secret-plan")
    desk, screening = "desk/systems/<slug:slug>/", "desk/systems/<slug:slug>/screening/"
    return (
        (f"{screening}descriptions/", "number", description.pk),
        (f"{screening}descriptions/", "name", "data"),
        (f"{screening}assessments/", "number", assessment.pk),
        (f"{screening}assessments/", "name", "necessity"),
        (screening, "number", screen.id),
        (screening, "book", "uk"),
        (screening, "kind", "data-protection"),
        (f"{desk}versions/", "number", version.pk),
        (f"{desk}withheld/", "number", asked.pk),
        (f"{desk}audits/", "number", audit.number),
        (desk, "version", version.pk),
        (desk, "topic", "about"),
        (desk, "slug", system.slug),
        ("register/", "slug", system.slug),
        ("register/", "book", "uk"),
        ("register/", "number", 1),
        ("register/", "standard", "atrs"),
    )


def _public() -> Sequence[Line]:
    return (
        ("catalogue/", "name", "de-precobs"),
        ("technologies/", "name", "analytics"),
        ("rules/", "name", "uk"),
        ("rules/", "rule_name", "none"),
        ("api/v1/systems/", "system", "secret-plan"),
        ("api/v1/systems/", "number", 1),
        ("api/v1/organisations/", "name", "force"),
        ("api/v1/catalogue/", "name", "de-precobs"),
        ("api/v1/technologies/", "name", "analytics"),
        ("api/v1/rulebooks/", "book", "uk"),
        ("api/v1/rulebooks/", "rule", "none"),
        ("api/v1/log/files/", "name", "checkpoint"),
        ("api/v1/log/entries/", "index", 0),
        ("api/v1/log/entries/", "index", 0),
        ("api/", "rest", "nothing"),
    )
