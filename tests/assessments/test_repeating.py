"""Rounds that come again by themselves."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django_scopes import scope

from assessments.group_lines import GroupLine
from assessments.links import find_link
from assessments.models import OpenLink, Recipient, Round
from assessments.planning import change_draft, change_opened, delete_draft, plan_round
from assessments.recipient_lists import read_recipients
from assessments.recipients import add_recipients, ask_invitations
from assessments.repeating import make_next, stop_repeating
from assessments.rounds import close_round, open_round
from assessments.tending import tend_rounds
from assessments.tokens import token_of
from tests.assessments.rounds import make_journey

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=OSLO)


@pytest.fixture
def oslo(in_scope):
    in_scope.time_zone = "Europe/Oslo"
    in_scope.save()
    return in_scope


def repeating(organisation, opens_at: datetime, closes_at: datetime, repeats: str = "monthly", **fields) -> Round:
    """An open one, on a clock that stands at its opening."""
    planned = {"title": "Autumn", "opens_at": opens_at, "closes_at": closes_at, "repeats": repeats, **fields}
    return plan_round(make_journey(organisation), None, planned, [])


def walk(rounds: int, begin: datetime) -> list[tuple[datetime, datetime]]:
    """Local times of so many rounds, each opened and closed by the worker as planned."""
    now, times = begin, []
    for _ in range(rounds):
        with time_machine.travel(now + timedelta(minutes=1), tick=False):
            tend_rounds()
            opened = Round.objects.get(state="open")
        with time_machine.travel(opened.closes_at + timedelta(minutes=1), tick=False):
            tend_rounds()
        times.append((opened.opens_at.astimezone(OSLO), opened.closes_at.astimezone(OSLO)))
        now = Round.objects.get(previous=opened).opens_at
    return times


def test_last_day_of_the_month_stays_the_last_and_the_hour_the_local_one(oslo):
    with time_machine.travel(local(2027, 1, 30), tick=False):
        repeating(oslo, local(2027, 1, 31, 9), local(2027, 2, 7, 18))

    times = walk(4, local(2027, 1, 31, 9))

    assert times == [
        (local(2027, 1, 31, 9), local(2027, 2, 7, 18)),
        (local(2027, 2, 28, 9), local(2027, 3, 7, 18)),
        (local(2027, 3, 31, 9), local(2027, 4, 7, 18)),
        (local(2027, 4, 30, 9), local(2027, 5, 7, 18)),
    ]
    assert Round.objects.filter(state="closed").count() == 4


def test_quarter_is_three_months(oslo):
    with time_machine.travel(local(2026, 11, 30), tick=False):
        repeating(oslo, local(2026, 11, 30, 9), local(2026, 12, 10, 9), "quarterly")

    times = walk(3, local(2026, 11, 30, 9))

    assert [opens for opens, _ in times] == [local(2026, 11, 30, 9), local(2027, 2, 28, 9), local(2027, 5, 30, 9)]


def test_end_never_comes_before_the_beginning_in_a_short_month(oslo):
    with time_machine.travel(local(2027, 1, 29), tick=False):
        repeating(oslo, local(2027, 1, 30, 9), local(2027, 1, 31, 8))

    times = walk(2, local(2027, 1, 30, 9))

    assert times[1] == (local(2027, 2, 28, 9), local(2027, 3, 1, 8))


def test_next_has_groups_settings_people_and_the_codes_on_the_wall(oslo):
    now = local(2026, 11, 2, 9)
    with time_machine.travel(now, tick=False):
        fields = {"minimum_group": 7, "languages": ["sv"], "asks_times": False, "reminder_days": 2, "audience": "both"}
        round_ = repeating(oslo, now, local(2026, 11, 16, 18), title="November 2026", **fields)
        change_draft(round_, {}, [GroupLine("Gate team", 24), GroupLine("Lounge", None)])
        OpenLink.objects.filter(group__name="Lounge").update(cap=40)
        people = read_recipients(round_, "staff", b"anna@example.org,Anna,Lounge\nper@example.org\nulf@example.org")
        add_recipients(round_, "staff", people.lines)
        ask_invitations(round_)
        Recipient.objects.filter(email="ulf@example.org").update(bounced_on=now.date())
        open_round(round_)
        tend_rounds()

    following = Round.objects.get(previous=round_)
    words = {name: getattr(following, name) for name in ("title", "state", "minimum_group", "languages", "asks_times")}
    assert words == {
        "title": "December 2026",
        "state": "draft",
        "minimum_group": 7,
        "languages": ["sv"],
        "asks_times": False,
    }
    assert following.remind_at == local(2026, 12, 14, 18)
    assert list(following.groups.values_list("name", "people")) == [("Gate team", 24), ("Lounge", None)]
    old, new = (
        sorted(OpenLink.objects.filter(round=row).values_list("view", "group__name", "nonce", "token_hmac", "cap"))
        for row in (round_, following)
    )
    assert old == new
    assert len(new) == 4
    before, after = (
        dict(Recipient.objects.filter(round=row).values_list("email", "nonce")) for row in (round_, following)
    )
    assert set(after) == {"anna@example.org", "per@example.org"}
    assert not set(before.values()) & set(after.values())
    copied = Recipient.objects.filter(round=following).values_list("email", "name", "group__name", "to_send")
    assert list(copied) == [
        ("anna@example.org", "Anna", "Lounge", "invitation"),
        ("per@example.org", "", None, "invitation"),
    ]  # fmt: skip


def test_code_on_the_wall_leads_to_the_round_that_is_open(oslo):
    with time_machine.travel(local(2026, 11, 2, 8), tick=False):
        round_ = repeating(oslo, local(2026, 11, 2, 9), local(2026, 11, 16, 18))
    token = token_of(OpenLink.objects.get().nonce)
    led_to = []
    for when in (local(2026, 11, 3), local(2026, 11, 20), local(2026, 12, 2, 10)):
        with time_machine.travel(when, tick=False):
            tend_rounds()
            led_to.append(find_link(token).round.title)

    assert led_to == ["Autumn", "Autumn, December 2026", "Autumn, December 2026"]
    assert Round.objects.get(previous=round_).is_open


def test_round_opened_by_hand_comes_again_on_its_day(oslo):
    with time_machine.travel(local(2026, 11, 5, 13, 7), tick=False):
        round_ = repeating(oslo, None, local(2026, 11, 16, 18))
        open_round(round_)
        tend_rounds()

    assert Round.objects.get(previous=round_).opens_at == local(2026, 12, 5, 13)


def test_worker_that_slept_for_months_prepares_no_round_of_the_past(oslo):
    with time_machine.travel(local(2026, 1, 5, 9), tick=False):
        round_ = repeating(oslo, local(2026, 1, 5, 9), local(2026, 1, 16, 18))
        open_round(round_)

    with time_machine.travel(local(2026, 6, 20), tick=False):
        tend_rounds()

    following = Round.objects.get(previous=round_)
    assert (following.opens_at, following.closes_at) == (local(2026, 7, 5, 9), local(2026, 7, 16, 18))


def test_round_whose_whole_time_was_slept_through_is_left_out(oslo):
    round_ = _opened(oslo)

    with time_machine.travel(local(2027, 1, 20), tick=False):
        tend_rounds()

    following = Round.objects.get(previous=round_)
    assert (following.title, following.state) == ("Autumn, February 2027", "draft")
    assert (following.opens_at, following.closes_at) == (local(2027, 2, 2, 9), local(2027, 2, 16, 18))


def test_stopping_takes_back_the_next_one(oslo):
    round_ = _opened(oslo)

    stop_repeating(round_)
    tend_rounds()

    assert list(Round.objects.values_list("title", "repeats")) == [("Autumn", "")]


def test_stopping_leaves_a_next_one_that_somebody_has_changed_to_be_opened_by_hand(oslo):
    round_ = _opened(oslo)
    change_draft(Round.objects.get(previous=round_), {"title": "Winter"}, [])

    stop_repeating(round_)

    assert Round.objects.filter(title="Winter").values_list("opens_at", "repeats", "state").get() == (None, "", "draft")


def test_another_rhythm_prepares_the_next_one_anew(oslo):
    round_ = _opened(oslo)
    first = Round.objects.get(previous=round_)

    with time_machine.travel(local(2026, 11, 3), tick=False):
        change_opened(round_, {"repeats": "quarterly"}, {})
        tend_rounds()

    following = Round.objects.get(previous=round_)
    assert following.pk != first.pk
    assert following.opens_at == local(2027, 2, 2, 9)


def test_next_one_that_is_deleted_does_not_come_back(oslo):
    round_ = _opened(oslo)

    delete_draft(Round.objects.get(previous=round_))
    tend_rounds()

    assert list(Round.objects.values_list("repeats", flat=True)) == [""]


def test_archived_journey_is_asked_about_no_more(oslo):
    with time_machine.travel(local(2026, 11, 2, 9), tick=False):
        round_ = repeating(oslo, local(2026, 11, 2, 9), local(2026, 11, 16, 18))
        open_round(round_)
        round_.journey.archived_at = local(2026, 11, 2, 10)
        round_.journey.save()

        tend_rounds()

    assert not Round.objects.filter(previous=round_).exists()


def test_manager_sees_the_next_one_and_stops_it(oslo, manager_client):
    round_ = _opened(oslo)
    page = manager_client.get(round_.get_absolute_url()).content.decode()

    manager_client.post(reverse("round_stop", args=["northern-air", round_.pk]))

    assert "It comes again every month." in page
    assert "Autumn, December 2026" in page
    assert Round.objects.count() == 1


def _opened(organisation) -> Round:
    """Open, with its next one prepared."""
    with time_machine.travel(local(2026, 11, 2, 9), tick=False):
        round_ = repeating(organisation, local(2026, 11, 2, 9), local(2026, 11, 16, 18))
        open_round(round_)
        tend_rounds()
    return round_


@pytest.mark.django_db(transaction=True)
def test_two_workers_prepare_one_next_round(organisation):
    with scope(organisation=organisation):
        now = datetime.now(UTC)
        round_ = repeating(organisation, now + timedelta(hours=1), now + timedelta(days=9))
        open_round(round_)
    start, problems = threading.Barrier(4), []

    def work() -> None:
        start.wait()
        try:
            with scope(organisation=organisation):
                make_next(round_)
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with scope(organisation=organisation):
        assert Round.objects.filter(previous=round_).count() == 1
        close_round(round_)
    assert problems == []
