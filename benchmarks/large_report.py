"""A report of forty pages, as a worker makes it and as a browser can print it."""

from __future__ import annotations

import base64
from typing import Any

from django.utils import translation

from benchmarks.plain_page import static_folder
from journeys.choices import Level
from reports.leader.page import leader_document
from reports.report_text import legible

MOMENTS, GROUPS = 300, 40
COUNTS = (3, 5, 9, 14, 8, 2)


def report_inputs() -> dict[str, Any]:
    """What a report job freezes of a round of many moments and groups, all of them judged."""
    moments = [_moment(position) for position in range(MOMENTS)]
    figures = {
        "round": {
            "title": "Autumn", "journey": "A trip with us", "language": "en", "opened_on": "2026-11-03",
            "closed_on": "2026-11-17", "minimum_group": 5, "privacy": "anonymous", "customers_per_year": 10_000_000,
            "leave_rate_percent": 32.0, "is_complete": True, "previous": {"id": 1, "title": "Spring"},
        },
        "views": ["staff", "customers"],
        "groups": [{"id": number, "name": f"Service centre {number}"} for number in range(GROUPS)],
        "responses": {view: {"n": 4_100, "groups": {}} for view in ("staff", "customers")},
        "moments": moments,
        "whole": {view: _whole() for view in ("staff", "customers")},
        "weakest": {"position": 7, "view": "customers"},
        "enhance": [{"position": position, "contacts_per_year": 900_000.0 - position} for position in range(MOMENTS)],
    }  # fmt: skip
    plan = "Speak every 15 minutes, even with no news, and say when the next word will come. " * 3
    idea = "Say why we wait. Nobody minds snow; everybody minds silence, most of all with children. " * 2
    return {
        "kind": "leader", "language": "en", "paper": "A4", "is_archive": False, "made_on": "2026-11-22",
        "organisation": "Northern Air", "figures": figures,
        "levels": {str(level.value): str(level.label) for level in Level},
        "plans": [{"position": position, "title": "", "decision": "enhance", "what_more": plan}
                  for position in range(MOMENTS)],
        "ideas": {"count": 4_000, "shown": [{"position": position, "title": "", "view": "staff", "group": "",
                  "language": "en", "text": idea} for position in range(60)]},
    }  # fmt: skip


def _moment(position: int) -> dict[str, Any]:
    score = {"n": 41, "counts": list(COUNTS), "median": 4.0, "mean": 1.5 + position % 9 / 2, "low": 3.1, "high": 4.0,
             "damaged": 8 / 41, "damaged_low": 0.1, "damaged_high": 0.34, "indifferent": 9 / 41,
             "created": 24 / 41}  # fmt: skip
    difference = {"levels": 0.9, "low": 0.4, "high": 1.4}
    cells = {str(number): {"n": 30 + number, "mean": 1 + (number + position) % 11 / 2} for number in range(GROUPS)}
    return {
        "position": position, "title": f"Waits at gate {position} for news", "stage": f"Stage {position // 20 + 1}",
        "language": "en", "contacts_per_year": 5_500_000.0, "manager_level": 3, "is_make_or_break": position % 9 == 0,
        "views": {"staff": score, "customers": score}, "groups": {"staff": cells, "customers": cells},
        "blind_spot": {**difference, "is_flagged": position % 5 == 0},
        "damage": {"contacts_per_year": 900_000.0 - position, "view": "customers"}, "is_elimination_candidate": False,
        "change": {"staff": None, "customers": {**difference, "is_clear": position % 10 == 0}},
    }  # fmt: skip


def _whole() -> dict[str, Any]:
    figure = {"value": 30.0, "low": 28.0, "high": 32.0}
    names = ("loyalty_balance", "indifference_percent", "damaged", "customers_met", "customers_at_risk")
    return {**dict.fromkeys(names, figure), "agreement": 0.4, "moments_counted": MOMENTS}


def report_page(inputs: dict[str, Any]) -> str:
    """The same document for a browser: styles and pictures inside it, the house's fonts beside it."""
    with translation.override(inputs["language"]):
        html, pictures = leader_document(legible(inputs), lambda _step, _percent: None)
    for name, svg in pictures.items():
        html = html.replace(
            f'src="{name}"', f'src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"'
        )
    style = "".join((static_folder() / "css" / name).read_text() for name in ("fonts.css", "tokens.css", "report.css"))
    return html.replace("<style>", f"<style>{style}", 1)
