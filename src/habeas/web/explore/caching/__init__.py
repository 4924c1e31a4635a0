"""Answers that are kept: by browsers that ask each time whether they are still true, and by this process for whoever asks next."""

from habeas.web.explore.caching.answers import kept, kept_here, text

__all__ = ["kept", "kept_here", "text"]
