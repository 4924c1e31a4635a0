"""What a bounded run may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLimits:
    """Memory, time and disk of one run. Beyond any of them the process ends, and the run with it.

    `counting_mb`: what the engine may hold before it spills; well below `memory_mb`, which is all that the process may ever ask for.
    """

    memory_mb: int = 4000
    counting_mb: int = 400
    threads: int = 2
    processor_s: int = 3600
    wall_s: float = 3600.0
    largest_file_mb: int = 4000
