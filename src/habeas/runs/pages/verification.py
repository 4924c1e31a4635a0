"""The page on which anybody checks evidence, or a whole log, in a browser: one file, no server, no third-party script.

Its parts lie in `verify/`: the page, its style, and its scripts, which are joined in the order in which they build on each other. The
page's own content security policy names style and script by their digests, so that nothing else may run; it may fetch only from where it
came, or from a log on the reader's own computer.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from habeas.terms.release import RELEASE

SCRIPTS = ("bytes", "tree", "keys", "notes", "policy", "json", "evidence", "ladder", "whole_log", "page")

POLICY = (
    "default-src 'none'",
    "img-src data:",
    "connect-src 'self' http://127.0.0.1:* http://localhost:*",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
"""What the page may do beside running its own script and style: ask its own site or this computer for the files of a log."""


def verification_page() -> str:
    """The page as HTML, to be written to a file of any name; the same habeas writes the same bytes."""
    style, script = _part("style.css"), "\n".join(_part(f"{name}.js") for name in SCRIPTS)
    allowed = ("; ").join((*POLICY, f"style-src '{_digest(style)}'", f"script-src '{_digest(script)}'"))
    page = _part("page.html").replace("<!--policy-->", allowed).replace("<!--version-->", RELEASE)
    return page.replace("<!--style-->", style).replace("<!--script-->", script)


def _part(name: str) -> str:
    return files(__package__).joinpath("verify", name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    """The name of a part in a content security policy (CSP level 3, section 2.3.1)."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
