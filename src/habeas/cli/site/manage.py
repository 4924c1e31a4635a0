"""`habeas site manage FOLDER ...`: Django's own commands, for this site."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.cli.site.needing import expect_site_parts, site_parser
from habeas.cli.usage import WrongUsage

DESCRIPTION = """Have Django do what its own command line does, for this site: migrate, worker,
shell and the like. habeas site manage FOLDER help names them all."""


def run(arguments: Sequence[str]) -> int:
    """Hand everything behind the folder to Django."""
    found = site_parser("manage", DESCRIPTION)
    found.add_argument("command", metavar="COMMAND ...", nargs="?", help="Django's command, and its arguments")
    given = found.parse_args(arguments[:2])
    if given.command is None:
        raise WrongUsage("habeas site manage: expected one of Django's commands, e.g. migrate; habeas site manage FOLDER help names them")
    expect_site_parts()
    from habeas.web.keeping.starting import manage, use_site

    use_site(given.folder)
    manage(list(arguments[1:]))
    return 0
