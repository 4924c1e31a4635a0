"""Who may call what: every address of the site with its access, walked from the URL table, as a value and as a page of the docs."""

from __future__ import annotations

from habeas.web.accounts.matrix.endpoints import Endpoint, endpoints
from habeas.web.accounts.matrix.page import access_reference_markdown

__all__ = ["Endpoint", "access_reference_markdown", "endpoints"]
