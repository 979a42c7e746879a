"""The outbox."""

import smtplib
import threading
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from accounts.mail import (
    ATTEMPTS_MAX,
    Attachment,
    Filling,
    delete_old_mails,
    given_up,
    queue_mail,
    queue_mails,
    send_due_mails,
)
from accounts.models import OutgoingMail
from accounts.tasks import send_mails
from config import celery_app
from tests.smtp_server import mail_server


class RefusingBackend:
    """A mail server that is not there."""

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("connection refused")


@pytest.fixture
def refusing_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"


def queue(**changes) -> OutgoingMail:
    return queue_mail(**{"to": "maria@example.org", "subject": "Hello", "body": "A secret link", **changes})


def test_mail_leaves_once_and_forgets_its_words(db, settings):
    settings.PUBLIC_HOST = "moments.example"
    queued = queue()

    sent = send_due_mails(), send_due_mails()

    queued.refresh_from_db()
    [message] = mail.outbox
    assert sent == (1, 0)
    assert (message.to, message.subject, message.body) == (["maria@example.org"], "Hello", "A secret link")
    assert message.extra_headers["Message-ID"] == f"<{queued.pk}@moments.example>"
    assert queued.sent_at is not None
    assert (queued.body, queued.html, queued.attempts) == ("", "", 1)


def test_html_goes_along_as_the_alternative(db):
    queue(html="<p>A secret link</p>")

    send_due_mails()

    assert [(part.content, part.mimetype) for part in mail.outbox[0].alternatives] == [
        ("<p>A secret link</p>", "text/html")
    ]


def test_subject_is_one_line_whatever_a_name_holds(db):
    queued = queue(subject=f"Join\r\nBcc: all@example.org {'x' * 400}")

    send_due_mails()

    assert queued.subject == f"Join Bcc: all@example.org {'x' * 400}"[:255]
    assert len(mail.outbox) == 1


def test_mail_is_no_part_of_a_transaction_that_fails(db):
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)

    assert not OutgoingMail.objects.exists()


def test_broker_that_does_not_answer_is_only_logged(db, monkeypatch, caplog, django_capture_on_commit_callbacks):
    def refuse(*args, **options):
        raise OSError("no route to the broker")

    monkeypatch.setattr(celery_app, "send_task", refuse)

    with django_capture_on_commit_callbacks(execute=True):
        queue()

    assert [record.message for record in caplog.records] == [
        "accounts.tasks.send_mails() was not sent, the sweeper will: OSError('no route to the broker')"
    ]
    assert send_due_mails() == 1


