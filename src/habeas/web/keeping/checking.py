"""Looking a site over before people rely on it: settings, secrets, database, ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core import checks
from django.db.models import Max

from habeas.errors import HabeasError
from habeas.runs.ledgers.reading import recorded
from habeas.stores.keys.key_files import FOR_OTHERS
from habeas.web.base.models import LogLine
from habeas.web.keeping.starting import migrations_waiting
from habeas.web.site import Site
from habeas.web.site_file import FILE, SECRET

PRIVATE = (FILE, SECRET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was looked at, whether it is in order, and what there is to say."""

    what: str
    well: bool
    told: str


def look_over(site: Site) -> tuple[Found, ...]:
    """Everything that can be looked at while the site stands or runs; changes nothing."""
    parts: tuple[tuple[str, Callable[[Site], Iterator[Found]]], ...] = (
        ("settings", _settings),
        ("secrets", _secrets),
        ("database", _database),
        ("ledger", _ledger),
    )
    found: list[Found] = []
    for what, look in parts:
        try:
            found += look(site)
        except HabeasError as problem:
            found.append(Found(what=what, well=False, told=str(problem)))
    return tuple(found)


def _settings(_site: Site) -> Iterator[Found]:
    told = [one for one in checks.run_checks(include_deployment_checks=True) if one.level >= checks.WARNING and not one.is_silenced()]
    for one in told:
        yield Found(what="settings", well=False, told=f"{one.id or 'a check'}: {one.msg}")
    if not told:
        yield Found(what="settings", well=True, told="nothing that Django's checks for deployment object to")


def _secrets(site: Site) -> Iterator[Found]:
    for name in PRIVATE:
        open_to_others = (site.folder / name).stat().st_mode & FOR_OTHERS
        told = "others than its owner may read it: chmod 600" if open_to_others else "its owner alone may read it"
        yield Found(what=name, well=not open_to_others, told=told)


def _database(_site: Site) -> Iterator[Found]:
    waiting = migrations_waiting()
    told = (
        f"{len(waiting)} changes to its tables wait: habeas site manage FOLDER migrate" if waiting else "reached, its tables are up to date"
    )
    yield Found(what="database", well=not waiting, told=told)


def _ledger(site: Site) -> Iterator[Found]:
    entries = recorded(site.ledger)
    if migrations_waiting():
        return
    known = LogLine.objects.aggregate(last=Max("index"))["last"]
    if known is not None and known >= entries:
        told = f"it holds {entries} entries, and the site knows entry {known}: one of them is an old backup (habeas ledger recover)"
        yield Found(what="ledger", well=False, told=told)
        return
    due = LogLine.objects.filter(index__isnull=True).count()
    yield Found(what="ledger", well=True, told=f"{entries} entries; {due} more wait for the worker")
