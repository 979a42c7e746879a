"""People who are asked by mail: listed, invited, reminded, corrected, and nobody told who has answered."""

from __future__ import annotations

import io
import re
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import time_machine
import xlsxwriter
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from accounts.mail import send_due_mails
from accounts.models import OutgoingMail
from assessments import mailing
from assessments.addresses import answer_address
from assessments.links import find_link
from assessments.mailing import fill_words
from assessments.models import Recipient, Round
from assessments.planning import plan_round
from assessments.recipient_lists import read_recipients
from assessments.recipients import add_recipients, ask_invitations, ask_reminders
from assessments.rounds import close_round, open_round, reopen_round
from assessments.tending import tend_rounds
from assessments.tokens import token_of
from tests.assessments.rounds import make_journey, make_open_round
from tests.smtp_server import mail_server

pytestmark = pytest.mark.django_db

ANNA = ("anna@example.org", "Anna Berg", "Gate team", "sv")
OPEN_QUOTE = "A quotation mark in line 1 is not closed, or text follows the closing one."


@pytest.fixture
def round_(in_scope):
    return make_open_round(in_scope, ["Gate team", "Lounge"], languages=["en", "sv"], title="Autumn")


def add(round_: Round, text: str, view: str = "staff") -> list[Recipient]:
    add_recipients(round_, view, read_recipients(round_, view, text.encode()).lines)
    return list(Recipient.objects.filter(round=round_).order_by("email"))


def invite(round_: Round, text: str) -> list[Recipient]:
    people = add(round_, text)
    ask_invitations(round_)
    tend_rounds()
    return people


def address(name: str, pk: int) -> str:
    return reverse(name, args=["northern-air", pk])


def workbook(rows: list[list[str]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"anna@example.org, Anna Berg, Gate team, sv\nper@example.org",
        b"Anna Berg <Anna@Example.org>; gate TEAM; Svenska\nper@example.org",
        b"sv\tGate team\tanna@example.org\tAnna Berg\nper@example.org\n",
        b"Team,E-mail,Name,Language\nGate team,anna@example.org,Anna Berg,sv\n,per@example.org,,\n",
        "Name;Gruppe;Mail;Sprache\nAnna Berg;Gate team;anna@example.org;Svenska\n;;per@example.org;".encode("utf-16"),
        workbook([["email", "name", "group", "language"], [*ANNA], ["per@example.org"]]),
    ],
    ids=["commas", "named", "tabs", "header", "utf-16", "xlsx"],
)  # fmt: skip
def test_list_is_read_however_it_is_written(round_, content):
    found = read_recipients(round_, "staff", content)

    said = [(line.email, line.name, str(line.group or ""), line.language) for line in found.lines]
    assert said == [("anna@example.org", "Anna Berg", "Gate team", "sv"), ("per@example.org", "", "", "en")]
    assert found.rejected == []


def test_several_addresses_in_a_row_are_several_people(round_):
    found = read_recipients(round_, "staff", b"a@example.org; b@example.org; c@example.org")

    assert [line.email for line in found.lines] == ["a@example.org", "b@example.org", "c@example.org"]


def test_each_row_that_can_not_be_used_says_why(round_):
    add(round_, "there@example.org")
    rows = [
        "there@example.org",
        "anna@example.org",
        "ANNA@example.org",
        "anna@@example",
        "Anna Berg",
        "per@example.org, Per, Night shift",
        "eva@example.org, Deutsch",
        f"ulf@example.org, {'x' * 121}",
    ]

    found = read_recipients(round_, "staff", "\n".join(rows).encode())

    assert [line.email for line in found.lines] == ["anna@example.org"]
    assert found.there_count == 1
    assert [(row.number, row.reason) for row in found.rejected] == [
        (3, "This address is in row 2 already."),
        (4, "“anna@@example” is no e-mail address."),
        (5, "There is no e-mail address in it."),
        (6, "There is no group “Night shift” in this round."),
        (7, "The round is not asked in “Deutsch”."),
        (8, "The name has more than 120 characters."),
    ]


