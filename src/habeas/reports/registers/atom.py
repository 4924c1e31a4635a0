"""Feeds in Atom 1.0 (RFC 4287): what changed, for readers and other programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without items changed."""

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 can't hold even escaped (section 2.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that happened. `id`: its permanent name; `address`: where to read of it."""

    id: str
    title: str
    address: str
    at: datetime
    author: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What happened, newest first. `address`: of the feed itself; `page`: of the page that shows the same."""

    title: str
    address: str
    page: str
    language: str
    items: tuple[Item, ...]


def atom(feed: Feed) -> str:
    """The feed as XML; characters that XML can't hold are left out."""
    updated = max((item.at for item in feed.items), default=NEVER)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_quoted(feed.language)}>',
            f"<id>{_text(feed.address)}</id>",
            f"<title>{_text(feed.title)}</title>",
            f"<updated>{_time(updated)}</updated>",
            f'<link rel="self" type="application/atom+xml" href={_quoted(feed.address)}/>',
            f'<link rel="alternate" type="text/html" href={_quoted(feed.page)}/>',
            *_items(feed.items),
            "</feed>",
            "",
        ]
    )


def _items(items: Iterable[Item]) -> Iterable[str]:
    for item in items:
        yield "<entry>"
        yield f"<id>{_text(item.id)}</id>"
        yield f"<title>{_text(item.title)}</title>"
        yield f"<updated>{_time(item.at)}</updated>"
        yield f'<link rel="alternate" type="text/html" href={_quoted(item.address)}/>'
        yield f"<author><name>{_text(item.author)}</name></author>"
        yield f"<summary>{_text(item.summary)}</summary>"
        yield "</entry>"


def _text(text: str) -> str:
    return escape(NOT_XML.sub("", text))


def _quoted(text: str) -> str:
    return quoteattr(NOT_XML.sub("", text))


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
