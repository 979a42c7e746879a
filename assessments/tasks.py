"""What the worker does for rounds."""

from celery import shared_task

from assessments.rounds import TEND_ROUNDS
from assessments.tending import tend_rounds


@shared_task(name=TEND_ROUNDS)
def tend() -> None:
    """Open, close and count what is due."""
    tend_rounds()
