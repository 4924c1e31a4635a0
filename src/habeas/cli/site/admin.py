"""`habeas site admin FOLDER EMAIL`: an organisation and its first administrator."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas.cli.site.needing import expect_site_parts, site_parser
from habeas.cli.streams import remark, say
from habeas.cli.usage import WrongUsage

DESCRIPTION = """Invite the first administrator of an organisation, who invites everybody else.

Prints a link with which that person, and nobody else, makes an account: good
once, for seven days. Given again, the earlier link opens nothing any more.
With --name the organisation is made if it isn't there; then --kind, --authority
(its name in the ledger, for ever) and --place are needed too."""

KINDS = ("police", "prosecution", "court", "prison", "probation", "oversight", "auditor", "other")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def run(arguments: Sequence[str]) -> int:
    """Make what is missing, and print the link."""
    found = site_parser("admin", DESCRIPTION)
    found.add_argument("email", metavar="EMAIL", help="the person's address")
    found.add_argument(
        "--organisation", required=True, metavar="SLUG", help="the organisation's short name, as in addresses, e.g. midshire"
    )
    found.add_argument("--name", help="make the organisation, of this name")
    found.add_argument("--kind", choices=KINDS, help="what it is")
    found.add_argument("--authority", metavar="NAME", help="its name in the ledger, e.g. midshire.police.example")
    found.add_argument("--place", metavar="CODE", help="where it is, ISO 3166, e.g. GB-ENG")
    given = found.parse_args(arguments)
    if not EMAIL.fullmatch(given.email) or not SLUG.fullmatch(given.organisation):
        raise WrongUsage("habeas site admin: expected an e-mail address, and a slug of lower-case letters, digits and hyphens")
    if given.name is not None and None in (given.kind, given.authority, given.place):
        raise WrongUsage("habeas site admin: to make an organisation, --name needs --kind, --authority and --place")
    expect_site_parts()
    from habeas.web.keeping.starting import use_site

    site = use_site(given.folder)
    from habeas.web.base.actors import OrganisationKind
    from habeas.web.base.clock import now
    from habeas.web.keeping.first_people import first_administrator, found_organisation

    if given.name is not None:
        kind = OrganisationKind(given.kind)
        found_organisation(slug=given.organisation, name=given.name, kind=kind, authority=given.authority, place=given.place)
    say(first_administrator(site, organisation=given.organisation, email=given.email, at=now()))
    remark("this link makes the account: good once, for seven days. The worker sends it by letter as well.")
    return 0
