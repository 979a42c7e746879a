"""What the worker does for actions."""

from celery import shared_task

from improvements.owner_mails import TEND_OWNER_MAILS
from improvements.owner_mails import tend_owner_mails as tend_all_owner_mails


@shared_task(name=TEND_OWNER_MAILS)
def tend_owner_mails() -> None:
    """Write the weekly mails that are due."""
    tend_all_owner_mails()
