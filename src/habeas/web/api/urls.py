"""Addresses for programs, without a language; every one is behind the door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.urls import URLPattern, include, path

from habeas.web.api import views
from habeas.web.api.door import door
from habeas.web.api.site_api import api
from habeas.web.base.access import View

VERSION = "v1/"


def _behind_the_door() -> Iterator[URLPattern]:
    for pattern in api.urls[0]:
        # api-root is ninja's own, which only says that nothing is there
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = door(cast("View", pattern.callback))
            yield pattern


urlpatterns = [
    path(f"{VERSION}openapi.json", door(views.openapi), name="api_openapi"),
    path(VERSION, include((list(_behind_the_door()), "api"))),
    path(f"{VERSION}log/files/<path:name>", door(views.log_file, gives=views.BYTES), name="api_log_file"),
    path("<path:rest>", door(views.nothing_here), name="api_nothing_here"),
]
