"""What the worker does for people."""

from celery import shared_task

from accounts.mail import SEND_MAILS, send_due_mails


@shared_task(name=SEND_MAILS)
def send_mails() -> None:
    """Empty the outbox. Harmless when run twice or not at all: the row is the truth."""
    send_due_mails()
