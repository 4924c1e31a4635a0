"""Logs tell what happened and never who it was."""

from __future__ import annotations

import json
import logging
import re

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from habeas.web.base.watching.logs import place_of, requests

SENTINELS = ("203.0.113.77", "sentinel-agent", "sentinel-query", "sentinel-path", "sentinel-referer", "sentinel-cookie", "SENTINELMETHOD")


def lines(printed: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed.splitlines()]


@pytest.mark.django_db
def test_a_request_leaves_no_trace_of_who_asked_and_for_what(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    asked_by = {
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_X_FORWARDED_FOR": "203.0.113.77",
        "HTTP_USER_AGENT": "sentinel-agent",
        "HTTP_REFERER": "http://elsewhere.example/sentinel-referer",
        "HTTP_COOKIE": "sentinel-cookie=sentinel-cookie",
    }
    client.get("/health/?q=sentinel-query", **asked_by)
    client.get("/sentinel-path/?q=sentinel-query", **asked_by)
    client.post("/sentinel-path/", {"name": "sentinel-query"}, **asked_by)
    client.generic("SENTINELMETHOD", "/health/", **asked_by)
    client.get("/", HTTP_HOST="sentinel-path.example", **asked_by)

    printed = capsys.readouterr().err
    assert [line["route"] for line in lines(printed) if line["event"] == "request"][:3] == ["health", "none", "none"]
    assert [sentinel for sentinel in SENTINELS if sentinel in printed] == []


@pytest.mark.django_db
def test_a_request_is_one_line_with_an_id_that_the_answer_names(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    answer = client.get("/health/")

    (line,) = (line for line in lines(capsys.readouterr().err) if line["event"] == "request")
    assert line["request"] == answer.headers["X-Request-Id"]
    assert (line["method"], line["route"], line["status"], line["level"]) == ("GET", "health", 503, "info")
    assert set(line) == {"event", "level", "method", "ms", "request", "route", "status", "timestamp"}


def test_an_error_is_told_by_its_type_and_place_and_not_by_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="sentinel") as caught:
        int("sentinel-query")
    told = place_of(caught.value)

    assert told["error"] == "ValueError"
    (where,) = told["where"]
    assert re.fullmatch(r"web/base/test_logs\.py:\d+ test_an_error_is_told_by_its_type_and_place_and_not_by_its_words", where)
    assert "sentinel" not in json.dumps(told)
    assert capsys.readouterr().err == ""


def test_what_other_libraries_log_keeps_its_pattern_alone(capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.getLogger("django.security.csrf")
    try:
        int("sentinel-query")
    except ValueError:
        log.exception("Forbidden (%s): %s", "sentinel-query", "/sentinel-path/")

    (line,) = lines(capsys.readouterr().err)
    assert (line["event"], line["logger"], line["level"], line["error"]) == (
        "Forbidden (%s): %s",
        "django.security.csrf",
        "error",
        "ValueError",
    )
    assert "sentinel" not in json.dumps(line)


def test_a_text_that_was_filled_in_before_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("some.library").warning("sentinel-query was refused")

    (line,) = lines(capsys.readouterr().err)
    assert line["event"] == "(words left out; see where it was logged)"
    assert str(line["line"]).startswith("test_logs:")


def test_what_a_view_logs_names_the_request_and_the_next_one_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    def respond(_request: HttpRequest) -> HttpResponse:
        structlog.get_logger().warning("inside")
        return HttpResponse()

    requests(respond)(RequestFactory().get("/"))
    structlog.get_logger().warning("outside")

    inside, request, outside = lines(capsys.readouterr().err)
    assert inside["request"] == request["request"]
    assert "request" not in outside
