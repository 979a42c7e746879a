"""What the poster says of figures, in the language that is active. Plain text; no place, no type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.choices import ANSWER_LANGUAGES
from journeys.figures import plain, short, whole
from journeys.levels import Value
from journeys.volumes import Volumes

MINUTE, HOUR, DAY = 60, 3_600, 86_400
FULL_DURATION_FROM = 2  # a unit is used from twice its length on: 90 seconds, 2 minutes
WHOLE_FROM = 9.95


def spoken_language(language: str) -> str:
    """The language of the poster's own words: the one asked for where the product speaks it, else its first one."""
    base = language.split("-")[0]
    return base if base in ANSWER_LANGUAGES else str(settings.LANGUAGE_CODE)


def say_duration(seconds: float) -> str:
    """A duration in words, in the largest unit that it fills twice: 75 seconds, 2.5 minutes."""
    if seconds >= FULL_DURATION_FROM * DAY:
        return _counted(seconds / DAY, ngettext("%(number)s day", "%(number)s days", _plural(seconds / DAY)))
    if seconds >= FULL_DURATION_FROM * HOUR:
        return _counted(seconds / HOUR, ngettext("%(number)s hour", "%(number)s hours", _plural(seconds / HOUR)))
    if seconds >= FULL_DURATION_FROM * MINUTE:
        amount = seconds / MINUTE
        return _counted(amount, ngettext("%(number)s minute", "%(number)s minutes", _plural(amount)))
    return _counted(seconds, ngettext("%(number)s second", "%(number)s seconds", _plural(seconds)))


def short_duration(seconds: float) -> str:
    """A duration for a narrow column: 75 s, 2.5 min."""
    for unit, sign in ((DAY, _("d")), (HOUR, _("h")), (MINUTE, _("min"))):
        if seconds >= FULL_DURATION_FROM * unit:
            return f"{plain(seconds / unit)}\u00a0{sign}"
    return f"{plain(seconds)}\u00a0{_('s')}"


def _counted(amount: float, template: str) -> str:
    """From ten on without a decimal: nobody feels a tenth of 15 seconds."""
    return template % {"number": whole(amount) if amount >= WHOLE_FROM else plain(amount)}


def _plural(amount: float) -> int:
    """The whole number whose plural form an amount takes: 1 only for exactly one."""
    return 1 if round(amount, 1) == 1 else max(2, round(amount))


def say_headline(customers: int, volumes: Volumes) -> tuple[str, str]:
    """The number across the room and what it counts. Without customers, what one customer meets."""
    if customers:
        count = round(volumes.contacts_per_year)
        return whole(count), ngettext("moment of truth a year", "moments of truth a year", count)
    count = _plural(volumes.contacts_per_customer)
    text = ngettext("moment of truth a year for each customer", "moments of truth a year for each customer", count)
    return plain(volumes.contacts_per_customer, decimals=2), text


def say_mean(mean: float) -> str:
    """A mean with the one decimal that all have: 5.0."""
    return str(number_format(round(mean, 1), 1))


def of_part(caption: str, part: str) -> str:
    """The headline's caption, with the team whose moments these are."""
    return _("%(caption)s: %(team)s") % {"caption": caption, "team": part} if part else caption


def say_sentence(customers: int, volumes: Volumes) -> str:
    """How often, how long, and that this is all."""
    if not volumes.average_seconds:
        return ""
    values = {
        "customers": whole(customers),
        "times": _times(volumes.contacts_per_customer),
        "each": say_duration(volumes.average_seconds),
        "total": say_duration(volumes.seconds_per_customer),
    }
    if not customers:
        return _("A customer meets us %(times)s, for %(each)s. Those %(total)s are all they ever see of us.") % values
    template = ngettext(
        "%(customers)s customer meets us %(times)s, for %(each)s. Those %(total)s are all they ever see of us.",
        "%(customers)s customers meet us %(times)s each, for %(each)s. Those %(total)s are all they ever see of us.",
        customers,
    )
    return template % values


def _times(contacts: float) -> str:
    if round(contacts, 2) == 1:
        return _("once")
    count = max(2, round(contacts))  # 0.98 and 1.04 are not one
    return ngettext("%(number)s time", "%(number)s times", count) % {"number": plain(contacts, decimals=2)}


def say_figures(value: Value | None, customers: int, volumes: Volumes) -> list[tuple[str, str, str]]:
    """Beside the headline: figure, what it is, and the name of its colour in tokens.css."""
    figures = []
    if value:
        balance = round(value.loyalty_balance)
        caption = _("loyalty balance: % of contacts at Desired or better, less % at Basic or worse")
        figures.append((signed(balance), caption, "blue" if balance > 0 else "red" if balance < 0 else "ink-soft"))
        indifference = _("%(number)s%%") % {"number": whole(value.indifference_percent)}
        figures.append((indifference, _("of contacts only meet what was expected: indifference"), "ink-soft"))
    if customers and volumes.hours_per_year >= 1:
        caption = _("hours a year that customers spend with us")
        figures.append((short(volumes.hours_per_year), caption, "ink"))
    return figures


def signed(balance: int) -> str:
    """+6, 0, −12."""
    return f"+{whole(balance)}" if balance > 0 else whole(balance).replace("-", "\u2212")


def say_weakest(titles: Sequence[str]) -> tuple[str, str]:
    """The remark beside the headline: its beginning, to be set bold, and the rest."""
    opening = ngettext("Our weakest moment:", "Our weakest moments:", len(titles))
    return opening, _("%(moments)s. A journey is judged by its lowest point. Levels are our own estimate.") % {
        "moments": ", ".join(titles)
    }


def say_date(day: date) -> str:
    """A day as a poster shows it: 21 Nov 2026."""
    return dateformat.format(day, pgettext("day and month of a poster's date", "j M Y"))
