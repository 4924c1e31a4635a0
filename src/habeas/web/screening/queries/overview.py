"""A system's screening at a glance: a line a version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from habeas.web.register.models import System, SystemVersion
from habeas.web.register.queries import versions
from habeas.web.screening.describing import Progress, progress
from habeas.web.screening.models import Description, Screen
from habeas.web.screening.queries.assessments import KindShown, kinds_for
from habeas.web.screening.queries.descriptions import open_description
from habeas.web.screening.queries.screens import stale
from habeas.web.screening.queries.shown import ScreenShown, Stale, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionShown:
    """A version with its open description, how far that is, its screens (latest first), and its assessments."""

    row: SystemVersion
    description: Description | None
    progress: tuple[Progress, ...]
    screens: tuple[ScreenShown, ...]
    stale: tuple[Stale, ...]
    kinds: tuple[KindShown, ...]

    @property
    def done(self) -> int:
        """So many topics of the open description are done."""
        return sum(one.done for one in self.progress)

    @property
    def latest(self) -> ScreenShown | None:
        """The latest screen, if there is one."""
        return self.screens[0] if self.screens else None


def overview(system: System, *, on: date) -> tuple[VersionShown, ...]:
    """Every version of a system, the newest first."""
    return tuple(_versions(system, on=on))


def _versions(system: System, *, on: date) -> Iterator[VersionShown]:
    for version in versions(system):
        screens = tuple(Screen.objects.filter(version=version).select_related("description__version").defer("kept").order_by("-id"))
        last = screens[0] if screens else None
        described = open_description(version)
        yield VersionShown(
            row=version,
            description=described,
            progress=() if described is None else progress(described.said, on=on),
            screens=tuple(shown(one) for one in screens),
            stale=() if last is None else stale(last, on=on),
            kinds=() if last is None else kinds_for(version, last, on=on),
        )
