"""`manage.py import_atrs FILE`: records of the UK's standard, as GOV.UK lists them, as entries documented by others."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from habeas.errors import HabeasError
from habeas.web.base.clock import now
from habeas.web.explore.importing import import_atrs


class Command(BaseCommand):
    """Import, and say which records did not come in and why."""

    help = "Bring published records of the UK's Algorithmic Transparency Recording Standard in, as documented by others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, metavar="FILE", help="a JSON file with the list `records`")

    def handle(self, *, file: Path, **_options: Any) -> None:
        """Import."""
        try:
            done = import_atrs(file, at=now())
        except HabeasError as problem:
            raise CommandError(str(problem)) from problem
        for one in done.left_out:
            self.stdout.write(f"left out: {one.record}: {one.why}")
        self.stdout.write(f"{done.entries} entries are in the register; {len(done.left_out)} records were left out")
