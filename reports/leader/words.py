"""What a leader report shows of what people wrote and planned: decisions, what more we will do, ideas. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from assessments.result_words import Figures, view_name
from assessments.sheet_reading import moment_at
from journeys.choices import Decision
from reports.leader.choice import IDEA_LETTERS_MAX, PLAN_LETTERS_MAX, choose_plans
from reports.report_text import NO_GLYPH, shortened

ORDER = (Decision.ENHANCE, Decision.ELIMINATE, Decision.KEEP, "")


def plans(figures: Figures, planned: Sequence[Figures]) -> dict[str, Any]:
    """What the map says will be done: what to enhance first, within it by damage. `silent`: moments without a word."""
    places = {row["position"]: place for place, row in enumerate(figures["enhance"])}
    decided = [plan for plan in planned if plan["decision"] or plan["what_more"]]
    decided.sort(key=lambda it: (ORDER.index(it["decision"]), places.get(it["position"], len(places)), it["position"]))
    shown = choose_plans(decided)
    return {
        "rows": [_plan(figures, plan) for plan in shown],
        "more": len(decided) - len(shown),
        "silent": len(planned) - len(decided),
        "unanswered": [_title(figures, row["position"]) for row in figures["enhance"][:5]
                       if row["position"] not in {plan["position"] for plan in decided if plan["what_more"]}],
    }  # fmt: skip


def _plan(figures: Figures, plan: Figures) -> dict[str, Any]:
    moment = moment_at(figures, plan["position"])
    return {
        **_title(figures, plan["position"]),
        "stage": moment["stage"],
        "decision": plan["decision"],
        "decision_name": str(Decision(plan["decision"]).label) if plan["decision"] else "",
        "what_more": shortened(plan["what_more"], PLAN_LETTERS_MAX),
        "text_language": figures["round"]["language"],
    }


def _title(figures: Figures, position: int) -> dict[str, Any]:
    moment = moment_at(figures, position)
    return {"place": position + 1, "title": moment["title"], "language": moment["language"]}


def ideas(figures: Figures, found: Figures) -> dict[str, Any]:
    """Ideas by moment, in the order of the journey."""
    runs = groupby(found["shown"], key=lambda idea: int(idea["position"]))
    moments = [{**_title(figures, place), "ideas": [_idea(idea) for idea in run]} for place, run in runs]
    return {
        "moments": moments,
        "more": found["count"] - len(found["shown"]),
        "has_unknown": any(NO_GLYPH in idea["text"] for idea in found["shown"]),
    }


def _idea(idea: Figures) -> dict[str, Any]:
    whose = ", ".join(filter(None, (view_name(idea["view"]), idea["group"])))
    return {"text": shortened(idea["text"], IDEA_LETTERS_MAX), "language": idea["language"], "whose": whose}
