"""What a poster says of a what-if scenario: today's figures and the target's, and what they rest on. Words only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.figures import plain
from journeys.outcome_words import Row, compare_outcomes
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
    risk = _risk(rows) if plan.customers_per_year else ""
    return PosterScenario(
        name=name,
        targets=tuple(
            target if target != level else None for target, level in zip(frozen["targets"], levels, strict=True)
        ),
        figures=_figures(rows),
        remark=(_("What if: %(name)s.") % {"name": name}, risk),
        small_print=_small_print(name, risk, percent, sum(level is None for level in wished)),
    )


def _small_print(name: str, risk: str, percent: float, unjudged: int) -> str:
    """What the scenario's figures rest on. Source: METHOD, "Customers at risk"."""
    said = [
        _("Dashed, and after the arrows: the scenario “%(name)s”.") % {"name": name},
        risk,
        _(
            "Coarse figures, from one level a moment; contacts random (Poisson) and independent; "
            "%(rate)s%% of the customers who meet a level 1 or 2 leave (%(source)s)."
        )
        % {"rate": plain(percent), "source": leave_rate_source(percent)},
    ]
    if unjudged:
        words = ngettext(
            "%(count)s moment without a level is left out.", "%(count)s moments without a level are left out.", unjudged
        )
        said.append(words % {"count": unjudged})
    return " ".join(filter(None, said))


def _figures(rows: list[Row]) -> tuple[tuple[str, str, str], ...]:
    """Loyalty balance and indifference: figure, caption, colour."""
    balance, indifference = rows[0], rows[1]
    colour = {True: "blue", False: "red", None: "ink"}[balance.is_better]
    caption = _("loyalty balance, today and target: % of contacts at Desired or better, less % at Basic or worse")
    stays = _("of contacts only meet what was expected, today and target: indifference")
    return ((_change(balance), caption, colour), (_change(indifference), stays, "ink-soft"))


def _change(row: Row) -> str:
    return f"{row.today} {ARROW} {row.target}"


def _risk(rows: list[Row]) -> str:
    """Customers at risk, today and then."""
    values = {"change": _change(rows[3]), "difference": rows[3].difference}
    return _("Customers at risk a year: %(change)s, %(difference)s.") % values
