"""The journey that posters are measured with."""

from __future__ import annotations

from typing import Any

from journeys.plan import JourneyPlan, MomentPlan, StagePlan

SIZES = {5: "A3", 25: "A1", 60: "A0", 300: "A0"}  # 300 take five sheets
UPRIGHT = (60, 300)  # which no sheet lying down holds in type that can be read from two metres


def a_plan(moments: int) -> JourneyPlan:
    """A journey in which every moment carries all that a poster shows."""
    plans = [
        MomentPlan(
            f"Waits at gate {number}",
            channel=("phone", "web", "waiting")[number % 3],
            contacts_per_customer=0.1 * (number % 7 + 1),
            seconds=10.0 + number,
            level=number % 6 + 1,
            decision=("keep", "enhance", "eliminate")[number % 3],
            what_more="Speak every 15 minutes, even with no news.",
        )
        for number in range(moments)
    ]
    each = max(1, moments // 5)
    stages = [StagePlan(f"Stage {at // each + 1}", tuple(plans[at : at + each])) for at in range(0, moments, each)]
    return JourneyPlan("A trip with us", 10_000_000, stages=tuple(stages))


def poster_inputs(moments: int, size: str = "") -> dict[str, Any]:
    """What a poster job freezes."""
    return {
        "plan": a_plan(moments).to_dict(),
        "size": size or SIZES[moments],
        "is_portrait": not size and moments in UPRIGHT,
        "language": "en",
        "made_on": "2026-11-21",
        "version": 1,
        "organisation": "Northern Air",
        "address": "",
    }
