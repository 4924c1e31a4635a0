"""Every public address of one system and of the lists, asked of the table of addresses itself, so that a new outlet is tested too."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from habeas.web.base.access import access_of

STANDARDS = ("atrs", "algoritmeregister", "annex-viii")
LANGUAGES = ("", "/ar", "/fr", "/nl", "/cy")


def names() -> set[str]:
    """The names of every public address, in every app."""
    return {name for name, pattern in _patterns(get_resolver().url_patterns) if _public(pattern)}


def addresses(slug: str, numbers: dict[str, list[int]]) -> Iterator[str]:
    """Every public address that can be made for that system; `numbers`: by the name of the address, what its number may be."""
    for name in sorted(names()):
        yield from _made(name, slug, numbers.get(name, [1]))


def _made(name: str, slug: str, numbers: list[int]) -> Iterator[str]:
    attempts: list[dict[str, object]] = [{}, {"slug": slug}]
    attempts += [{"slug": slug, "number": number} for number in numbers]
    attempts += [{"slug": slug, "standard": standard} for standard in STANDARDS]
    for given in attempts:
        try:
            yield reverse(name, kwargs=given)
        except NoReverseMatch:
            continue


def body(client: Client, address: str, **asked: str) -> tuple[int, bytes]:
    """The status and every byte of an answer, streams included."""
    answer = client.get(address, asked)
    content = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, content


def _patterns(found: list[URLPattern | URLResolver]) -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        elif one.name:
            yield one.name, one


def _public(pattern: URLPattern) -> bool:
    access = access_of(pattern.callback)
    return access is not None and access.anyone