def test_preview_carries_the_list_whatever_the_names_hold(manager_client, round_):
    text = 'anna@example.org,"Anna ""the ace"" Berg, MD",Gate team\nper@example.org,Lounge singer,Lounge,sv'
    preview = manager_client.post(address("recipient_add", round_.pk), {"view": "staff", "people": text})
    carried = preview.context["people"]

    posted = {"view": "staff", "people": carried, "add": "1", "submission": "once"}
    answers = [manager_client.post(address("recipient_add", round_.pk), posted) for _ in range(2)]

    assert (preview.status_code, [answer.status_code for answer in answers]) == (200, [302, 302])
    assert list(Recipient.objects.values_list("email", "name", "group__name", "language")) == [
        ("anna@example.org", 'Anna "the ace" Berg, MD', "Gate team", "en"),
        ("per@example.org", "Lounge singer", "Lounge", "sv"),
    ]


def test_file_is_read_and_nothing_stored_before_it_is_confirmed(manager_client, round_):
    file = SimpleUploadedFile("people.xlsx", workbook([["E-mail"], ["anna@example.org"], ["nobody"]]))

    response = manager_client.post(address("recipient_add", round_.pk), {"view": "staff", "file": file})

    found = response.context["found"]
    assert ([line.email for line in found.lines], len(found.rejected)) == (["anna@example.org"], 1)
    assert Recipient.objects.count() == 0


@pytest.mark.parametrize(
    ("posted", "field", "message"),
    [
        ({"people": " "}, "people", "Type or paste addresses, or choose a file."),
        ({"people": '"a@example.org'}, "people", OPEN_QUOTE),
        ({"file": b"x" * 5_000_001}, "file", "This file is larger than 5 MB. Take a part of it."),
        ({"file": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}, "file", "This file is not a text. Save it as CSV or XLSX."),
        ({"file": b"a@example.org\n" * 20_001}, "file", "This list has more than 20,000 rows. Take a part of it."),
    ],
)  # fmt: skip
def test_list_that_can_not_be_read_says_why(manager_client, round_, posted, field, message):
    if "file" in posted:
        posted = {"file": SimpleUploadedFile("people.csv", posted["file"])}

    response = manager_client.post(address("recipient_add", round_.pk), {"view": "staff", **posted})

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [message]}


def test_invitation_says_why_and_no_copy_of_the_database_opens_its_link(manager_client, round_):
    (anna,) = add(round_, "anna@example.org, Anna Berg")
    manager_client.post(address("recipient_invite", round_.pk))
    tend_rounds()
    stored = str(list(OutgoingMail.objects.values_list()) + list(Recipient.objects.values_list()))

    send_due_mails()

    [message] = mail.outbox
    words = find_link(token_of(anna.nonce))
    assert words == anna
    assert token_of(anna.nonce) not in stored
    assert (message.to, message.subject) == (
        ["anna@example.org"],
        "Northern Air asks you: how is it for our customers?",
    )
    assert message.body.startswith("Hello Anna Berg,\n\nNorthern Air asks you how customers find “A trip with us”")
    assert f"\n{answer_address(anna)}\n" in message.body
    assert "because Northern Air put your address on the list" in message.body
    assert "[[" not in message.body
    assert Recipient.objects.get().invited_on == timezone.localdate()


def test_invitations_of_a_draft_leave_when_it_opens(in_scope):
    draft = plan_round(make_journey(in_scope), None, {"title": "Autumn"}, [])
    add(draft, "anna@example.org")
    ask_invitations(draft)
    tend_rounds()
    before = OutgoingMail.objects.count()
    open_round(draft)

    tend_rounds()

    assert (before, OutgoingMail.objects.count()) == (0, 1)


def test_invitations_of_many_take_a_constant_number_of_queries_a_chunk(round_):
    people = "\n".join(f"p{number}@example.org" for number in range(400))
    add(round_, people)
    ask_invitations(round_)

    with CaptureQueriesContext(connection) as queries:
        tend_rounds()

    assert OutgoingMail.objects.count() == 400
    assert len(queries) < 50
    assert not Recipient.objects.exclude(to_send="").exists()


def test_nobody_is_invited_twice(round_):
    invite(round_, "anna@example.org")

    ask_invitations(round_)
    tend_rounds()

    assert OutgoingMail.objects.count() == 1


