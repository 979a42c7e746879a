"""What the Celery worker runs."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_init

from jobs.work import work_on_next
from reports.models import Poster, Preview, Report, RoundPrint, StoryPaper
from reports.posters.making import warm_up
from reports.schedule_tending import tend_schedules as tend_all_schedules
from reports.schedules import TEND_SCHEDULES


@shared_task(name=Poster.task_name)
def make_poster(poster_id: int) -> None:
    """A poster waits: make what is next."""
    work_on_next()


@shared_task(name=RoundPrint.task_name)
def make_round_print(print_id: int) -> None:
    """A form, QR poster or card waits: make what is next."""
    work_on_next()


@shared_task(name=Report.task_name)
def make_report(report_id: int) -> None:
    """A report waits: make what is next."""
    work_on_next()


@shared_task(name=StoryPaper.task_name)
def make_story_paper(paper_id: int) -> None:
    """A paper of stories waits: make what is next."""
    work_on_next()


@shared_task(name=TEND_SCHEDULES)
def tend_schedules() -> None:
    """Begin what is due by schedule, mail what is made."""
    tend_all_schedules()


@shared_task(name=Preview.task_name)
def make_preview(preview_id: int) -> None:
    """A preview waits: make what is next."""
    work_on_next()


@worker_init.connect
def _warm_up(**signal: Any) -> None:
    warm_up()
