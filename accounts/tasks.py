"""What the worker does for people."""

from celery import shared_task

from accounts.hints import send_hint
from accounts.mail import SEND_MAILS, due_mails, send_due_mails


@shared_task(name=SEND_MAILS)
def send_mails() -> None:
    """Empty the outbox. Harmless when run twice or not at all: the row is the truth."""
    if send_due_mails() and due_mails().exists():
        send_hint(SEND_MAILS)  # a run takes a minute at most, so that a worker is free for others in between