def test_reminder_goes_to_those_who_have_not_answered_once_a_day(round_):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        _anna, per = invite(round_, "anna@example.org\nper@example.org")
    send_due_mails()
    mail.outbox.clear()
    Recipient.objects.filter(pk=per.pk).update(has_answered=True)

    for _ in range(2):
        ask_reminders(round_)
        tend_rounds()
    send_due_mails()

    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["anna@example.org"], "Reminder: Northern Air asks you: how is it for our customers?")
    ]
    assert list(Recipient.objects.order_by("email").values_list("reminder_count", flat=True)) == [1, 0]


def test_who_answers_before_the_reminder_leaves_does_not_get_it(round_):
    (anna,) = invite(round_, "anna@example.org")
    Recipient.objects.update(has_answered=True)

    send_due_mails()

    assert (mail.outbox, OutgoingMail.objects.count()) == ([], 0)
    assert fill_words(f"{anna.pk}:{anna.token_hmac[:32]}") is None


def test_mail_of_a_closed_round_does_not_leave(round_):
    invite(round_, "anna@example.org")
    close_round(round_)

    send_due_mails()

    assert mail.outbox == []


def test_planned_reminder_leaves_once_so_many_days_before_the_end(in_scope):
    begin = datetime(2026, 11, 2, 9, tzinfo=UTC)
    with time_machine.travel(begin):
        fields = {"title": "Autumn", "closes_at": begin + timedelta(days=10), "reminder_days": 3}
        round_ = open_round(plan_round(make_journey(in_scope), None, fields, []))
        invite(round_, "anna@example.org")
        send_due_mails()
    sent = []
    for days in (6, 7.01, 7.1, 8):
        with time_machine.travel(begin + timedelta(days=days)):
            tend_rounds()
            send_due_mails()
        sent.append(len(mail.outbox))

    assert sent == [1, 2, 2, 2]


def test_round_opened_again_plans_its_reminder_before_the_new_end(in_scope):
    begin = datetime(2026, 11, 2, 9, tzinfo=UTC)
    with time_machine.travel(begin, tick=False):
        fields = {"title": "Autumn", "closes_at": begin + timedelta(days=10), "reminder_days": 3}
        round_ = close_round(open_round(plan_round(make_journey(in_scope), None, fields, [])))

        reopened = reopen_round(round_, "Holidays", begin + timedelta(days=20))

    assert reopened.remind_at == begin + timedelta(days=17)


def test_who_was_not_invited_in_time_is_not_said_to_be_on_the_way(manager_client, round_):
    add(round_, "anna@example.org")
    ask_invitations(round_)
    close_round(round_)

    page = manager_client.get(address("recipient_list", round_.pk)).content.decode()

    assert "not sent: the round closed" in page
    assert "on its way" not in page


def test_pages_tell_counts_and_never_who_has_answered(manager_client, round_):
    invite(round_, "\n".join([f"p{n}@example.org,Gate team" for n in range(5)] + ["eva@example.org,Lounge"]))
    before = manager_client.get(address("recipient_list", round_.pk)).content.decode()
    Recipient.objects.filter(email__in=["p1@example.org", "eva@example.org"]).update(has_answered=True)

    response = manager_client.get(address("recipient_list", round_.pk))

    counted = [(row.group, row.invited, row.answered) for row in response.context["counts"].rows]
    assert counted == [("Gate team", 5, 1), ("Lounge", 1, None)]
    rows = [page.split('id="list-title"')[1] for page in (before, response.content.decode())]
    assert rows[0] == rows[1]


def test_reminding_answers_alike_whether_there_is_anybody_to_remind(manager_client, round_):
    invite(round_, "anna@example.org")
    pages = []
    for has_answered in (False, True):
        Recipient.objects.update(has_answered=has_answered, invited_on=timezone.localdate() - timedelta(days=1))
        answer = manager_client.post(address("recipient_remind", round_.pk), follow=True)
        pages.append(re.sub(r'value="[\w-]{16,}"', "", answer.content.decode()))

    assert pages[0] == pages[1]
    assert "gets a reminder now" in pages[0]


