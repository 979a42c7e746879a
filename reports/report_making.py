"""How a worker makes a report of frozen inputs."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from jobs.child import Report
from jobs.problems import Refusal
from reports.leader.page import leader_document
from reports.look import logo_pictures
from reports.models import ReportKind
from reports.paper.text import clean
from reports.portfolio.page import portfolio_document
from reports.report_data import enclosed_tables
from reports.report_text import check_inputs, legible

CELLS_MAX = 5_000  # beyond these the renderer holds up everybody


def make_report(inputs: dict[str, Any], report: Report) -> bytes:
    """The PDF, in the report's language. Raises Refusal, with all that is in the way, where it can't be made."""
    report("check", 2)
    check_inputs(inputs)
    shown = legible(inputs)
    with translation.override(inputs["language"]):
        html, pictures = DOCUMENTS[inputs["kind"]](shown, report)
        _check_size(html)
        report("page", 25)
        from reports.pdf import write_report  # takes over a second the first time: only where a report is made

        enclosed = enclosed_tables(clean(inputs)) if inputs["is_archive"] else ()
        return write_report(html, {**pictures, **logo_pictures(inputs)}, lambda: report("save", 80), enclosed)


DOCUMENTS = {ReportKind.LEADER.value: leader_document, ReportKind.PORTFOLIO.value: portfolio_document}


def _check_size(html: str) -> None:
    """A last look at what is about to be laid out."""
    cells = html.count("<td")
    if cells > CELLS_MAX:
        said = (
            "This report would have %(count)d cells, and %(most)d are the most. Make one of fewer journeys or groups."
        )
        raise Refusal(translation.gettext(said) % {"count": cells, "most": CELLS_MAX})
