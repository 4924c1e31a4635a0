"""The files that the page on deployment shows, filled in for this machine: other names, other ports, other folders."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from docs.fences import examples
from needs import REPOSITORY

PAGE = REPOSITORY / "docs" / "how-to" / "deploy-the-site.md"
CODE = "/srv/habeas/code/.venv/bin/habeas"
NAME = "register.police.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where nginx answers in plain and over TLS, and where the site does."""

    plain: int
    tls: int
    site: int


def shown(name: str) -> list[str]:
    """The files of that name on the page, in order."""
    return [one.body for one in examples(PAGE.read_text(encoding="utf-8")) if one.file is not None and one.file.endswith(name)]


def commands(unit: str) -> list[list[str]]:
    """What a systemd unit starts, word by word; `%%` is how it spells `%`."""
    lines = [line.partition("=")[2] for line in unit.splitlines() if line.startswith("ExecStart=")]
    return [[word.replace("%%", "%") for word in shlex.split(line)] for line in lines]


def settings(unit: str, key: str) -> list[str]:
    """What a unit says under a key, word by word."""
    return [word for line in unit.splitlines() if line.startswith(f"{key}=") for word in line.partition("=")[2].split()]


def filled(text: str, places: dict[str, str]) -> str:
    """A text with each of these replaced; every one of them must be there, or the page has changed and this hasn't."""
    for old, new in places.items():
        if old not in text:
            raise AssertionError(f"expected {old!r} on {PAGE.name}; it isn't there: mend the test with the page")
        text = text.replace(old, new)
    return text


def nginx_configuration(folder: Path, ports: Ports, *, user: str) -> str:
    """The page's file inside what Debian's nginx.conf is around it, whose logs name everybody unless the page's file says otherwise."""
    site = filled(
        shown("sites-available/habeas")[0],
        {
            "    listen [::]:443 ssl http2;\n": "",  # a machine without IPv6 runs this too
            "    listen [::]:443 ssl http2 default_server;\n": "",
            "    listen [::]:80 default_server;\n": "",
            "listen 443": f"listen 127.0.0.1:{ports.tls}",
            "listen 80": f"listen 127.0.0.1:{ports.plain}",
            "http://127.0.0.1:8000": f"http://127.0.0.1:{ports.site}",
            f"/etc/letsencrypt/live/{NAME}": str(folder),
            "/var/log/nginx": str(folder / "logs"),
        },
    )
    temporary = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return f"""
{f"user {user};" if user else ""}
pid {folder}/nginx.pid;
error_log {folder}/logs/error.log;
daemon off;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    access_log {folder}/logs/access.log;
    {temporary}
{site}
}}
"""