def test_refused_address_is_shown_with_the_reason_and_corrected(manager_client, round_, settings):
    anna, per = invite(round_, "ana@example.org\nper@example.org")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with mail_server({"ana@example.org": "550 5.1.1 No such user"}) as server:
        settings.EMAIL_PORT = server.port
        sent = send_due_mails()
        tend_rounds()
        page = manager_client.get(address("recipient_list", round_.pk) + "?only=bounced").content.decode()
        manager_client.post(
            address("recipient_edit", anna.pk), {"email": "Anna@example.org", "name": "Anna", "language": "sv"}
        )
        tend_rounds()
        sent_again = send_due_mails()

    corrected = Recipient.objects.get(pk=anna.pk)
    assert (sent, sent_again) == (1, 1)
    assert "550 5.1.1 No such user" in page
    assert "per@example.org" not in page.split('id="list-title"')[1]
    assert [recipient for recipient, _text in server.taken] == ["per@example.org", "anna@example.org"]
    assert answer_address(corrected) in message_from_bytes(server.taken[1][1].encode(), policy=default).get_content()
    assert (corrected.bounced_on, corrected.bounce_reason) == (None, "")
    assert find_link(token_of(anna.nonce)) is None
    assert find_link(token_of(per.nonce)) == per


def test_address_that_waits_for_a_busy_server_has_not_come_back(round_, settings):
    invite(round_, "anna@example.org")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"

    with mail_server({"anna@example.org": "451 Try later"}) as server:
        settings.EMAIL_PORT = server.port
        send_due_mails()
    tend_rounds()

    assert OutgoingMail.objects.get().attempts == 1
    assert Recipient.objects.get().bounced_on is None


def test_mail_to_an_address_corrected_meanwhile_does_not_leave(manager_client, round_):
    (anna,) = invite(round_, "ana@example.org")

    data = {"email": "anna@example.org", "name": "", "language": "en"}
    manager_client.post(address("recipient_edit", anna.pk), data)
    tend_rounds()
    send_due_mails()

    assert [message.to for message in mail.outbox] == [["anna@example.org"]]


def test_address_marked_by_hand_gets_no_more_mails(manager_client, round_):
    (anna,) = invite(round_, "anna@example.org")

    manager_client.post(address("recipient_bounce", anna.pk))
    send_due_mails()

    assert mail.outbox == []
    assert Recipient.objects.get().bounce_reason == "marked by Manager"


def test_only_who_was_not_invited_can_be_taken_off(manager_client, round_):
    (anna,) = invite(round_, "anna@example.org")
    per = add(round_, "per@example.org")[1]

    for person in (anna, per):
        manager_client.post(address("recipient_remove", person.pk))

    assert list(Recipient.objects.all()) == [anna]


def test_correcting_into_a_listed_address_is_refused(manager_client, round_):
    anna, _per = add(round_, "anna@example.org\nper@example.org")

    data = {"email": "per@example.org", "name": "", "language": "en"}
    response = manager_client.post(address("recipient_edit", anna.pk), data)

    assert response.status_code == 422
    assert response.context["form"].errors == {"email": ["This address is on the list already."]}


def test_list_asks_as_much_for_one_person_as_for_50(manager_client, round_):
    url = address("recipient_list", round_.pk)
    counts = []
    for people in (["first@example.org,Lounge"], [f"p{n}@example.org,Gate team" for n in range(49)]):
        add(round_, "\n".join(people))
        manager_client.get(url)
        with CaptureQueriesContext(connection) as queries:
            manager_client.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1] < 20


def test_list_is_searched(manager_client, round_):
    add(round_, "anna@example.org,Anna Berg\nper@example.org")

    people = manager_client.get(address("recipient_list", round_.pk) + "?q=BERG").context["people"]

    assert [person.email for person in people] == ["anna@example.org"]


@pytest.mark.django_db(transaction=True)
def test_workers_that_mail_at_once_write_to_each_person_once(organisation, monkeypatch):
    monkeypatch.setattr(mailing, "CHUNK", 4)
    with scope(organisation=organisation):
        round_ = make_open_round(organisation)
        add(round_, "\n".join(f"p{number}@example.org" for number in range(20)))
        ask_invitations(round_)
    start, problems = threading.Barrier(3), []

    def work() -> None:
        start.wait()
        try:
            with scope(organisation=organisation):
                mailing.mail_waiting(round_)
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == sorted(f"p{n}@example.org" for n in range(20))
