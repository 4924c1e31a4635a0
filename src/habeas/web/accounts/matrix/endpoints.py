"""Every address that the site answers, found by walking Django's own table."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

from habeas.web.accounts.matrix.foreign import foreign_access
from habeas.web.base.access import Access, access_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address. `name`: as `reverse` takes it, empty where it has none; `arguments`: the names in its route.

    `methods`: those that the view names; none named: the view answers whatever it knows. `access` is None where nobody declared it,
    which a test refuses.
    """

    name: str
    route: str
    arguments: tuple[str, ...]
    methods: tuple[str, ...]
    access: Access | None
    in_languages: bool

    @property
    def app(self) -> str:
        """The first word of the route, to group by."""
        return self.route.partition("/")[0]


def endpoints() -> tuple[Endpoint, ...]:
    """Every endpoint, by route."""
    return tuple(sorted(_walk(get_resolver(), "", "", in_languages=False), key=lambda one: (one.route, one.name)))


def _walk(resolver: URLResolver, route: str, namespace: str, *, in_languages: bool) -> Iterator[Endpoint]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            translated = in_languages or isinstance(pattern.pattern, LocalePrefixPattern)
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, route + _text(pattern), inside, in_languages=translated)
        elif isinstance(pattern, URLPattern):
            yield _endpoint(pattern, route + _text(pattern), namespace, in_languages=in_languages)


def _endpoint(pattern: URLPattern, route: str, namespace: str, *, in_languages: bool) -> Endpoint:
    name = f"{namespace}{pattern.name}" if pattern.name else ""
    return Endpoint(
        name=name,
        route=route,
        arguments=tuple(re.findall(r"<(?:\w+:)?(\w+)>", route)),
        methods=_methods(pattern.callback),
        access=access_of(pattern.callback) or foreign_access(name or route, pattern.callback.__module__),
        in_languages=in_languages,
    )


def _text(pattern: URLPattern | URLResolver) -> str:
    """The piece of the route, with the arguments of a regular expression written as those of a route are."""
    if isinstance(pattern.pattern, LocalePrefixPattern):
        return ""
    text = str(pattern.pattern)
    if isinstance(pattern.pattern, RoutePattern):
        return text
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", text.lstrip("^").rstrip("$"))


def _methods(view: Callable[..., object]) -> tuple[str, ...]:
    """What `require_http_methods` was told, on whichever layer of the view it stands."""
    layer: object = view
    while layer is not None:
        named = inspect.getclosurevars(layer).nonlocals if inspect.isfunction(layer) else {}
        if "request_method_list" in named:
            return tuple(named["request_method_list"])
        layer = getattr(layer, "__wrapped__", None)
    return ()
