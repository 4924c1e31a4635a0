"""`habeas site check FOLDER`: look a site over before people rely on it."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.cli.site.needing import expect_site_parts, site_parser
from habeas.cli.streams import say
from habeas.errors import Unavailable, exit_code

DESCRIPTION = """Look a site over: its settings, who may read its secrets, whether its database
answers and is up to date, whether database and ledger agree. Changes nothing,
and may run beside the site.

Leaves with 0: all is in order; 69: something isn't; 64 and above: an error."""


def run(arguments: Sequence[str]) -> int:
    """Look, and say what was found."""
    given = site_parser("check", DESCRIPTION).parse_args(arguments)
    expect_site_parts()
    from habeas.web.keeping.starting import use_site

    site = use_site(given.folder)
    from habeas.web.keeping.checking import look_over

    found = look_over(site)
    say("\n".join(f"{'in order' if one.well else 'NOT in order'}: {one.what}: {one.told}" for one in found))
    return 0 if all(one.well for one in found) else exit_code(Unavailable())