def test_worker_is_asked_by_the_name_of_a_task_that_it_knows(db, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(celery_app, "send_task", lambda name, **options: asked.append((name, options["retry"])))

    with django_capture_on_commit_callbacks(execute=True):
        queue()

    assert asked == [(send_mails.name, False)]


def test_task_empties_the_outbox(db):
    queue()

    send_mails()

    assert len(mail.outbox) == 1


def test_refused_mail_waits_longer_each_time_and_is_given_up(db, refusing_server):
    queued = queue()
    waits = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(ATTEMPTS_MAX):
            assert send_due_mails() == 0
            assert send_due_mails() == 0
            queued.refresh_from_db()
            waits.append((queued.not_before - timezone.now()) / timedelta(minutes=1))
            clock.move_to(queued.not_before)

        assert send_due_mails() == 0

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
    assert (queued.attempts, queued.last_error, queued.sent_at) == (ATTEMPTS_MAX, "connection refused", None)
    queued.refresh_from_db()
    assert queued.body == ""


def test_mail_of_a_sender_that_died_is_sent_five_minutes_later(db):
    now = timezone.now()
    queue()
    OutgoingMail.objects.update(attempts=1, not_before=now + timedelta(minutes=5))

    with time_machine.travel(now + timedelta(minutes=4)):
        early = send_due_mails()
    with time_machine.travel(now + timedelta(minutes=6)):
        late = send_due_mails()

    assert (early, late, len(mail.outbox)) == (0, 1, 1)


def test_limit_holds_and_the_longest_waiting_go_first(db):
    now = timezone.now()
    for minutes in (1, 3, 2):
        queued = queue(subject=str(minutes))
        OutgoingMail.objects.filter(pk=queued.pk).update(not_before=now - timedelta(minutes=minutes))

    sent = send_due_mails(limit=2)

    assert (sent, [message.subject for message in mail.outbox]) == (2, ["3", "2"])


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_every_mail_once():
    OutgoingMail.objects.bulk_create(
        OutgoingMail(id=uuid.uuid4(), to="maria@example.org", subject=str(number), body="x") for number in range(12)
    )
    start = threading.Barrier(4)

    def send() -> None:
        start.wait()
        send_due_mails()
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(int(message.subject) for message in mail.outbox) == list(range(12))
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {1}


def test_old_mails_are_forgotten_but_waiting_ones_stay(db):
    sent, waiting, fresh = queue(subject="sent"), queue(subject="waiting"), queue(subject="fresh")
    long_ago = timezone.now() - timedelta(days=31)
    OutgoingMail.objects.filter(pk=sent.pk).update(created_at=long_ago, sent_at=long_ago)
    OutgoingMail.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    OutgoingMail.objects.filter(pk=fresh.pk).update(sent_at=timezone.now())

    deleted = delete_old_mails()

    assert deleted == 1
    assert set(OutgoingMail.objects.values_list("subject", flat=True)) == {"waiting", "fresh"}


def greeting(argument: str) -> dict[str, str] | None:
    """Words of a mass mail; none for who has gone."""
    return {"hello": f"Hello {argument}"} if argument != "gone" else None


def mass_mail(to: str) -> OutgoingMail:
    return OutgoingMail(
        to=f"{to}@example.org", subject="All", body="[[hello]]!", fill=f"{__name__}.greeting", fill_argument=to
    )


def test_secret_words_stand_in_a_mass_mail_only_while_it_leaves(db):
    queue_mails([mass_mail("anna"), mass_mail("gone")])

    sent = send_due_mails()

    assert (sent, [message.body for message in mail.outbox]) == (1, ["Hello anna!"])
    assert list(OutgoingMail.objects.values_list("to", "body")) == [("anna@example.org", "")]


def test_mail_to_one_person_does_not_wait_behind_mass_mails(db):
    queue_mails([mass_mail("anna"), mass_mail("per")])
    queue(subject="Your new password")

    send_due_mails(limit=1)

    assert [message.subject for message in mail.outbox] == ["Your new password"]


@pytest.mark.parametrize(
    ("answer", "attempts", "said", "body"),
    [
        ("550 5.1.1 No such user", ATTEMPTS_MAX, "550 5.1.1 No such user", ""),
        ("451 4.7.1 Greylisted", 1, "{'maria@example.org': (451, b'4.7.1 Greylisted')}", "A secret link"),
    ],
)
def test_server_that_refuses_for_good_is_asked_once(db, settings, answer, attempts, said, body):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    queued = queue()

    with mail_server({"maria@example.org": answer}) as server:
        settings.EMAIL_PORT = server.port
        send_due_mails()

    queued.refresh_from_db()
    assert (queued.attempts, queued.last_error, queued.body, queued.sent_at) == (attempts, said, body, None)
    assert OutgoingMail.objects.filter(given_up()).exists() == (attempts == ATTEMPTS_MAX)


def words_and_a_file(argument: str) -> Filling:
    return Filling({"who": argument}, [Attachment("a.pdf", b"%PDF", "application/pdf")])


def test_file_is_attached_while_the_mail_leaves_and_stands_in_no_row(db):
    row = OutgoingMail(to="maria@example.org", subject="Hello", body="To [[who]]", fill=f"{__name__}.words_and_a_file")
    row.fill_argument = "Maria"
    queue_mails([row])

    send_due_mails()

    [message] = mail.outbox
    [file] = message.attachments
    assert (message.body, file.filename, file.content, file.mimetype) == (
        "To Maria",
        "a.pdf",
        b"%PDF",
        "application/pdf",
    )
