"""Whatever is asked, the answer is JSON of ours that any page may read, sets no cookie and is no fault."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from habeas.web.api import views
from habeas.web.api.openapi import document

pytestmark = pytest.mark.django_db

ODD = (
    "systems?q=%00",
    "systems?%00=1",
    "systems?q=%ff%fe",
    "systems?q=%ed%a0%80",
    "systems?q=%F0%9F%9A%94%E2%80%AE",
    "systems?page=0",
    "systems?page=-1",
    "systems?page=99999999999999999999999",
    "systems?page=1000001",
    "systems?page=one",
    "systems?page=1&page=2",
    "systems?pruhibited=true",
    "systems?prohibited=maybe",
    "systems?technology=tea-leaves",
    f"systems?q={'a' * 101}",
    "systems?near=" + "9" * 90,
    "systems?" + "&".join(f"a{number}=1" for number in range(1200)),
    "systems/letter%00sorter",
    "systems/%ed%a0%80",
    "systems/..%2f..%2fetc",
    "systems/letter-sorter/editions/0",
    "systems/letter-sorter/editions/99999999999999999999",
    "systems/letter-sorter/editions/%D9%A1",
    "systems/letter-sorter/compare",
    "systems/letter-sorter/compare?before=1&after=-1",
    "systems/letter-sorter/audits/2147483648",
    "organisations/%00",
    "rulebooks/uk/rules/%F0%9F%9A%94",
    "nowhere",
    "",
    "log/files/%00",
    "../v2/systems",
)


@pytest.mark.parametrize("path", ODD)
@pytest.mark.usefixtures("system")
def test_an_odd_question_gets_our_own_json(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")

    assert answer.status_code in (200, 404, 422)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    if answer.status_code != 200:
        told = answer.json()["error"]
        assert told["kind"] in ("not-found", "bad-input")
        assert len(told["message"]) > 20


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("systems?pruhibited=true", "got 'pruhibited': mend the name, or leave it out"),
        ("systems?page=1&page=2", "page: expected it once; got it several times: ask once for each"),
        ("systems?prohibited=maybe", "prohibited: expected one of true, false; got 'maybe': mend it, or leave it out"),
        ("systems?q=%00", "the request: expected text; got the character NUL, which no text has: leave it out"),
        ("fields?q=a", "expected nothing after the question mark; got 'q': mend the name, or leave it out"),
    ],
)
def test_a_refusal_says_what_was_expected_and_what_to_do(client: Client, path: str, message: str) -> None:
    assert message in client.get(f"/api/v1/{path}").json()["error"]["message"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("path", ["systems", "openapi.json", "nowhere", "log/files/checkpoint"])
def test_nothing_can_be_written(method: str, path: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(f"/api/v1/{path}")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert answer.json()["error"]["kind"] == "method-not-allowed"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_whoever_takes_no_json_is_told_so(client: Client) -> None:
    assert client.get("/api/v1/fields", headers={"Accept": "text/html"}).json()["error"]["kind"] == "not-acceptable"
    assert client.get("/api/v1/fields", headers={"Accept": "text/html, */*;q=0.1"}).status_code == 200


def test_the_same_answer_is_not_sent_twice(client: Client) -> None:
    first = client.get("/api/v1/fields")
    again = client.get("/api/v1/fields", headers={"If-None-Match": first.headers["ETag"]})
    weak = client.get("/api/v1/fields", headers={"If-None-Match": f'"other", W/{first.headers["ETag"]}'})

    assert first.headers["Cache-Control"] == "public, no-cache"
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert weak.status_code == 304
    assert client.get("/api/v1/fields", headers={"If-None-Match": '"other"'}).status_code == 200
    head = client.head("/api/v1/fields")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    assert head.headers["Content-Length"] == str(len(first.content))


@pytest.mark.usefixtures("system")
def test_no_answer_sets_a_cookie_or_depends_on_one_or_on_the_language(client: Client) -> None:
    answer = client.get("/api/v1/systems/letter-sorter", headers={"Accept-Language": "ar"})
    other = client.get("/api/v1/systems/letter-sorter", headers={"Accept-Language": "fr"})

    assert answer.cookies == {}
    assert "cookie" not in answer.headers.get("Vary", "").lower()
    assert answer.content == other.content


@pytest.mark.parametrize(("fault", "status", "kind"), [(ZeroDivisionError, 500, "fault"), (OperationalError, 503, "unavailable")])
def test_a_fault_of_ours_is_json_too(
    client: Client, monkeypatch: pytest.MonkeyPatch, fault: type[Exception], status: int, kind: str
) -> None:
    def broken() -> None:
        raise fault

    monkeypatch.setattr(views, "document", broken)
    answer = client.get("/api/v1/openapi.json")

    assert answer.status_code == status
    assert answer.json()["error"]["kind"] == kind


def test_every_address_says_what_it_answers_and_which_problems_it_may_have() -> None:
    for path, methods in document()["paths"].items():
        assert set(methods) == {"get"}, path
        assert set(methods["get"]["responses"]) == {"200", "404", "406", "422"}, path
        assert "$ref" in methods["get"]["responses"]["200"]["content"]["application/json"]["schema"], path
        assert len(methods["get"]["description"]) > 20, path
