"""Where a page stands: the way to it, drawn alike on every page."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()


@register.simple_block_tag
def breadcrumbs(content: SafeString) -> SafeString:
    """The list around its content, the steps, each an `<li>` with a link, from the widest to the nearest."""
    return format_html('<nav class="breadcrumbs" aria-label="{}">\n<ol class="row-list">{}</ol>\n</nav>', gettext("Where you are"), content)
