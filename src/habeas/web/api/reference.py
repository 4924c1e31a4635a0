"""The reference page of the API, made from its own description, so that the two can't differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from habeas.web.api.openapi import COMPONENTS, NAMES, Asked, asked, document

ELSEWHERE = {
    "RegisterEntry": "An edition of an entry, as everybody may read it. `habeas schema register-entry` prints its JSON Schema.",
    "AuditResult": "The result of an audit: [field by field](audit-result.md). `habeas schema audit-result` prints its JSON Schema.",
}
UNASKED = {"Filters"}
"""What the description names though no answer has it."""
OPENING = """\
# The API

Everything that the register shows to everybody, for programs. This page is made from the API's own description (OpenAPI 3.1), which a
site gives at `/api/v1/openapi.json`; people find the list at `/api/`. [How to ask it](../how-to/ask-the-api.md) has examples.

- It reads: `GET` and `HEAD`. There is nothing to sign in to, no key, and no cookie. Pages of any origin may read the answers (CORS).
- Answers are JSON with an `ETag`; sent back as `If-None-Match`, it gets `304` and no body where nothing changed.
- Lists come in pages of at most 100, asked for by `page`; `next` is the address of the next one. `/register.zip` has everything at once.
- What is withheld is in no answer: the field is named with ground, reason and last day. What is missing is named as missing.
- Whoever reads must pass over fields they don't know: later releases of version 1 may add some. None is taken away.

## Problems

Whatever is asked, a problem is JSON too: `{"error": {"kind": ..., "message": ...}}`. The message is for people, in English.

| status | kind | when |
|---|---|---|
| 404 | `not-found` | there is no such thing, or it was never published, which is the same to everybody |
| 405 | `method-not-allowed` | another method than `GET` and `HEAD` |
| 406 | `not-acceptable` | `Accept` leaves out JSON |
| 422 | `bad-input` | a word, number or name that isn't one of those below; a parameter that stands twice |
"""
LEDGER = """
Beside these, `/api/v1/log/files/` is the address that programs for such logs take (C2SP tlog-tiles): `checkpoint`, `tile/...` and
`tile/entries/...` are the ledger's public files, as they are.
"""


def api_reference_markdown() -> str:
    """The page `docs/reference/api.md`."""
    topics = groupby(asked(), key=lambda one: one.topic)
    lines = [OPENING, *(line for topic, some in topics for line in _topic(topic, some)), LEDGER, "## Answers", *_shapes()]
    return "\n".join(lines).rstrip() + "\n"


def _topic(topic: str, some: Iterable[Asked]) -> Iterator[str]:
    yield f"## {topic}"
    for one in some:
        yield from ("", f"### `{one.path}`", "", f"{one.summary}. {one.description} Answer: {_link(one.answer)}.")
        if one.queries:
            yield from ("", "| parameter | what it may be | meaning |", "|---|---|---|", *map(_parameter, one.queries))
    yield ""


def _parameter(one: dict[str, Any]) -> str:
    shape = one["schema"]
    name = f"`{one['name']}`" + (" (must be there)" if one["required"] else "")
    words = ", ".join(f"`{word}`" for word in shape.get("enum", ()) if word)
    limits = f"{shape['minimum']} to {shape['maximum']}" if "minimum" in shape else f"text, at most {shape.get('maxLength')} characters"
    return f"| {name} | {words or limits} | {one.get('description', '')} |"


def _shapes() -> Iterator[str]:
    parts = tuple(NAMES.values())
    for name, shape in sorted(document()["components"]["schemas"].items()):
        if name in ELSEWHERE:
            yield from ("", f"### {name}", "", ELSEWHERE[name])
        elif name not in UNASKED and not name.startswith(parts):
            yield from ("", f"### {name}", "", " ".join(shape.get("description", "").split()), "")
            yield from ("| field | type | meaning |", "|---|---|---|")
            yield from (_field(field, told) for field, told in shape["properties"].items())


def _field(name: str, told: dict[str, Any]) -> str:
    return f"| `{name}` | {_type(told)} | {told.get('description', '')} |"


def _type(told: dict[str, Any]) -> str:
    if "anyOf" in told:
        return " or ".join(_type(one) for one in told["anyOf"])
    if "$ref" in told:
        return _link(told["$ref"].removeprefix(COMPONENTS))
    if told.get("type") == "array":
        return f"list of {_type(told['items'])}"
    inner = told.get("additionalProperties")
    if isinstance(inner, dict) and inner:
        return f"object of {_type(inner)}"
    return {"date": "day", "date-time": "time (UTC)"}.get(told.get("format", ""), _plain(told))


def _plain(told: dict[str, Any]) -> str:
    words = {"string": "text", "integer": "whole number", "boolean": "true or false", "null": "null", "object": "object"}
    return words.get(told.get("type", ""), "anything")


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"
