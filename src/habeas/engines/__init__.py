"""Engines: rows into cells, in one pass, by pushing the counting to where the rows are."""

from habeas.engines.counting import Counted, count
from habeas.engines.session import Limits

__all__ = ["Counted", "Limits", "count"]
