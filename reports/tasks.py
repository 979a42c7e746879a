"""What the Celery worker runs."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_init

from jobs.work import work_on
from reports.making import make, warm_up
from reports.models import Poster, Preview, RoundPrint
from reports.preview_making import make_preview as make_first_page
from reports.print_making import make_print


@shared_task(name=Poster.task_name)
def make_poster(poster_id: int) -> None:
    """Make one poster, if it waits."""
    work_on(Poster, poster_id, make)


@shared_task(name=RoundPrint.task_name)
def make_round_print(print_id: int) -> None:
    """Make one form, QR poster or card, if it waits."""
    work_on(RoundPrint, print_id, make_print)


@shared_task(name=Preview.task_name)
def make_preview(preview_id: int) -> None:
    """Make one preview, if it waits."""
    work_on(Preview, preview_id, make_first_page)


@worker_init.connect
def _warm_up(**signal: Any) -> None:
    warm_up()
