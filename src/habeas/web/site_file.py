"""Reading a site's folder: what `site.toml` says, checked key by key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from habeas.errors import NotFound
from habeas.web.site import Site


def site_in(environment: Mapping[str, str]) -> Site:
    """The site whose folder `HABEAS_SITE` names.

    Raises:
        NotFound: it names none, or there is no site.
    """
    if "HABEAS_SITE" not in environment:
        raise NotFound("expected the folder of a site in HABEAS_SITE; it isn't set: use `habeas site`, or set it")
    return read_site(Path(environment["HABEAS_SITE"]))


def read_site(folder: Path) -> Site:
    """The site in this folder."""
    raise NotImplementedError(folder)
