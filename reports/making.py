"""How a worker makes a poster of frozen inputs, and what keeps it warm."""

from __future__ import annotations

import gc
from functools import cache
from typing import Any

from jobs.child import Report
from jobs.problems import Refusal


def make(inputs: dict[str, Any], report: Report) -> bytes:
    """The poster as a PDF. Raises Refusal, with all that is in the way, where it can't be made."""
    from reports import poster, preflight

    report("check", 5)
    blocking = [problem.text for problem in preflight.check_poster(inputs) if problem.is_blocking]
    if blocking:
        raise Refusal("\n".join(blocking))
    report("draw", 20)
    content = poster.render_poster(inputs)
    report("save", 90)
    return content


@cache
def warm_up() -> None:
    """Make one small poster, so that every child forked from here has the renderer and its fonts at hand."""
    from reports import poster

    poster.render_poster(SMALL)
    gc.collect()
    gc.freeze()


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
