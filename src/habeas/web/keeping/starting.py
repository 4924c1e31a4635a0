"""Making Django this site's: one site a process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command, execute_from_command_line
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from habeas.errors import BadInput, Unavailable
from habeas.web.site import Site
from habeas.web.site_file import read_site


def use_site(folder: Path) -> Site:
    """Read the site in this folder and make Django its own, for the rest of the process. Raises as `read_site`."""
    site = read_site(folder)
    os.environ["HABEAS_SITE"] = str(site.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.web.settings"
    django.setup()
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


@contextmanager
def new_tables() -> Iterator[None]:
    """An empty database in which tables may be made and filled; it is empty again if things go wrong.

    PostgreSQL makes tables in a transaction like anything else. SQLite's file is new with the site's folder, and goes with it.

    Raises:
        BadInput: it has tables already. Unavailable: it can't be reached.
    """
    migrations_waiting()  # which says so where it can't be reached
    if connection.introspection.table_names():
        raise BadInput("expected an empty database; it has tables already: name another by --database, or make a new one")
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        yield


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
