"""What a screen on the wall says of figures, in the language that is active. Plain values in, words out."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.choices import View
from assessments.result_words import Figures, answers, interval, say, view_name, with_sign
from journeys.figures import duration, plain, whole
from journeys.volumes import Volumes


def say_meetings(customers: int, volumes: Volumes) -> str:
    """How often, how long, and that this is all."""
    if not volumes.average_seconds:
        return ""
    template = ngettext(
        "%(customers)s customer meets us %(times)s, for %(each)s. Those %(total)s are all they ever see of us.",
        "%(customers)s customers meet us %(times)s each, for %(each)s. Those %(total)s are all they ever see of us.",
        customers,
    )
    return template % {
        "customers": whole(customers),
        "times": _say_times(volumes.contacts_per_customer),
        "each": _say_duration(volumes.average_seconds),
        "total": _say_duration(volumes.seconds_per_customer),
    }


def _say_duration(seconds: float) -> str:
    """From ten of a unit on without a decimal: nobody feels a tenth of 15 seconds."""
    unit = 1 if seconds < 600 else 60 if seconds < 36_000 else 3600
    return duration(round(seconds / unit) * unit if seconds / unit >= 10 else seconds)


def _say_times(contacts: float) -> str:
    if round(contacts, 2) == 1:
        return _("once")
    count = max(2, round(contacts))  # 0.98 and 1.04 are not one
    return ngettext("%(number)s time", "%(number)s times", count) % {"number": plain(contacts, decimals=2)}


def say_balance(balance: float) -> str:
    """+6, 0, −12."""
    return with_sign(balance, 0)


def say_shares(whole_view: Figures) -> str:
    """What the balance is made of; the three parts add up to 100."""
    damaged = round(100 * whole_view["damaged"]["value"])
    created = round(whole_view["loyalty_balance"]["value"] + 100 * whole_view["damaged"]["value"])
    return _(
        "Of 100 contacts %(created)s create value, %(indifferent)s leave customers indifferent and %(damaged)s do "
        "damage."
    ) % {"created": created, "indifferent": max(0, 100 - created - damaged), "damaged": damaged}  # fmt: skip


def say_source(figures: Figures, view: str) -> str:
    """Who said it, how many they are, and when: Customers: 60 answers, 22 Nov 2026."""
    said = _("%(view)s: %(answers)s") % {"view": view_name(view), "answers": answers(figures["responses"][view]["n"])}
    closed_on = figures["round"]["closed_on"]
    return f"{said}, {say_day(date.fromisoformat(closed_on))}" if closed_on else said


def say_range(figure: Figures) -> str:
    """Between which numbers the balance lies; empty where that can't be said."""
    said = interval(figure, lambda number: with_sign(number, 0))
    return _("95%% range: %(range)s") % {"range": said} if said else ""


def say_level(mean: float, view: str) -> str:
    """Customers put it at level 2.3 of 6."""
    if view == View.CUSTOMERS:
        return _("Customers put it at level %(mean)s of 6.") % {"mean": say(mean)}
    return _("We ourselves, the staff, put it at level %(mean)s of 6.") % {"mean": say(mean)}


def say_question(view: str) -> str:
    """What the round asks of each moment."""
    return _("How was it for you?") if view == View.CUSTOMERS else _("How do our customers find it?")


def say_closing(day: date) -> str:
    """Until when one can answer."""
    return _("Open until %(day)s") % {"day": say_day(day)}


def say_part(first: int, last: int, count: int) -> str:
    """Which moments of a long journey one picture shows."""
    return _("Moments %(first)s to %(last)s of %(count)s") % {"first": first, "last": last, "count": count}


def say_day(day: date) -> str:
    """22 Nov 2026."""
    return date_format(day, "DATE_FORMAT")
