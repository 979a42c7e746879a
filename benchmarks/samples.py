"""The journey that posters are measured with, and the same content as a plain page for a browser."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join

from journeys.plan import JourneyPlan, MomentPlan, StagePlan

SIZES = {5: "A3", 25: "A1", 60: "A0"}
PAGE_STYLE = """
@page { size: 1189mm 841mm; margin: 20mm }
body { font: 16pt sans-serif }
.moments { display: grid; grid-template-columns: repeat(12, 1fr); gap: 8mm }
.badge { background: #b45309; color: white; padding: 1mm 3mm }
"""


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
        "language": "en",
        "made_on": "2026-11-21",
        "version": 1,
        "organisation": "Northern Air",
        "address": "",
    }


def plain_page(moments: int) -> str:
    """A plain grid page of the same content, without curve or icons."""
    plan = a_plan(moments)
    cells = format_html_join(
        "",
        "<div><h3>{}</h3><p>{} M a year</p><p>{} s each</p><p><span class=badge>{}</span></p><p>{}</p></div>",
        ((m.title, m.contacts_per_customer, m.seconds, m.decision, m.what_more) for m in plan.moments),
    )
    page = "<!doctype html><style>{}</style><h1>50,000,000</h1><h2>{}</h2><div class=moments>{}</div>"
    return format_html(page, PAGE_STYLE, plan.title, cells)
