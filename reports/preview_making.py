"""How a worker makes a preview: by the paper's own maker, of which the first page is kept as a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jobs.child import Report
from reports.posters.making import make
from reports.print_making import make_print
from reports.report_making import make_report
from reports.story_papers.making import make_story_paper

WIDTH, COLOURS = 900, 64
MAKERS: dict[str, Callable[[dict[str, Any], Report], bytes]] = {
    "poster": make,
    "print": make_print,
    "report": make_report,
    "story": make_story_paper,
}


def make_preview(inputs: dict[str, Any], report: Report) -> bytes:
    """A PNG. A poster that is split on sheets is shown whole."""
    from jobs.page_picture import picture_of

    whole = {name: value for name, value in inputs["inputs"].items() if name != "tiles"}
    return picture_of(MAKERS[inputs["part"]](whole, report), WIDTH, COLOURS)
