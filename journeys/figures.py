"""How figures are written, by locale: 50,000,000 · 5.5 M · 15 s · 0.55."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.formats import get_format
from django.utils.numberformat import format as write_number
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

GROUPED_FROM = 10_000  # below it a number is written out, from here on with a unit


def whole(number: float) -> str:
    """A rounded number with its thousands parted: 50,000,000."""
    return _by_locale(Decimal(round(number)))


def short(number: float) -> str:
    """At most three figures and a unit: 5.5 M, 12 K, 940; below 10 with one decimal."""
    if abs(number) < GROUPED_FROM:
        return plain(number) if abs(number) < 10 else whole(number)
    sizes = (pgettext("thousands", "K"), pgettext("millions", "M"), pgettext("billions", "B"), pgettext("10^12", "T"))
    for power, unit in enumerate(sizes, start=1):
        scaled = number / 1000**power
        text = plain(scaled, decimals=1 if abs(scaled) < 99.95 else 0)
        if abs(scaled) < 999.5 or unit == sizes[-1]:
            break
    return f"{text}\u202f{unit}"


def plain(number: float, decimals: int = 1) -> str:
    """A number with at most `decimals` decimals and no trailing zero: 0.6, 15, 1,250.5."""
    return _by_locale(_rounded(number, decimals))


def ungrouped(number: float) -> str:
    """For an input field: up to six decimals, no thousands marks (a reader could take them for decimals)."""
    return str(write_number(_rounded(number, 6), get_format("DECIMAL_SEPARATOR")))


def _rounded(number: float, decimals: int) -> Decimal:
    value = Decimal(str(number)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    bare = value.to_integral_value()
    return bare if value == bare else value.normalize()


def _by_locale(number: Decimal) -> str:
    marks = (get_format("DECIMAL_SEPARATOR"), get_format("NUMBER_GROUPING"), get_format("THOUSAND_SEPARATOR"))
    mark, grouping, thousands = marks
    return str(write_number(number, mark, grouping=grouping, thousand_sep=thousands, force_grouping=True))


def duration(seconds: float) -> str:
    """Seconds with the largest unit that keeps the number below 600: 15 s, 75 s, 90 min, 14 h."""
    for limit, size, unit in ((600, 1, _("%s s")), (36_000, 60, _("%s min"))):
        if seconds < limit:
            return unit % plain(seconds / size)
    return _("%s h") % (plain(seconds / 3600) if seconds < 36_000_000 else short(seconds / 3600))
