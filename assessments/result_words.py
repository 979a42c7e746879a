"""How the figures of a round are written: numbers with their intervals, whose view, what is hidden. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from journeys.figures import plain, whole

Figures = Mapping[str, Any]
"""What ResultSheet.figures holds, or a part of it."""
NOTHING = "–"
MINUS = "\u2212"


def say(number: float, decimals: int = 1) -> str:
    """As journeys.figures writes it, once for each number: a large page holds the same ones thousands of times."""
    return _said(number, decimals, get_language())


@lru_cache(maxsize=16_384)
def _said(number: float, decimals: int, language: str | None) -> str:
    return plain(number, decimals)


def view_name(view: str) -> str:
    """Whose levels: staff's are our own view, as the customer is the judge."""
    return _("Customers") if view == "customers" else _("Staff, our own view")


def quoted(title: str) -> str:
    """A title within a sentence; it keeps its own direction."""
    return f"“\u2068{title}\u2069”"


def with_sign(number: float, decimals: int = 1) -> str:
    """+0.6, 0, −0.6."""
    text = say(abs(number), decimals)
    return text if text == "0" else ("+" if number > 0 else MINUS) + text


def about(number: float) -> str:
    """To three figures, as short ones are, but written out: 1,230,000."""
    if abs(number) < 1000:
        return whole(number)
    return whole(float(f"{Decimal(str(number)):.3g}"))


def percent(number: float) -> str:
    """12%, 0.4%: below one with a decimal."""
    return _("%s%%") % say(number, 1 if 0 < abs(number) < 1 else 0)


def interval(figure: Figures | None, write: Callable[[float], str] = say, low: str = "low", high: str = "high") -> str:
    """3.8 to 4.6; empty where there is none."""
    if not figure or figure.get(low) is None or figure.get(high) is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": write(figure[low]), "high": write(figure[high])}


def fewer_than(minimum: int) -> str:
    """What stands where too few answered."""
    return ngettext("fewer than %s", "fewer than %s", minimum) % whole(minimum)


def answers(count: int) -> str:
    """23 answers."""
    return ngettext("%s answer", "%s answers", count) % whole(count)


def level_of(mean: float) -> int:
    """The level whose colour a mean is shown in: the nearest, 1 to 6."""
    return min(6, max(1, int(mean + 0.5)))
