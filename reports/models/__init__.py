"""Rows of what is made; import from here."""

from reports.models.looks import Look
from reports.models.made import Made
from reports.models.posters import Poster, PosterKind, Sheet, Size
from reports.models.previews import Preview
from reports.models.prints import FORMS, PAPERS, PrintKind, RoundPrint
from reports.models.reports import Report, ReportKind

__all__ = [
    "FORMS",
    "PAPERS",
    "Look",
    "Made",
    "Poster",
    "PosterKind",
    "Preview",
    "PrintKind",
    "Report",
    "ReportKind",
    "RoundPrint",
    "Sheet",
    "Size",
]
