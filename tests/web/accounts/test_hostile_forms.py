"""What nobody types, in every form of the desk: each is refused in words or kept as text, and never an error of the site's own."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from habeas.web.accounts.matrix import endpoints
from habeas.web.accounts.models import User
from habeas.web.base.actors import Role
from web.endpoint_arguments import arguments_of_drafts, value_of
from web.makers import signed_in, user

pytestmark = pytest.mark.django_db

VALUES = ("x" * 9000, "a\0b", "a\x07\ufffeb", "\u202e²१", "-1", "9" * 60, "=cmd|' /C calc'!A0", "https://x.example/\x1f", "é" * 300)
ROLES = (Role.SYSTEM_OWNER, Role.APPROVER, Role.AUDITOR, Role.OVERSIGHT, Role.ADMINISTRATOR)
MANY = 15
"""Of the forms that must be reached, at least."""
TYPED = {"text", "email", "url", "search", "number", "date", "password", "hidden"}


class Fields(HTMLParser):
    """The fields of the first form of a page, each with what it would send; `typed`: those into which somebody can write anything."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.typed: set[str] = set()
        self._box = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind, value = given.get("name") or "", given.get("type") or "text", given.get("value") or ""
        if tag in ("input", "button") and name:
            if tag == "input" and kind in TYPED:
                self.typed.add(name)
            if kind != "checkbox" or "checked" in given:
                self.sent.setdefault(name, value)
        elif tag == "textarea" and name:
            self.typed.add(name)
            self.sent.setdefault(name, "")
        elif tag == "select":
            self._box = name
        elif tag == "option" and self._box and value:
            self.sent.setdefault(self._box, value)


def fields_of(content: bytes) -> Fields:
    found = Fields()
    found.feed(content.decode())
    found.typed.discard("csrfmiddlewaretoken")
    return found


def form_at(person: User, address: str) -> Fields:
    """The form that stands at an address; without fields where there is none."""
    page = signed_in(Client(), person).get(address)
    return fields_of(page.content) if page.headers.get("Content-Type", "").startswith("text/html") else Fields()


def broken(person: User, address: str, given: dict[str, str]) -> bool:
    """Whether it answers that form by an error of the site's own; whatever was changed is undone."""
    with transaction.atomic():
        answer = signed_in(Client(raise_request_exception=False), person).post(address, given)
        transaction.set_rollback(True)
    return answer.status_code >= 500


def test_no_form_breaks(tmp_path: Path) -> None:
    lines = arguments_of_drafts(tmp_path)
    person = user("all@force.example", *ROLES)
    found, wrong = {}, []
    for one in (one for one in endpoints() if one.name and "POST" in one.methods):
        address = reverse(one.name, kwargs={name: value_of(one, name, lines) for name in one.arguments})
        form = found[one.name] = form_at(person, address)
        for value in VALUES:
            typed = {name: value if name in form.typed else kept for name, kept in form.sent.items()}
            chosen = dict.fromkeys(form.sent, value)  # also what can only be chosen
            wrong += [f"{one.name} {value[:10]!r}" for given in (typed, chosen) if broken(person, address, given)]

    assert sum(bool(form.typed) for form in found.values()) > MANY
    assert wrong == []
