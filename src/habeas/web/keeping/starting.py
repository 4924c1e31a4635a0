"""Making Django this site's: one site a process."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from habeas.errors import Unavailable
from habeas.web.site import Site
from habeas.web.site_file import read_site


def use_site(folder: Path) -> Site:
    """Read the site in this folder and make Django its own, for the rest of the process. Raises as `read_site`."""
    site = read_site(folder)
    os.environ["HABEAS_SITE"] = str(site.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.web.settings"
    django.setup()
    return site


def site_in_use() -> Site:
    """The site whose process this is."""
    site: Site = settings.SITE
    return site


def bring_up_to_date() -> None:
    """Make or alter the database's tables as this habeas wants them.

    Raises:
        Unavailable: the database can't be reached, or refuses.
    """
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as problem:
        raise Unavailable(
            f"expected to make the tables in the database; it refused ({type(problem).__name__}): {_asked(problem)}"
        ) from None


def migrations_waiting() -> tuple[str, ...]:
    """What `bring_up_to_date` would do.

    Raises:
        Unavailable: the database can't be reached.
    """
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as problem:
        raise Unavailable(f"expected to reach the database; it doesn't answer ({type(problem).__name__}): {_asked(problem)}") from None
    return tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan)


def manage(arguments: list[str]) -> None:
    """Have Django do what its own command line would."""
    execute_from_command_line(["habeas site manage", *arguments])


def _asked(problem: Exception) -> str:
    """What the database said, on one line: it is for whoever runs the site."""
    return " ".join(str(problem).split()) or "look at its log"
