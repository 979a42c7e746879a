"""Schedules, the people on them and rounds that have closed, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from assessments.models import ResultSheet, Round
from jobs import artifacts
from jobs.models import State
from journeys.models import Journey
from reports.models import Made, Schedule, ScheduleRun
from reports.schedule_runs import begin_due, end
from reports.schedules import plan
from tests.assessments.sheets import figures


def schedule_of(journey: Journey, people: list[User], **fields: Any) -> Schedule:
    """A weekly poster in English, on Mondays at eight."""
    schedule = Schedule(
        **{
            "organisation": journey.organisation,
            "journey": journey,
            "options": {"size": "A3"},
            "rhythm": "weekly",
            "language": "en",
            "made_by": people[0] if people else None,
            **fields,
        }
    )
    plan(schedule, timezone.now())
    for name in ("next_run_at", "watches_from"):
        if name in fields:
            setattr(schedule, name, fields[name])
    schedule.save()
    schedule.recipients.set(people)
    return schedule


def begun(schedule: Schedule, *, late: timedelta = timedelta(0)) -> ScheduleRun:
    """The run of a schedule that is due now, or was so long ago."""
    Schedule.objects.filter(pk=schedule.pk).update(next_run_at=timezone.now() - late)
    run = begin_due(schedule)
    assert run is not None
    return run


def finish(job: Made, content: bytes = b"%PDF-1.7 of a test") -> None:
    """As a worker does it."""
    name = f"{job.file_folder}/{job.pk}{job.file_suffix}"
    path = artifacts.path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    type(job).objects.filter(pk=job.pk).update(
        state=State.READY, artifact_name=name, artifact_bytes=len(content), finished_at=timezone.now()
    )


def sent(run: ScheduleRun) -> ScheduleRun:
    """The run after all of its files are made and it has been looked at again."""
    for file in run.files.all():
        finish(file.job)
    end(run)
    return ScheduleRun.objects.get(pk=run.pk)


def closed_round(journey: Journey, closed_at: datetime, *, is_out: bool = True, title: str = "Autumn") -> Round:
    """A round that has closed and, unless told otherwise, shows all of its results."""
    round_: Round = Round.objects.create(
        organisation=journey.organisation,
        journey=journey,
        title=title,
        state="closed",
        opened_at=closed_at - timedelta(days=14),
        closed_at=closed_at,
    )
    if is_out:
        ResultSheet.objects.create(round=round_, figures=figures())
    return round_
