"""`habeas site run FOLDER`: serve a site, and work for it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from habeas.cli.ledger.asking import address_of
from habeas.cli.site.needing import WHERE_FROM, expect_site_parts, site_parser
from habeas.cli.streams import remark
from habeas.cli.usage import WrongUsage
from habeas.runs.ledgers.ledger import is_locked
from habeas.stores.keys.secrets import passphrase_from

DESCRIPTION = f"""Serve the site, and run the worker that does its jobs and writes its ledger,
until told to stop (SIGTERM, Ctrl-C). For the public, put a web server that ends
TLS before it, which sends X-Forwarded-Proto.
{WHERE_FROM}"""

MOST_WORKERS = 64


def run(arguments: Sequence[str]) -> int:
    """Serve until told to stop."""
    found = site_parser("run", DESCRIPTION)
    found.add_argument("--bind", metavar="HOST:PORT", default="127.0.0.1:8000", help="where to answer (default: 127.0.0.1:8000)")
    found.add_argument("--workers", type=int, metavar="N", help="processes that answer (default: as many as there are cores)")
    given = found.parse_args(arguments)
    host, port = address_of(given.bind, option="habeas site run: expected --bind")
    workers = given.workers if given.workers is not None else min(os.cpu_count() or 1, MOST_WORKERS)
    if not 1 <= workers <= MOST_WORKERS:
        raise WrongUsage(f"habeas site run: expected --workers from 1 to {MOST_WORKERS}; got {workers}")
    expect_site_parts()
    from habeas.web.keeping.serving import run_site
    from habeas.web.keeping.starting import use_site

    site = use_site(given.folder)
    run_site(
        site,
        host=host,
        port=port,
        workers=workers,
        passphrase=passphrase_from(os.environ) if is_locked(site.ledger) else None,
        on_ready=lambda: remark(f"ready: {site.address}/ at {given.bind} (Ctrl-C stops it)"),
    )
    return 0
