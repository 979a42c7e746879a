"""Frozen inputs of reports, for tests: hand-made figures, so that every number is known."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from journeys.choices import Level
from tests.assessments.sheets import judged

IDEAS = [("Speak every 15 minutes.", "Gate team"), ("Say why we wait.", "")]


def leader_inputs(language: str = "en", figures: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Of three moments, two groups, two ideas and two plans."""
    figures = figures or judged(round={"previous": {"id": 1, "title": "Spring"}})
    for moment in figures["moments"]:
        moment.setdefault("language", "en")
    with override(language):
        levels = {str(level.value): str(level.label) for level in Level}
    inputs = {
        "kind": "leader",
        "language": language,
        "paper": "A4",
        "is_archive": False,
        "made_on": "2026-11-22",
        "organisation": "Northern Air",
        "figures": figures,
        "levels": levels,
        "plans": [
            {"position": 0, "title": "Searches a fare", "decision": "keep", "what_more": "Show one total."},
            {"position": 2, "title": "Waits at the gate", "decision": "enhance", "what_more": "Say what is known."},
        ],
        "ideas": {
            "count": 5,
            "shown": [
                {"position": 2, "title": "", "view": "staff", "group": group, "language": "en", "text": text}
                for text, group in IDEAS
            ],
        },
    }
    return {**inputs, **changes}


def side(title: str, **changes: Any) -> dict[str, Any]:
    """One journey of a portfolio, by customers' levels."""
    return {
        "title": title,
        "language": "en",
        "view": "customers",
        "round": "Autumn",
        "opened_on": "2026-11-03",
        "closed_on": "2026-11-17",
        "n": 40,
        "customers_per_year": 10_000,
        "leave_rate_percent": 32.0,
        "balance": {"value": 12.0, "low": 4.0, "high": 20.0},
        "at_risk": {"value": 1400.0, "low": 1200.0, "high": 1600.0},
        "moments": [judged_moment("Dials", 3.4, 500.0), judged_moment("Waits", 2.1, 4200.0)],
        **changes,
    }


def judged_moment(title: str, level: float | None, damage: float | None) -> dict[str, Any]:
    return {"title": title, "stage": "Before", "contacts_per_year": 10_000.0, "level": level,
            "n": 40 if level else None, "damage_per_year": damage}  # fmt: skip


def portfolio_inputs(**changes: Any) -> dict[str, Any]:
    """Two journeys, one of them by the manager's estimate."""
    moments = [judged_moment("Enters", 2, 10_000.0), judged_moment("Leaves", None, None)]
    balance = {"value": -20.0, "low": None, "high": None}
    estimate = side("A visit", view="manager", round="", n=None, balance=balance, at_risk=None, moments=moments)
    inputs = {
        "kind": "portfolio",
        "language": "en",
        "paper": "A4",
        "is_archive": False,
        "made_on": "2026-11-22",
        "organisation": "Northern Air",
        "levels": {str(level.value): str(level.label) for level in Level},
        "journeys": [side("A call"), estimate],
    }
    return {**inputs, **changes}
