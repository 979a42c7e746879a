"""What the worker does for change."""

from celery import shared_task

from improvements.actions.owner_mails import TEND_OWNER_MAILS
from improvements.actions.owner_mails import tend_owner_mails as tend_all_owner_mails
from improvements.reviews.mails import TEND_REVIEWS
from improvements.reviews.mails import tend_reviews as tend_all_reviews


@shared_task(name=TEND_OWNER_MAILS)
def tend_owner_mails() -> None:
    """Write the weekly mails that are due."""
    tend_all_owner_mails()


@shared_task(name=TEND_REVIEWS)
def tend_reviews() -> None:
    """Write the mails of reviews that are near."""
    tend_all_reviews()
