"""The door of the API: what may come in, and the headers of what goes out. Whatever is asked, the answer is JSON.

1. The method, the characters and the names after the question mark are ones that we know.
2. The view answers, or says why it doesn't.
3. The answer may be read by pages of any origin, and kept as long as it stays the same.
"""

from __future__ import annotations

import hashlib
import logging
from functools import wraps

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from django.utils.translation import override

from habeas.errors import BadInput, HabeasError
from habeas.web.api.openapi import query_names
from habeas.web.api.problems import of_error, problem
from habeas.web.base.access import View, public

READING = ("GET", "HEAD")
JSON = "application/json"
NUL = "\x00"
OK = 200

log = logging.getLogger(__name__)


def door(view: View, *, gives: str = JSON) -> View:
    """The view behind the door. `gives`: the media type of its answers; problems are JSON all the same."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
        if request.method not in READING:
            return _not_allowed()
        if not request.accepts(gives):
            return _open_to_all(problem(f"Accept: expected {gives} among what you take; this address answers nothing else", status=406))
        with override("en"):  # whatever the reader's language: the same answer for everybody
            answer = _open_to_all(_kept(request, _answer(view, request, *arguments, **named)))
        return _without_body(answer) if request.method == "HEAD" else answer

    guarded.csrf_exempt = True  # type: ignore[attr-defined] # nothing is written here; another method is told so, in JSON
    return public(guarded)


def _answer(view: View, request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
    method, request.method = request.method, "GET"  # HEAD asks for the same
    try:
        _check(request)  # (1)
        return view(request, *arguments, **named)  # (2)
    except HabeasError as error:
        return of_error(error)
    except SuspiciousOperation:
        return problem("the request: expected fewer or other parameters; it can't be read: ask as /api/v1/openapi.json says", status=422)
    except OperationalError:
        log.exception("the API could not ask the database at %s", request.path)
        return problem("the database of this register can't be reached now: try again in a minute", status=503)
    except Exception:  # the last resort, so that a fault of ours is JSON too
        log.exception("the API failed at %s", request.path)
        return problem("this is a fault of ours, not of your request: try again, and tell whoever runs this register", status=500)
    finally:
        request.method = method


def _check(request: HttpRequest) -> None:
    if NUL in request.path or any(NUL in one for name, values in request.GET.lists() for one in (name, *values)):
        raise BadInput("the request: expected text; got the character NUL, which no text has: leave it out")
    match = request.resolver_match
    known = query_names(match.route) if match is not None else frozenset()
    surplus = sorted(set(request.GET) - known)
    if surplus:
        names = ", ".join(sorted(known)) or "nothing"
        raise BadInput(f"expected {names} after the question mark; got {surplus[0][:60]!r}: mend the name, or leave it out")
    twice = sorted(name for name, values in request.GET.lists() if len(values) > 1)
    if twice:
        raise BadInput(f"{twice[0]}: expected it once; got it several times: ask once for each")


def _not_allowed() -> HttpResponse:
    answer = problem("expected GET or HEAD; got another method: this API only reads", status=405)
    answer.headers["Allow"] = ", ".join(READING)
    return answer


def _kept(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    if answer.status_code != OK or not isinstance(answer, HttpResponse):
        answer.headers["Cache-Control"] = "no-store"
        return answer
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in known or "*" in known or f"W/{etag}" in known:
        answer = HttpResponse(status=304)
        del answer.headers["Content-Type"]
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer


def _open_to_all(answer: HttpResponseBase) -> HttpResponseBase:
    if answer.headers.get("Content-Type", "").startswith(JSON):
        answer.headers["Content-Type"] = JSON  # which is UTF-8 and has no charset to say (RFC 8259, section 11)
    answer.headers["Access-Control-Allow-Origin"] = "*"  # (3) nothing here depends on who asks
    answer.headers["Access-Control-Expose-Headers"] = "ETag"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _without_body(answer: HttpResponseBase) -> HttpResponseBase:
    if isinstance(answer, HttpResponse):
        answer.headers["Content-Length"] = str(len(answer.content))  # of what GET gives
        answer.content = b""
    return answer
