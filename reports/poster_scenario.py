"""What a poster says of a what-if scenario: today's figures and the target's, and what they rest on. Words only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from journeys.comparison import Row, assumptions, compare_outcomes
from journeys.outcomes import outcome_of
from journeys.plan import JourneyPlan
from journeys.risk import leave_rate_source
from reports.typesetting import printable

ARROW = "\u2192"


@dataclass(frozen=True, slots=True)
class PosterScenario:
    """A scenario in words. targets: a level or None for each moment, in order, None where it stays as it is."""

    name: str
    targets: tuple[int | None, ...]
    figures: tuple[tuple[str, str, str], ...]
    remark: tuple[str, str]
    small_print: str


def scenario_of(inputs: Mapping[str, Any], plan: JourneyPlan) -> PosterScenario | None:
    """The scenario frozen in a poster's inputs, in the language that is active; None where they hold none.

    inputs["scenario"]: name, targets (a level or None a moment, in order), leave_rate_percent.
    """
    frozen = inputs.get("scenario")
    if not frozen:
        return None
    name, percent = " ".join(printable(frozen["name"]).split()), frozen["leave_rate_percent"]
    contacts, levels = [m.contacts_per_customer for m in plan.moments], [m.level for m in plan.moments]
    wished = [target or level for target, level in zip(frozen["targets"], levels, strict=True)]
    today, target = (outcome_of(plan.customers_per_year, contacts, each, percent) for each in (levels, wished))
    rows = compare_outcomes(today, target, plan.customers_per_year)
    rests_on = assumptions(percent, leave_rate_source(percent), sum(level is None for level in wished))
    return PosterScenario(
        name=name,
        targets=tuple(
            target if target != level else None for target, level in zip(frozen["targets"], levels, strict=True)
        ),
        figures=_figures(rows),
        remark=(_("What if: %(name)s.") % {"name": name}, _risk(rows, is_known=bool(plan.customers_per_year))),
        small_print=" ".join(
            [
                _("Scenario “%(name)s”: the dashed curve and the figures after the arrow are its targets.")
                % {"name": name},
                _risk(rows, is_known=bool(plan.customers_per_year)),
                *rests_on[1:],
            ]
        ),
    )


def _figures(rows: list[Row]) -> tuple[tuple[str, str, str], ...]:
    """Loyalty balance and indifference: figure, caption, colour."""
    balance, indifference = rows[0], rows[1]
    colour = {True: "blue", False: "red", None: "ink"}[balance.is_better]
    caption = _("loyalty balance, today and target: % of contacts at Desired or better, less % at Basic or worse")
    stays = _("of contacts only meet what was expected, today and target: indifference")
    return ((_change(balance), caption, colour), (_change(indifference), stays, "ink-soft"))


def _change(row: Row) -> str:
    return f"{row.today} {ARROW} {row.target}"


def _risk(rows: list[Row], *, is_known: bool) -> str:
    """Customers at risk, today and then; empty where the customers are not counted."""
    if not is_known:
        return ""
    values = {"change": _change(rows[3]), "difference": rows[3].difference}
    return _("Customers at risk a year: %(change)s, %(difference)s.") % values
