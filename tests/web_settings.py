"""Settings under which the site is tested: a folder of its own, SQLite unless HABEAS_TEST_DATABASE names a PostgreSQL database."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from habeas.web.django_settings import django_settings
from habeas.web.site import Site

SITE = Site(
    folder=Path(tempfile.mkdtemp(prefix="habeas-site-")),
    name="Register of the tests",
    address="http://testserver",
    secret_key="only for tests, where nothing is secret",  # noqa: S106 - no secret
    database=os.environ.get("HABEAS_TEST_DATABASE", "sqlite"),
    unsafe_plain_http=True,
    second_factor="optional",
)
(SITE.folder / "static").mkdir()  # `collectstatic` makes it where a site is started
globals().update(django_settings(SITE))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},  # plain names: nothing is collected
}
