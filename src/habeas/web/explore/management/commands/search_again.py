"""`manage.py search_again`: make every row that the public searches anew, from what is shown today."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from habeas.web.base.clock import now
from habeas.web.explore.actions import show_every_anew


class Command(BaseCommand):
    """Make the rows anew, as after a restore or a new release."""

    help = "Make every row that the public searches anew."

    def handle(self, **_options: Any) -> None:
        """Make them."""
        self.stdout.write(f"{show_every_anew(on=now().date())} entries can be searched")
