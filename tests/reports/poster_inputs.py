"""Journeys to print: the airline trip of ten moments, repeated or cut to any length."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from journeys.plan import JourneyPlan, MomentPlan, StagePlan

# stage, title, channel, contacts per customer, seconds, level, decision, what more
TRIP = (
    ("Before", "Searches a fare", "web", 0.71, 30, 3, "keep", "Show the full price on the first page."),
    ("Before", "Books by phone", "phone", 0.12, 38, 2, "enhance", "Say the name twice. Ask: is it a special day?"),
    ("Before", "Gets the confirmation", "email", 0.70, 9, 3, "enhance", "Put gate and time on line one."),
    ("At the airport", "Drops the bag", "in_person", 0.44, 22, 4, "enhance", "Look up first, screen second."),
    ("At the airport", "Waits at the gate", "waiting", 0.55, 14, 2, "enhance", "Speak every 15 minutes."),
    ("At the airport", "Is welcomed aboard", "in_person", 0.75, 6, 5, "keep", "Use the name on the pass."),
    ("On board", "Asks for help", "in_person", 0.23, 25, 6, "keep", "Crew may spend up to 50 without asking."),
    ("On board", "Hears the captain", "other", 0.65, 18, 3, "enhance", "Tell what can be seen outside."),
    ("After", "Collects the bag", "delivery", 0.37, 5, 3, "enhance", "First bag within 12 minutes, or say why."),
    ("After", "Receives a survey e-mail", "email", 0.48, 4, 1, "eliminate", "Stop it. Ask one question at the belt."),
)
MAKE_OR_BREAK = ("Waits at the gate", "Asks for help")


def moments_of(count: int) -> list[tuple[str, MomentPlan]]:
    """So many moments with their stage; from the eleventh on with a number in both titles, so that each is unlike."""
    moments = []
    for i in range(count):
        stage, title, channel, contacts, seconds, level, decision, more = TRIP[i % len(TRIP)]
        mark = f" {i // len(TRIP) + 1}" if i >= len(TRIP) else ""
        moment = MomentPlan(
            title=title + mark,
            channel=channel,
            contacts_per_customer=contacts,
            seconds=seconds,
            level=level,
            decision=decision,
            what_more=more,
            is_make_or_break=title in MAKE_OR_BREAK,
        )
        moments.append((stage + mark, moment))
    return moments


def plan_of(count: int) -> JourneyPlan:
    stages = [
        StagePlan(title, tuple(moment for _, moment in group))
        for title, group in groupby(moments_of(count), key=lambda pair: pair[0])
    ]
    return JourneyPlan(title="A trip with us", customers_per_year=10_000_000, stages=tuple(stages))


def short_of(count: int) -> JourneyPlan:
    """The trip without what more will be done."""
    plan = plan_of(count)
    for i, stage in enumerate(plan.stages):
        for j in range(len(stage.moments)):
            plan = with_moment(plan, i, j, what_more="")
    return plan


def inputs_of(plan: JourneyPlan | int = 10, size: str = "A3", **changes: Any) -> dict[str, Any]:
    """Inputs of a poster: of a plan, or of the trip with so many moments."""
    return {
        "plan": (plan_of(plan) if isinstance(plan, int) else plan).to_dict(),
        "size": size,
        "language": "en",
        "made_on": "2026-07-01",
        "version": 4,
        "organisation": "Northern Air",
        "address": "https://moments.example/northern-air/journeys/12/",
    } | changes


def with_moment(plan: JourneyPlan, stage: int, moment: int, **changes: Any) -> JourneyPlan:
    """The plan with other values in one moment."""
    stages = list(plan.stages)
    moments = list(stages[stage].moments)
    moments[moment] = replace(moments[moment], **changes)
    stages[stage] = replace(stages[stage], moments=tuple(moments))
    return replace(plan, stages=tuple(stages))
