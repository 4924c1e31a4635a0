"""Every address of the site. What isn't English carries its language first: /ar/register/ is /register/ in Arabic, without a cookie."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("habeas.web.base.urls")),  # health: no language
    path("", include("habeas.web.pages.plain_urls")),  # security.txt, robots.txt
    path("api/", include("habeas.web.api.urls")),
    *i18n_patterns(
        path("", include("habeas.web.pages.urls")),
        path("", include("habeas.web.api.page_urls")),
        path("", include("habeas.web.explore.urls")),
        path("", include("habeas.web.register.urls")),
        path("", include("habeas.web.screening.urls")),
        path("", include("habeas.web.audits.urls")),
        path("", include("habeas.web.gate.urls")),
        path("", include("habeas.web.accounts.urls")),
        path("accounts/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]
