"""Which habeas this is, for documents that must say so; the lower rooms can't ask the package itself, which knows every room."""

from __future__ import annotations

RELEASE = "0.1.0"
"""The one place where the version stands; `habeas.__version__` and the package's metadata are read from here."""
