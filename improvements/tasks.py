"""What the worker does for change."""

from celery import shared_task

from improvements.review_mails import TEND_REVIEWS
from improvements.review_mails import tend_reviews as tend_all_reviews


@shared_task(name=TEND_REVIEWS)
def tend_reviews() -> None:
    """Write the mails of reviews that are near."""
    tend_all_reviews()
