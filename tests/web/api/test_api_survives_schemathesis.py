"""The API against what its own description promises: schemathesis asks each address what fits the description and what doesn't.

In this process, without a socket; the same questions each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from habeas.web.api.openapi import asked, document
from habeas.web.wsgi import application

KNOWN = {"system": "letter-sorter", "number": 1, "name": "force", "book": "uk", "rule": "none", "index": 0}
"""Arguments of what is there, so that answers are held against their shapes, and not refusals alone."""
OF_LISTS = {"catalogue": "de-precobs", "technologies": "analytics"}


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The test's own transaction outlives each request, as with Django's client of tests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("system", "one_connection")
def test_each_address_keeps_its_promises_whatever_it_is_asked() -> None:
    schema = schemathesis.openapi.from_dict(document())
    schema.app = application
    found = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]

    for operation in found:
        survives(operation)

    assert [operation.path for operation in found] == [one.path for one in asked()]


def survives(operation: APIOperation[Any, Any, Any, Any]) -> None:
    """Twenty questions, of which about half are about what is there."""
    there = {**KNOWN, "name": next((name for part, name in OF_LISTS.items() if part in operation.path), "force")}
    cases = st.one_of([operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)])

    @settings(max_examples=20, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=cases, real=st.booleans())
    def ask(case: schemathesis.Case[Any], real: bool) -> None:  # noqa: FBT001 - as Hypothesis gives it
        if real:
            case.path_parameters = {name: there[name] for name in case.path_parameters or {}}
        case.call_and_validate(base_url="http://testserver")

    ask()
