"""`habeas site init FOLDER`: make a site."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from habeas.cli.site.needing import WHERE_FROM, expect_site_parts, site_parser
from habeas.cli.streams import say
from habeas.stores.keys.secrets import passphrase_from

DESCRIPTION = f"""Make a site: its settings, its secret key, its database, and the ledger that
every change is recorded in.

The address is where people will reach it; the ledger is named after it for
ever. Without a passphrase the ledger's keys lie open to whoever can read the
folder, which only its owner may enter.
{WHERE_FROM}"""


def place_of(given: str) -> str:
    """A place as the ledger's settings have it: paths whole, addresses as they are."""
    return given if "://" in given else str(Path(given).absolute())


def run(arguments: Sequence[str]) -> int:
    """Make the site, and say what comes next."""
    found = site_parser("init", DESCRIPTION)
    found.add_argument("--name", required=True, help="the site's name, as its pages show it")
    found.add_argument("--address", required=True, metavar="URL", help="where people reach it, e.g. https://register.police.example")
    found.add_argument("--database", default="sqlite", metavar="URL", help="postgresql://... (default: a file in FOLDER)")
    found.add_argument(
        "--unsafe-plain-http", action="store_true", help="serve without TLS, to this machine alone: for demonstrations and tests"
    )
    found.add_argument("--second-place", metavar="WHERE", help="where the ledger's last checkpoint is kept once more: best on another disk")
    given = found.parse_args(arguments)
    expect_site_parts()
    from habeas.web.keeping.creating import create_site

    passphrase = passphrase_from(os.environ)
    site = create_site(
        given.folder,
        name=given.name,
        address=given.address,
        database=given.database,
        unsafe_plain_http=given.unsafe_plain_http,
        passphrase=passphrase,
        second_place=None if given.second_place is None else place_of(given.second_place),
    )
    keys = "open to whoever can read the folder" if passphrase is None else "locked by your passphrase"
    parts = [
        f"made: the site {site.name} in {given.folder}",
        "  site.toml  its settings",
        "  secrets/   its secret key: keep it to yourself",
        f"  ledger/    every change is recorded here; its keys are {keys}",
        f"next: habeas site admin {given.folder} EMAIL --organisation SLUG --name NAME ...",
        f"then: habeas site run {given.folder}",
    ]
    say("\n".join(parts))
    return 0
