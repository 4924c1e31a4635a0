"""Every kind of answer has the headers that keep it where it belongs: pages, refusals, files, what isn't there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
EXPECTED = {
    "Content-Security-Policy": "default-src 'none'",
    "Permissions-Policy": "geolocation=()",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def static_file() -> Iterator[str]:
    """A file that the site serves, as its collected ones are."""
    path: Path = settings.STATIC_ROOT / "made-up.css"
    path.write_text("a{}")
    yield "/static/made-up.css"
    path.unlink()


def lacking(answer: object) -> list[str]:
    """The headers that an answer lacks or has otherwise."""
    return [name for name, part in EXPECTED.items() if part not in answer.headers.get(name, "")]  # type: ignore[attr-defined]  # any response


@pytest.mark.parametrize(
    "path", ["/", "/register/", "/nowhere/", "/static/nowhere.css", "/api/v1/systems", "/api/nowhere", "/register.json"]
)
def test_pages_files_and_what_is_nowhere(client: Client, path: str) -> None:
    assert lacking(client.get(path)) == []


def test_static_files(client: Client, static_file: str) -> None:
    answer = client.get(static_file)

    assert (answer.status_code, b"".join(answer)) == (200, b"a{}")  # type: ignore[arg-type]  # a stream
    answer.close()
    assert lacking(answer) == []
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_refusals_of_method_host_and_form(client: Client) -> None:
    answers = [
        client.post("/register/"),
        client.get("/", headers={"host": "elsewhere.example"}),
        Client(enforce_csrf_checks=True).post("/"),
    ]

    assert [answer.status_code for answer in answers] == [405, 400, 403]
    assert [lacking(answer) for answer in answers] == [[], [], []]
