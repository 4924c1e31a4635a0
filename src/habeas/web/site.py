"""One site, as its folder says: `site.toml`, the keys, the database, the ledger, what was uploaded.

Whatever `site.toml` says that isn't understood is refused, so that a misspelt safeguard can't pass for one that is on.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from habeas.errors import BadInput

LANGUAGES = ("en", "fr", "nl", "cy", "ar")
"""What the public pages speak; the first is what an address without a language means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIdProvider:
    """Where staff of an organisation sign in with its own accounts (OpenID Connect); `server` has /.well-known/openid-configuration.

    `domains`: the ends of e-mail addresses that it may vouch for, such as midshire.example: whoever runs one organisation's provider
    must not be able to sign in as somebody of another's.

    Raises:
        BadInput: one of its facts is missing, the id can't stand in an address, or the server isn't reached over TLS.
    """

    id: str
    name: str
    server: str
    client_id: str
    secret: str
    domains: tuple[str, ...]

    def __post_init__(self) -> None:
        missing = [one for one in ("id", "name", "server", "client_id", "secret", "domains") if not getattr(self, one)]
        if missing:
            raise BadInput(f"expected id, name, server, client_id, a secret and domains of each [[oidc]]; missing: {', '.join(missing)}")
        if not re.fullmatch(r"[a-z0-9-]+", self.id):
            raise BadInput(f"expected an id of small letters, digits and hyphens in [[oidc]]; got {self.id}: it stands in an address")
        if urlsplit(self.server).scheme != "https" or not urlsplit(self.server).hostname:
            raise BadInput(f"expected an https:// address as server in [[oidc]]; got {self.server}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site's own facts. `address` is where people reach it, e.g. https://register.police.example.

    `database`: `sqlite` (a file in the folder) or an address such as postgresql:///habeas?host=/run/postgresql.
    `unsafe_plain_http`: serve without TLS, on this machine only; asked for by name, for demonstrations and tests.
    """

    folder: Path
    name: str
    address: str
    secret_key: str
    database: str = "sqlite"
    unsafe_plain_http: bool = False
    largest_upload_bytes: int = 200_000_000
    email: str = "file"
    """`file`: letters are kept in the folder; or smtp://, smtp+tls:// (STARTTLS) or smtps:// with user:password@host:port."""
    contact: str = ""
    """Where people reach whoever runs the site: an e-mail address, shown on its pages and in security.txt."""
    second_factor: str = "required"
    """`required`: who approves, audits, oversees or administers needs more than a password; `optional`: for demonstrations and tests."""
    oidc: tuple[OpenIdProvider, ...] = ()
    proxies: int = 0
    """How many proxies stand before the site, each naming in X-Forwarded-For whom it serves; what limits sign-in attempts counts by it."""

    @property
    def host(self) -> str:
        """The name of the machine in the site's address."""
        return urlsplit(self.address).hostname or ""

    def key_for(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose alone, made of the site's secret."""
        return hashlib.sha256(f"habeas {purpose}\0{self.secret_key}".encode()).digest()

    @property
    def letters_from(self) -> str:
        """Who its letters come from."""
        return self.contact or f"register@{self.host}"

    @property
    def ledger(self) -> Path:
        """The folder of the ledger that every change is recorded in."""
        return self.folder / "ledger"

    @property
    def uploads(self) -> Path:
        """The folder of what was uploaded."""
        return self.folder / "uploads"
