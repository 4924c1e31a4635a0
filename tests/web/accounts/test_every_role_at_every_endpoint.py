"""Every role, and nobody, at every address: allowed or refused as the matrix says, and never an error of the site's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from habeas.web.accounts.matrix import Endpoint, endpoints
from habeas.web.accounts.models import User
from habeas.web.base.actors import Role
from web.endpoint_arguments import Line, arguments_of_drafts, value_of
from web.makers import actor, organisation, signed_in, user

pytestmark = pytest.mark.django_db

REFUSES_FOR_A_REASON_OF_ITS_OWN = {
    "account_reauthenticate": "nobody here has a password",
    "mfa_reauthenticate": "nobody here has a second factor",
    "mfa_reauthenticate_webauthn": "nor a key",
}
SAYS_IT_IS_NOT_WELL = {"health"}  # 503 where no worker runs
NOT_THERE = (404, 405)
SYSTEM = {"slug", "system"}  # what a system is called in routes


@pytest.fixture(autouse=True)
def nobody_tried_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def address(endpoint: Endpoint, lines: Sequence[Line]) -> str:
    given = {one: value_of(endpoint, one, lines) for one in endpoint.arguments}
    if endpoint.name:
        return reverse(endpoint.name, kwargs=given)
    route = f"/{endpoint.route}"
    for name, value in given.items():
        route = route.replace(f"<{name}>", str(value))
    return route


def ask(person: User | None, method: str, where: str) -> HttpResponseBase:
    """The answer, whatever it changed undone."""
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        answer: HttpResponseBase = getattr(signed_in(client, person) if person else client, method)(where)
        transaction.set_rollback(True)
    return answer


def sent_to_sign_in(answer: HttpResponseBase) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


def wrong(endpoint: Endpoint, person: User | None, answer: HttpResponseBase) -> str:
    """What is wrong with an answer, or nothing."""
    assert endpoint.access is not None
    if answer.status_code >= 500 and endpoint.name not in SAYS_IT_IS_NOT_WELL:
        return "an error of the site's own"
    if endpoint.access.anyone:
        return "refused" if answer.status_code == 403 else ""
    if person is None:
        return "" if sent_to_sign_in(answer) or answer.status_code in (403, 405) else "open to nobody in particular"
    if endpoint.name in REFUSES_FOR_A_REASON_OF_ITS_OWN:
        return ""
    if endpoint.access.admits(actor(person)):
        return "refused" if answer.status_code == 403 or sent_to_sign_in(answer) else ""
    return "" if answer.status_code in (403, *NOT_THERE) else "open to a role that it isn't for"


def somebody(role: Role | None) -> User | None:
    return None if role is None else user(f"{role.value}@force.example", role)


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "nobody")
def test_each_endpoint_answers_each_role_as_the_matrix_says(role: Role | None, tmp_path: Path) -> None:
    lines = arguments_of_drafts(tmp_path)
    person = somebody(role)
    asked = [(endpoint, address(endpoint, lines)) for endpoint in endpoints()]
    faults = []
    for endpoint, where in asked:
        for method in ("get", "post"):
            answer = ask(person, method, where)
            if fault := wrong(endpoint, person, answer):
                faults.append(f"{method} {where} ({endpoint.name}): {fault}, {answer.status_code} {answer.headers.get('Location', '')}")
    assert not faults, "\n".join(faults)


def test_the_drafts_of_an_organisation_are_not_there_for_anybody_of_another(tmp_path: Path) -> None:
    lines = arguments_of_drafts(tmp_path)
    court = organisation("court", kind="court")
    everything = user("all@court.example", *(set(Role) - {Role.OVERSIGHT}), organisation=court)
    faults = []
    for endpoint in about_an_organisation():
        for method in ("get", "post"):
            answer = ask(everything, method, address(endpoint, lines))
            if answer.status_code not in NOT_THERE:
                faults.append(f"{method} /{endpoint.route} ({endpoint.name}): {answer.status_code}")
    assert not faults, "\n".join(faults)


def test_what_is_not_published_answers_the_public_as_what_does_not_exist(tmp_path: Path) -> None:
    lines = arguments_of_drafts(tmp_path)
    nowhere = [(route, name, "nothing-of-the-kind" if name in SYSTEM else value) for route, name, value in lines]
    faults = []
    for endpoint in endpoints():
        if endpoint.access is not None and endpoint.access.anyone and SYSTEM & set(endpoint.arguments):
            draft, nothing = (ask(None, "get", address(endpoint, some)).status_code for some in (lines, nowhere))
            if draft != nothing or draft == 200:
                faults.append(f"/{endpoint.route} ({endpoint.name}): {draft}, and {nothing} for what doesn't exist")
    assert not faults, "\n".join(faults)


def about_an_organisation() -> list[Endpoint]:
    """What is under the desk and has arguments: all of them stand for something of the organisation `force`.

    What oversight alone may call refuses everybody else before it looks for anything.
    """
    desk = [one for one in endpoints() if one.route.startswith("desk/") and one.arguments]
    return [one for one in desk if one.access is not None and one.access.roles != {Role.OVERSIGHT}]


def test_the_fault_finder_finds_faults() -> None:
    open_to_owners = next(one for one in endpoints() if one.name == "desk_readers")
    page: Any = Client().get("/")
    approver = user("approver@force.example", Role.APPROVER)
    assert page.status_code == 200
    assert wrong(open_to_owners, None, page) == "open to nobody in particular"
    assert wrong(open_to_owners, approver, page) == "open to a role that it isn't for"
    page.status_code = 403
    assert wrong(open_to_owners, user("owner@force.example", Role.SYSTEM_OWNER), page) == "refused"
    assert wrong(open_to_owners, approver, page) == ""
    page.status_code = 500
    assert wrong(open_to_owners, approver, page) == "an error of the site's own"
