"""Tags and filters of every page: icons and figures."""

from __future__ import annotations

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from journeys import figures
from journeys.hyphenation import with_soft_hyphens
from journeys.icons import icon_shapes
from journeys.ladder import Ladder
from journeys.ladder_shapes import write_shapes

register = template.Library()


@register.simple_tag
def submission_key() -> SafeString:
    """Names this copy of a form, so that sending it twice works once (accounts.submissions)."""
    return format_html('<input type="hidden" name="submission" value="{}">', secrets.token_urlsafe(12))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An inline icon of one em; silent to screen readers unless it has a label."""
    hidden = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        hidden,
        mark_safe(icon_shapes(name)),  # noqa: S308  # our own file
    )


@register.simple_tag
def ladder_shapes(ladder: Ladder) -> SafeString:
    """All that lies on the ladder's bands."""
    return write_shapes(ladder)


@register.filter
def whole(number: float) -> str:
    """50,000,000."""
    return figures.whole(number)


@register.filter
def headline(number: float) -> str:
    """50,000,000; from ten thousand million on, 54 T."""
    return figures.whole(number) if number < 1e10 else figures.short(number)


@register.filter
def short(number: float) -> str:
    """5.5 M."""
    return figures.short(number)


@register.filter
def plain(number: float, decimals: int = 1) -> str:
    """0.6, 15, 1,250.5."""
    return figures.plain(number, decimals=decimals)


@register.filter
def duration(seconds: float) -> str:
    """15 s, 90 min, 14 h."""
    return figures.duration(seconds)


@register.filter
def signed(number: float) -> str:
    """+6, 0, -12: a whole number that always shows its sign."""
    text = figures.whole(abs(number))
    return text if text == "0" else ("+" if number > 0 else "\u2212") + text


@register.filter
def hyphenated(text: str, language: str) -> str:
    """Long words may break where their language breaks them."""
    return with_soft_hyphens(text, language)
