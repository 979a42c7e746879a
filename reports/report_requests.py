"""Asking for reports of any kind, and what their files are called."""

from __future__ import annotations

import re
from typing import Any

from accounts.models import Organisation, User
from assessments.models import Round
from jobs.requests import request_job
from journeys.limits import TITLE_MAX
from reports.maker_version import maker_version
from reports.models import Report, ReportKind

FILE_TITLE_MAX = 80


def request_report(
    organisation: Organisation, requested_by: User, inputs: dict[str, Any], round_: Round | None = None
) -> Report:
    """The report of these inputs: at once where one is finished or under way, else queued."""
    return request_job(
        Report,
        organisation,
        requested_by,
        inputs,
        maker_version(),
        round=round_,
        journey=round_.journey if round_ else None,
        title=_title(inputs),
        kind=inputs["kind"],
        paper=inputs["paper"],
        language=inputs["language"],
        is_archive=inputs["is_archive"],
    )


def _title(inputs: dict[str, Any]) -> str:
    if inputs["kind"] == ReportKind.LEADER:
        about = inputs["figures"]["round"]
        title = f"{about['journey']}: {about['title']}"
    else:
        title = " · ".join(journey["title"] for journey in inputs["journeys"])
    return title if len(title) <= TITLE_MAX else f"{title[: TITLE_MAX - 1]}…"


def retry_report(report: Report, requested_by: User) -> Report:
    """The same frozen inputs once more, as a job of its own; the one that ended stays as a record."""
    if report.round:
        report.round.organisation = report.organisation
    return request_report(report.organisation, requested_by, report.inputs, report.round)


def file_name(report: Report) -> str:
    """A name that says what it is: A-trip-with-us-Autumn-report-A4-en.pdf."""
    title = re.sub(r"\W+", "-", report.title).strip("-_")[:FILE_TITLE_MAX].rstrip("-_") or "report"
    parts = (title, report.kind, "archive" if report.is_archive else "", report.paper, report.language)
    return f"{'-'.join(filter(None, parts))}{report.file_suffix}"
