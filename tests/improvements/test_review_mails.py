"""The mail before a review: to whom, when, once, and what stands in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core import mail as outbox
from django_scopes import scope

from accounts.access import Role
from accounts.mail import send_due_mails
from accounts.models import Membership, Organisation, OutgoingMail, User
from improvements.models import ReviewRhythm
from improvements.reviews.keeping import end_rhythm, set_rhythm
from improvements.reviews.mails import call_for_reviews, tend_reviews
from journeys.models import Journey
from tests.improvements.made_reviews import make_journey, make_result, make_rhythm

REVIEW_ON = date(2026, 12, 14)
FIVE_DAYS_BEFORE = datetime(2026, 12, 9, 9, tzinfo=UTC)


@pytest.fixture
def journey(organisation, time_machine) -> Journey:
    time_machine.move_to(FIVE_DAYS_BEFORE, tick=False)
    with scope(organisation=organisation):
        return make_journey(organisation)


def planned(journey: Journey, members, **fields) -> ReviewRhythm:
    with scope(organisation=journey.organisation):
        return make_rhythm(journey, REVIEW_ON, members, **fields)


def sent_to() -> list[str]:
    tend_reviews()
    send_due_mails()
    return sorted(mail.to[0] for mail in outbox.outbox)


def body_to(address: str) -> str:
    return next(mail.body for mail in outbox.outbox if mail.to == [address])


def test_mail_holds_date_place_agenda_and_the_way_to_it(journey, manager, settings):
    settings.PUBLIC_URL = "https://moments.example"
    with scope(organisation=journey.organisation):
        make_result(journey)
    planned(journey, [manager], place="Room 4, at ten")

    sent_to()

    [sent] = outbox.outbox
    assert sent.subject == "Review of “A trip with us” on 14 Dec 2026"
    lines = sent.body.splitlines()
    assert "Where: Room 4, at ten" in lines
    assert "- Waits at the gate: about 7,500 damaged contacts a year (by customers)" in lines
    assert f"https://moments.example/northern-air/journeys/{journey.pk}/review/" in lines
    assert "because Manager noted that you meet about this journey" in sent.body
    assert "[[" not in sent.body


def test_members_get_what_they_may_see_and_outsiders_no_way_in(journey, manager, make_member, organisation):
    with scope(organisation=organisation):
        make_result(journey)
    staff = make_member(organisation, Role.STAFF)
    planned(journey, [manager, staff], addresses=["partner@example.org"])

    got = sent_to()

    says = "What the round “Autumn” says"
    assert got == ["manager@northern-air.example", "partner@example.org", "staff@northern-air.example"]
    assert [says in body_to(to) for to in got] == [True, True, False]
    assert ["/review/" in body_to(to) for to in got] == [True, False, True]


def test_address_of_a_member_gets_one_mail(journey, manager):
    planned(journey, [manager], addresses=[manager.email])

    assert sent_to() == [manager.email]


def test_mails_leave_once(journey, manager):
    planned(journey, [manager])
    tend_reviews()
    again = call_for_reviews()

    assert (again, sent_to()) == (0, [manager.email])


@pytest.mark.parametrize(
    ("now", "zone", "count"),
    [
        (datetime(2026, 12, 9, 6, 59, tzinfo=UTC), "UTC", 0),
        (datetime(2026, 12, 9, 7, tzinfo=UTC), "UTC", 1),
        (datetime(2026, 12, 8, 22, tzinfo=UTC), "Asia/Tokyo", 1),
        (datetime(2026, 12, 9, 9, tzinfo=UTC), "America/Los_Angeles", 0),
        (datetime(2026, 12, 14, 23, tzinfo=UTC), "UTC", 1),
    ],
)
def test_mails_are_due_by_the_clock_of_the_organisation(journey, manager, time_machine, now, zone, count):
    planned(journey, [manager])
    Organisation.objects.update(time_zone=zone)
    time_machine.move_to(now, tick=False)

    assert call_for_reviews() == count


def test_review_whose_day_is_over_is_not_announced(journey, manager, time_machine):
    planned(journey, [manager])
    time_machine.move_to(datetime(2026, 12, 15, 9, tzinfo=UTC), tick=False)

    assert (sent_to(), call_for_reviews()) == ([], 0)


def test_archived_journey_announces_nothing(journey, manager):
    planned(journey, [manager])
    with scope(organisation=journey.organisation):
        Journey.objects.update(archived_at=FIVE_DAYS_BEFORE)

    assert sent_to() == []


def test_who_left_before_the_mail_did_gets_none(journey, manager, make_member, organisation):
    leader = make_member(organisation, Role.LEADER)
    planned(journey, [manager, leader])
    tend_reviews()
    Membership.objects.filter(user=leader).delete()

    assert sent_to() == [manager.email]


def test_review_that_was_moved_or_ended_takes_its_mails_back(journey, manager):
    rhythm = planned(journey, [manager], addresses=["partner@example.org"])
    tend_reviews()
    values = {"rhythm": "monthly", "next_on": date(2026, 12, 21), "place": "", "addresses": [], "remind_days": 5}
    with scope(organisation=journey.organisation):
        set_rhythm(journey, rhythm.version, values, [manager], manager)
        send_due_mails()
        end_rhythm(journey)

    assert (outbox.outbox, OutgoingMail.objects.count()) == ([], 0)


def test_waiting_mail_holds_no_figure_and_no_address_in_its_argument(journey, manager):
    with scope(organisation=journey.organisation):
        make_result(journey)
    planned(journey, [manager], addresses=["partner@example.org"])

    tend_reviews()

    waiting = list(OutgoingMail.objects.all())
    assert {mail.body for mail in waiting} == {"[[text]]\n"}
    assert [mail.fill_argument for mail in waiting if "@" in mail.fill_argument] == []


def test_each_reads_the_mail_in_their_language_and_who_has_none_in_that_of_the_map(journey, manager, make_member):
    with scope(organisation=journey.organisation):
        make_result(journey)
        Journey.objects.filter(pk=journey.pk).update(language="ar")
        journey.refresh_from_db()
    User.objects.filter(pk=manager.pk).update(language="de")
    plain = make_member(journey.organisation, Role.LEADER)
    planned(journey, [manager, plain], addresses=["partner@example.org"])

    sent_to()

    read = {mail.to[0]: (mail.subject, mail.body) for mail in outbox.outbox}
    words = {
        manager.email: ("Durchsicht von", "Der Moment, der am meisten schadet", "nach dem Urteil der Kunden"),
        plain.email: ("Review of", "The moment that does most damage", "by customers"),
        "partner@example.org": ("مراجعة", "اللحظة الأكثر ضررًا", "بحسب العملاء"),
    }
    assert {to: (subject.startswith(words[to][0]), *(part in body for part in words[to][1:]))
            for to, (subject, body) in read.items()} == dict.fromkeys(words, (True, True, True))  # fmt: skip
