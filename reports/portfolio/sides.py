"""One journey as a portfolio compares it: the same figures, of a round or of the manager's estimate. Pure."""

from __future__ import annotations

from typing import Any

from assessments.result_words import Figures
from assessments.sheet_reading import leading_view
from journeys.choices import LEAVE_RATE_PERCENT
from journeys.levels import DAMAGING, value_of_levels
from journeys.plan import JourneyPlan
from journeys.risk import customers_at_risk, damaged_shares
from journeys.volumes import contacts_per_year

MANAGER = "manager"


def side_of_sheet(title: str, figures: Figures) -> dict[str, Any]:
    """What a round shows of a journey, by the view that leads in it."""
    about, view = figures["round"], leading_view(figures) or figures["views"][0]
    whole = figures["whole"].get(view) or {}
    return {
        "title": title,
        "language": about["language"],
        "view": view,
        "round": about["title"],
        "opened_on": about["opened_on"],
        "closed_on": about["closed_on"],
        "n": figures["responses"][view]["n"],
        "customers_per_year": about["customers_per_year"],
        "leave_rate_percent": about["leave_rate_percent"],
        "balance": whole.get("loyalty_balance"),
        "at_risk": whole.get("customers_at_risk") if about["customers_per_year"] else None,
        "moments": [_judged(moment, view) for moment in figures["moments"]],
    }


def _judged(moment: Figures, view: str) -> dict[str, Any]:
    score = moment["views"].get(view)
    return {
        "title": moment["title"],
        "stage": moment["stage"],
        "contacts_per_year": moment["contacts_per_year"],
        "level": score["mean"] if score else None,
        "n": score["n"] if score else None,
        "damage_per_year": moment["contacts_per_year"] * score["damaged"] if score else None,
    }


def side_of_plan(plan: JourneyPlan) -> dict[str, Any]:
    """The manager's own estimate: one level a moment, so a moment does damage wholly or not at all."""
    levels = [moment.level for moment in plan.moments]
    contacts = [moment.contacts_per_customer for moment in plan.moments]
    value = value_of_levels(levels, contacts)
    risk = customers_at_risk(plan.customers_per_year, contacts, damaged_shares(levels), LEAVE_RATE_PERCENT)
    return {
        "title": plan.title,
        "language": plan.language,
        "view": MANAGER,
        "round": "",
        "opened_on": None,
        "closed_on": None,
        "n": None,
        "customers_per_year": plan.customers_per_year,
        "leave_rate_percent": LEAVE_RATE_PERCENT,
        "balance": _bare(value.loyalty_balance) if value else None,
        "at_risk": _bare(risk.customers_at_risk) if plan.customers_per_year and value else None,
        "moments": _estimated(plan),
    }


def _bare(value: float) -> dict[str, float | None]:
    """A figure without an interval."""
    return {"value": value, "low": None, "high": None}


def _estimated(plan: JourneyPlan) -> list[dict[str, Any]]:
    found = []
    for stage in plan.stages:
        for moment in stage.moments:
            contacts = contacts_per_year(plan.customers_per_year, moment.contacts_per_customer)
            damage = None if moment.level is None else contacts if moment.level in DAMAGING else 0.0
            found.append({"title": moment.title, "stage": stage.title, "contacts_per_year": contacts,
                          "level": moment.level, "n": None, "damage_per_year": damage})  # fmt: skip
    return found
