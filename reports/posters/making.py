"""How a worker makes a poster of frozen inputs, and what keeps it warm."""

from __future__ import annotations

from functools import cache
from typing import Any

from jobs import memory
from jobs.child import Report
from jobs.problems import Refusal

STEPS = ((40, "page"), (20, "curve"), (0, "check"))  # from that percent on


def make(inputs: dict[str, Any], report: Report) -> bytes:
    """The poster as a PDF. Raises Refusal, with all that is in the way, where it can't be made."""
    from reports.posters import rendering as poster

    try:
        content = poster.render_poster(inputs, lambda percent, words: report(step_at(percent), min(percent, 90)))
    except poster.PosterDoesNotFit as misfit:
        raise Refusal("\n".join(problem.text for problem in misfit.problems)) from misfit
    report("save", 95)
    return content


def step_at(percent: int) -> str:
    """The job's step at that percent of the drawing; the page names it in its reader's language."""
    return next(step for least, step in STEPS if percent >= least)


@cache
def warm_up() -> None:
    """Make one small poster, so that every child forked from here has the renderer and its fonts at hand."""
    from reports.posters import rendering as poster

    poster.render_poster(SMALL)
    memory.settle()


SMALL: dict[str, Any] = {
    "plan": {
        "title": "Warm-up",
        "customers_per_year": 1,
        "customer": "",
        "language": "en",
        "stages": [{"title": "Before", "moments": [{"title": "Arrives", "level": 3}]}],
    },
    "size": "A4",
    "language": "en",
    "made_on": "2026-01-01",
    "version": 1,
    "organisation": "",
    "address": "",
}
