"""The API's own description, OpenAPI 3.1: what ninja tells of it, with the shapes that habeas publishes and the words that filters take."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from habeas.runs.schemas import schema
from habeas.web.api.routes.words import filter_words
from habeas.web.api.shapes.base import SHARED
from habeas.web.api.site_api import api

PREFIX = "api/v1/"
COMPONENTS = "#/components/schemas/"
NAMES = {"register-entry": "RegisterEntry", "audit-result": "AuditResult"}
"""Shapes published by `habeas schema`, and what they are called here."""

TEXT = "^[^\\u0000]*$"
"""What the door takes as text."""
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One address of the API, for people: `queries` are the names of what may follow the question mark."""

    path: str
    topic: str
    summary: str
    description: str
    queries: tuple[dict[str, Any], ...]
    arguments: tuple[str, ...]
    answer: str


@cache
def document() -> dict[str, Any]:
    """The description as JSON values; read only."""
    found = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"/{PREFIX}")))
    schemas = found["components"]["schemas"]
    for name, title in NAMES.items():
        schemas.update(_components(schema(name), title))
    told: dict[str, Any] = _shared(found)
    words = filter_words()
    for methods in told["paths"].values():
        for parameter in methods["get"].get("parameters", []):
            if parameter["name"] in words:
                parameter["schema"]["enum"] = ["", *words[parameter["name"]]]
            elif parameter["schema"]["type"] == "string":
                parameter["schema"]["pattern"] = TEXT
    return told


def query_names(route: str) -> frozenset[str]:
    """What may follow the question mark of an address, by its route in Django's table."""
    path = "/" + ARGUMENT.sub(r"{\1}", route)
    known = document()["paths"].get(path, {}).get("get", {})
    return frozenset(one["name"] for one in known.get("parameters", []) if one["in"] == "query")


def asked() -> tuple[Asked, ...]:
    """Every address with what it takes and answers, in the order of the description."""
    return tuple(_asked(path, methods["get"]) for path, methods in document()["paths"].items())


def _asked(path: str, told: dict[str, Any]) -> Asked:
    given = told.get("parameters", [])
    answer = told["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    return Asked(
        path=path,
        topic=told["tags"][0],
        summary=told["summary"],
        description=told["description"],
        queries=tuple(one for one in given if one["in"] == "query"),
        arguments=tuple(one["name"] for one in given if one["in"] == "path"),
        answer=answer.removeprefix(COMPONENTS),
    )


def _components(published: dict[str, Any], title: str) -> dict[str, Any]:
    """A published JSON Schema as components: its definitions beside it, each under the name of the whole."""
    definitions = published.get("$defs", {})
    top = {key: value for key, value in published.items() if key not in ("$schema", "$id", "$defs")}
    named = {title: top, **{f"{title}{name}": one for name, one in definitions.items()}}
    return {name: _referring(one, title) for name, one in named.items()}


def _referring(value: Any, title: str) -> Any:
    if isinstance(value, list):
        return [_referring(one, title) for one in value]
    if not isinstance(value, dict):
        return value
    return dict(_renamed(value, title))


def _renamed(value: dict[str, Any], title: str) -> Iterator[tuple[str, Any]]:
    for key, one in value.items():
        if key == "$ref" and isinstance(one, str):
            yield key, f"{COMPONENTS}{title}{one.removeprefix('#/$defs/')}"
        else:
            yield key, _referring(one, title)


def _shared(value: Any) -> Any:
    if isinstance(value, list):
        return [_shared(one) for one in value]
    if not isinstance(value, dict):
        return value
    if SHARED in value:
        return {"$ref": f"{COMPONENTS}{NAMES[value[SHARED]]}"}
    return {key: _shared(one) for key, one in value.items()}
