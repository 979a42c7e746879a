"""The headline numbers of a round, each with its interval, a column a view. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.result_words import NOTHING, Figures, fewer_than, interval, percent, with_sign
from journeys.figures import plain, short, whole
from journeys.risk import leave_rate_source

AGREE, AGREE_ROUGHLY, AGREE_A_LITTLE = 0.8, 0.667, 0.333


@dataclass(frozen=True, slots=True)
class HeadlineCell:
    """One number of one view. note: its interval, or what it means."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """One number in words, and in each view."""

    name: str
    label: str
    help: str
    cells: tuple[HeadlineCell, ...]


def headline_rows(figures: Figures) -> list[HeadlineRow]:
    """From how many answered to how far they agree."""
    rate = {"rate": plain(figures["round"]["leave_rate_percent"])}
    return [
        _row(figures, "responses", _("Responses"), "", _responses),
        _row(figures, "balance", _("Loyalty balance"),
             _("Contacts that create value less those that damage it, in percent: −100 to +100"),
             _figure("loyalty_balance", lambda number: with_sign(number, 0))),
        _row(figures, "indifference", _("Indifference"), _("Contacts that leave the customer indifferent"),
             _figure("indifference_percent", percent)),
        _row(figures, "damaged", _("Damaged"), _("Contacts that damage value: levels 1 and 2"),
             _figure("damaged", lambda share: percent(100 * share))),
        _row(figures, "met", _("Customers who meet a poor moment"), _("At least one, a year"),
             _figure("customers_met", short)),
        _row(figures, "risk", _("Customers at risk"),
             _("Those of them who may leave, a year, at %(rate)s%%") % rate, _figure("customers_at_risk", short)),
        _row(figures, "agreement", _("Agreement"), _("How far people see the same: Krippendorff's alpha"), _agreement),
    ]  # fmt: skip


def _row(
    figures: Figures, name: str, label: str, help_: str, cell: Callable[[Figures, str], HeadlineCell]
) -> HeadlineRow:
    return HeadlineRow(name, label, help_, tuple(cell(figures, view) for view in figures["views"]))


def _responses(figures: Figures, view: str) -> HeadlineCell:
    count = figures["responses"][view]["n"]
    return HeadlineCell(fewer_than(figures["round"]["minimum_group"]) if count is None else whole(count))


def _figure(key: str, write: Callable[[float], str]) -> Callable[[Figures, str], HeadlineCell]:
    def cell(figures: Figures, view: str) -> HeadlineCell:
        figure: Mapping[str, float] | None = (figures["whole"].get(view) or {}).get(key)
        return HeadlineCell(write(figure["value"]), interval(figure, write)) if figure else HeadlineCell(NOTHING)

    return cell


def _agreement(figures: Figures, view: str) -> HeadlineCell:
    alpha = (figures["whole"].get(view) or {}).get("agreement")
    return HeadlineCell(NOTHING) if alpha is None else HeadlineCell(plain(alpha, 2), agreement_words(alpha))


def agreement_words(alpha: float) -> str:
    """What an alpha means. Krippendorff calls 0.8 reliable, and 0.667 good enough for a first conclusion."""
    if alpha >= AGREE:
        return _("People see the same: they agree strongly.")
    if alpha >= AGREE_ROUGHLY:
        return _("People see much the same.")
    if alpha >= AGREE_A_LITTLE:
        return _("People agree in part: talk about where they differ.")
    if alpha > 0:
        return _("People hardly agree: ask them what they saw.")
    return _("People agree no more than chance would have it.")


def result_assumptions(figures: Figures) -> list[str]:
    """What the figures rest on, sentence by sentence; printed beside the customers at risk."""
    about = figures["round"]
    minimum = about["minimum_group"]
    few = ngettext(
        "A moment that fewer than %s person judged counts as free of damage.",
        "A moment that fewer than %s people judged counts as free of damage.",
        minimum,
    )
    return [
        _("%(rate)s%% of the customers who meet a poor moment leave. Source: %(source)s.")
        % {"rate": plain(about["leave_rate_percent"]), "source": leave_rate_source(about["leave_rate_percent"])},
        _("Contacts count as random (Poisson) and as independent between moments."),
        _("The share of answers on levels 1 and 2 stands for the share of contacts that damage value."),
        few % whole(minimum),
        _("Staff's levels are our own view: only customers can say what customers think."),
        _("Ranges hold 95 % of what the same number of other people might have said."),
    ]
