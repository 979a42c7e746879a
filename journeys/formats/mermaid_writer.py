"""Writes Mermaid's `journey` diagrams: Mermaid draws the names in order, we read everything back.

Mermaid knows five faces: levels 1 to 5 are its scores, level 6 scores 5, and a moment that nobody judged scores 3, the
straight face. The level itself stands in the remark under the task, with all else that Mermaid has no place for.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeys.formats.escapes import escape
from journeys.formats.mermaid import SCORES, split_people
from journeys.formats.mermaid_details import write_exact, write_parts
from journeys.formats.mermaid_names import draw_name
from journeys.formats.outline_writer import long_parts, short_parts
from journeys.plan import JourneyPlan, MomentPlan

_INDENT = " " * 4


def write_mermaid(plan: JourneyPlan) -> str:
    """The diagram of a plan: parse_mermaid(write_mermaid(plan)) == (plan, []) for every plan with a title and a moment.

    Texts may hold anything but U+0000 and lone surrogates; numbers are finite and inside the limits.
    """
    return "\n".join(("journey", *(_INDENT + line for line in _lines(plan) if line.strip()))) + "\n"


def _lines(plan: JourneyPlan) -> Iterator[str]:
    yield f"title {draw_name(plan.title)}"
    yield write_exact(plan.title)
    customer = [f"customer: {escape(plan.customer)}"] if plan.customer else []
    yield write_parts(f"customers: {plan.customers_per_year}", *customer, f"language: {plan.language}")
    for stage in plan.stages:
        yield f"section {draw_name(stage.title)}"
        yield write_exact(stage.title)
        for moment in stage.moments:
            yield from (_INDENT + line for line in _moment_lines(moment) if line)


def _moment_lines(moment: MomentPlan) -> Iterator[str]:
    people = draw_name(moment.serves_in_front)
    yield f"{draw_name(moment.title)}: {SCORES[moment.level]}" + (f": {people}" if people else "")
    yield write_exact(moment.title)
    _title, *parts = short_parts(moment)
    yield write_parts(*parts)
    is_drawn = split_people(people) == moment.serves_in_front
    yield from (write_parts(part) for part in long_parts(moment) if not (is_drawn and part.startswith("front: ")))
