"""Customers who meet a poor moment, and how many of them leave. Pure functions of METHOD, "Customers at risk"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1, fsum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.figures import plain
from journeys.levels import DAMAGING

LEAVE_RATE_SOURCES = {
    32.0: gettext_lazy("PwC 2018: 15,000 people in 12 countries, leaving a brand they love after one bad experience"),
    50.0: gettext_lazy("Zendesk 2020: about half switch after one bad experience"),
}
LEAVE_RATE_NAMES = {32.0: "PwC 2018", 50.0: "Zendesk 2020"}


@dataclass(frozen=True, slots=True)
class Risk:
    """Customers a year who meet at least one poor moment, and those of them who are expected to leave."""

    customers_met: float
    customers_at_risk: float


def customers_at_risk(
    customers_per_year: int, contacts: Sequence[float], damaged: Sequence[float], leave_rate_percent: float
) -> Risk:
    """N (1 - exp(-sum v d)), and that times the leave rate.

    contacts: v, per customer a year, one a moment; damaged: d, the share of each moment's contacts that damage value,
    0 to 1; leave_rate_percent: 0 to 100. Raises ValueError where the two sequences differ in length. Contacts count as
    independent Poisson counts. Source: METHOD, "Customers at risk".
    """
    poor = fsum(v * d for v, d in zip(contacts, damaged, strict=True))
    met = customers_per_year * -expm1(-poor)
    return Risk(met, met * leave_rate_percent / 100)


def damaged_shares(levels: Sequence[int | None]) -> list[float]:
    """d of moments that carry one level each: 1 at the damaging ones, else 0; not judged counts as 0."""
    return [1.0 if level in DAMAGING else 0.0 for level in levels]


def leave_rate_source(percent: float) -> str:
    """Where a leave rate comes from, in words."""
    return str(LEAVE_RATE_SOURCES.get(percent) or _("a figure of our own"))


def say_leave_rate(percent: float) -> str:
    """A leave rate with its source, short: 32% (PwC 2018)."""
    name = LEAVE_RATE_NAMES.get(percent) or _("our own figure")
    return _("%(rate)s%% (%(source)s)") % {"rate": plain(percent), "source": name}
