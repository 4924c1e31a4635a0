"""Words from data in the page's language, where they are translated; else in English, and marked so."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

register = template.Library()


@register.filter
def translated(text: str) -> str:
    """The text in the page's language. Without a translation it stays English, says so to screen readers, and reads left to right."""
    if not text:
        return ""
    found = gettext(text)
    if found != text or get_language() in (None, "en"):
        return found
    return format_html('<span lang="en" dir="ltr">{}</span>', text)
