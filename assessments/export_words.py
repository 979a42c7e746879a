"""What a file of results says of its round and of the figures over the whole journey."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.choices import Audience, Privacy
from journeys.risk import leave_rate_source

FIGURES = {
    "loyalty_balance": (
        gettext_lazy("Loyalty balance"),
        gettext_lazy("Contacts that create value less contacts that damage it, in percent; -100 to +100."),
    ),
    "indifference_percent": (
        gettext_lazy("Indifference"),
        gettext_lazy("Contacts that leave the customer indifferent, in percent."),
    ),
    "damaged": (gettext_lazy("Damaged"), gettext_lazy("Share of all contacts that damage value, 0 to 1.")),
    "customers_met": (
        gettext_lazy("Customers who meet a poor moment"),
        gettext_lazy("A year: N (1 - exp(-sum of contacts x share damaged)), contacts counted as independent."),
    ),
    "customers_at_risk": (
        gettext_lazy("Customers at risk"),
        gettext_lazy("Customers who meet a poor moment x leave rate."),
    ),
    "agreement": (
        gettext_lazy("Agreement"),
        gettext_lazy("Krippendorff's alpha, ordinal: 1 is full agreement, 0 no more than chance."),
    ),
    "moments_counted": (gettext_lazy("Moments counted"), gettext_lazy("Moments with enough answers to be shown.")),
}


def about_rows(about: dict[str, Any]) -> list[list[Any]]:
    """The round in words, a row a line."""
    percent = about["leave_rate_percent"]
    hidden = _("What fewer than %(minimum)d people said is hidden, and what could be worked out from what is shown.")
    previous = about["previous"]
    return [
        [_("Journey"), about["journey"]],
        [_("Round"), about["title"]],
        [_("Opened"), about["opened_on"]],
        [_("Closed"), about["closed_on"]],
        [_("Who was asked"), str(Audience(about["audience"]).label)],
        [_("Privacy"), str(Privacy(about["privacy"]).label)],
        [_("Minimum group"), about["minimum_group"]],
        [_("Hidden"), hidden % {"minimum": about["minimum_group"]}],
        [_("Customers a year"), about["customers_per_year"]],
        [_("Leave rate in percent"), percent],
        [_("Source of the leave rate"), leave_rate_source(percent)],
        [_("Round before"), previous["title"] if previous else None],
    ]
