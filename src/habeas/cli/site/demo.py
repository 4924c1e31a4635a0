"""`habeas site demo FOLDER`: a site filled with what is made up, to be looked at."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.cli.site.needing import expect_site_parts, site_parser
from habeas.cli.streams import remark, say
from habeas.cli.usage import WrongUsage

DESCRIPTION = """Make a site for this machine alone and fill it with made-up organisations,
people and systems: one that a rulebook prohibits, one whose audit shows a
difference, one that was let through under conditions.

Everybody made up signs in with one password, which is printed, and without a
second factor: a demonstration, no place for anything real."""


def run(arguments: Sequence[str]) -> int:
    """Make it, and print who can sign in."""
    found = site_parser("demo", DESCRIPTION)
    found.add_argument("--port", type=int, default=8000, metavar="N", help="the port on which it will answer (default: 8000)")
    given = found.parse_args(arguments)
    if not 1 <= given.port <= 65535:  # noqa: PLR2004 - the last port there is
        raise WrongUsage(f"habeas site demo: expected a port from 1 to 65535; got {given.port}")
    expect_site_parts()
    from habeas.web.keeping.creating import create_site

    remark("making a site with made-up organisations, people and systems: about half a minute")
    site = create_site(
        given.folder,
        name="Register (demonstration)",
        address=f"http://127.0.0.1:{given.port}",
        unsafe_plain_http=True,
        second_factor="optional",
    )
    from habeas.web.base.clock import now
    from habeas.web.demo.filling import fill
    from habeas.web.demo.people import PEOPLE, new_password

    password = new_password()
    fill(password=password, at=now())
    people = [f"  {person.email:<27} {person.task}" for person in PEOPLE]
    parts = [
        f"made: {site.name} in {given.folder}",
        "",
        f"sign in with the password  {password}  as",
        *people,
        "",
        f"start it: habeas site run {given.folder} --bind 127.0.0.1:{given.port}",
        f"open:     {site.address}/",
    ]
    say("\n".join(parts))
    return 0
