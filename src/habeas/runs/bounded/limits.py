"""What a bounded run may use."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.errors import BadInput

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLimits:
    """Memory, time and disk of one run. Beyond any of them the process ends, and the run with it.

    `counting_mb`: what the engine may hold before it spills; well below `memory_mb`, which is all that the process may ever ask for.
    `spill_mb`: all that its folder may hold, in however many files; `largest_file_mb`: any one file that the process writes.
    `answer_mb`: the longest line that it may say, which whoever asked holds in their own memory.
    """

    memory_mb: int = 4000
    counting_mb: int = 400
    threads: int = 2
    processor_s: int = 3600
    wall_s: float = 3600.0
    spill_mb: int = 4000
    largest_file_mb: int = 4000
    answer_mb: int = 100

    def __post_init__(self) -> None:
        # a file that was cut off while the engine spilled would be told as a fault of the data
        if self.spill_mb > self.largest_file_mb:
            raise BadInput(
                f"expected spill_mb up to largest_file_mb, {self.largest_file_mb}; got {self.spill_mb}: lower it, or raise the other"
            )
