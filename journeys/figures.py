"""How figures are written, by locale: 50,000,000 · 5.5 M · 15 s · 0.55."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal, format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def _locale(language: str | None) -> Locale:
    try:
        return Locale.parse((language or get_language() or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def whole(number: float, language: str | None = None) -> str:
    """A rounded number with its thousands parted: 50,000,000."""
    return str(format_decimal(round(number), format="#,##0", locale=_locale(language)))


def short(number: float, language: str | None = None) -> str:
    """At most three figures and a unit: 5.5 M, 12 K, 940; below 10 with one decimal."""
    if abs(number) < 10_000:
        return plain(number, language) if abs(number) < 10 else whole(number, language)
    digits = 1 if abs(number) / 1000 ** ((len(str(int(abs(number)))) - 1) // 3) < 100 else 0
    text = format_compact_decimal(number, fraction_digits=digits, locale=_locale(language))
    return text.replace("\u00a0", "\u202f") if "\u00a0" in text else _part_unit(text)


def _part_unit(text: str) -> str:
    figures = text.rstrip("KMBT")
    return f"{figures}\u202f{text[len(figures) :]}" if figures != text else text


def plain(number: float, language: str | None = None, decimals: int = 1) -> str:
    """A number with at most `decimals` decimals and no trailing zero: 0.6, 15, 1,250.5."""
    pattern = "#,##0." + "#" * decimals
    return str(format_decimal(number, format=pattern, locale=_locale(language)))


def ungrouped(number: float, language: str | None = None) -> str:
    """For an input field: up to six decimals, no thousands marks (a reader could take them for decimals)."""
    return str(format_decimal(number, format="0.######", locale=_locale(language), group_separator=False))


def duration(seconds: float) -> str:
    """Seconds with the largest unit that keeps the number below 600: 15 s, 75 s, 90 min, 14 h."""
    for limit, size, unit in ((600, 1, _("%s s")), (36_000, 60, _("%s min"))):
        if seconds < limit:
            return unit % plain(seconds / size)
    return _("%s h") % (plain(seconds / 3600) if seconds < 36_000_000 else short(seconds / 3600))
