"""Filters for what stands in data as programs write it, and is read by people."""

from __future__ import annotations

import re
from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
_IN_BACKTICKS = re.compile(r"`([^`]+)`")


@register.filter
def day_word(day: str) -> str:
    """A day as people write it, from 2026-11-22; what is no day stays as it is."""
    try:
        return date_format(date.fromisoformat(day), "DATE_FORMAT")
    except ValueError:
        return day


@register.filter
def commands(text: str) -> SafeString:
    """A text whose commands stand `between backticks`, with each drawn as one."""
    pieces = enumerate(_IN_BACKTICKS.split(text))
    return format_html_join("", "{}", ((format_html("<code>{}</code>", piece) if index % 2 else piece,) for index, piece in pieces))
