"""Django's settings, made from a site's own facts. `HABEAS_SITE` names the site's folder."""

from __future__ import annotations

import os

from habeas.web.django_settings import django_settings
from habeas.web.site_file import site_in

globals().update(django_settings(site_in(os.environ)))
