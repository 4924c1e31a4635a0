"""Static files with a digest in their names, so that browsers may keep them for ever, compressed once."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    """whitenoise's storage, by gzip alone: brotli at its best takes a minute for the few bytes that it saves."""

    def create_compressor(self, **given: Any) -> Compressor:
        """The compressor."""
        return Compressor(**given, use_brotli=False)
