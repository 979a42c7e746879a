"""Rows of what is made; import from here."""

from reports.models.looks import Look
from reports.models.made import Made
from reports.models.posters import Poster, PosterKind, Sheet, Size
from reports.models.previews import Preview
from reports.models.prints import FORMS, PAPERS, PrintKind, RoundPrint
from reports.models.reports import REPORT_PAPERS, Report, ReportKind
from reports.models.schedules import RunState, Schedule, ScheduledFile, ScheduleKind, ScheduleRun
from reports.models.story_papers import STORY_PAPERS, StoryPaper, StoryPaperKind

__all__ = [
    "FORMS",
    "PAPERS",
    "REPORT_PAPERS",
    "STORY_PAPERS",
    "Look",
    "Made",
    "Poster",
    "PosterKind",
    "Preview",
    "PrintKind",
    "Report",
    "ReportKind",
    "RoundPrint",
    "RunState",
    "Schedule",
    "ScheduleKind",
    "ScheduleRun",
    "ScheduledFile",
    "Sheet",
    "Size",
    "StoryPaper",
    "StoryPaperKind",
]
