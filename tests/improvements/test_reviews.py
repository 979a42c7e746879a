"""Reviews planned, begun, written down, closed; and what a map says of its review."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.access import Role
from improvements.models import Review, ReviewRhythm
from improvements.reviews.keeping import (
    ReviewDay,
    StaleReview,
    begin_review,
    close_review,
    day_after,
    discard_review,
    end_rhythm,
    journeys_past_review,
    question_number,
    review_of,
    set_rhythm,
    write_minutes,
)
from improvements.reviews.questions import QUESTIONS
from journeys.models import Journey
from tests.improvements.made_reviews import make_journey, make_rhythm

TODAY = date(2026, 11, 23)
PLANNED = date(2026, 12, 14)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("UTC")), tick=False)


@pytest.fixture
def journey(in_scope) -> Journey:
    return make_journey(in_scope)


def address(name: str, *args: int) -> str:
    return reverse(name, args=["northern-air", *args])


def written(**fields) -> dict[str, object]:
    return {"held_on": TODAY, "who_was_there": "", "minutes": "", "decisions": "", **fields}


def test_planned_review_stands_on_the_journey_and_makes_no_version(journey, manager):
    version = journey.version

    rhythm = make_rhythm(journey, PLANNED, [manager], remind_days=3)

    row = Journey.objects.get(pk=journey.pk)
    assert (row.review_on, row.version) == (PLANNED, version)
    assert (rhythm.day, rhythm.remind_on, rhythm.version) == (14, date(2026, 12, 11), 1)
    assert review_of(row) == ReviewDay(PLANNED, is_overdue=False)


def test_rhythm_that_somebody_else_changed_is_not_overwritten(journey, manager):
    values = {"rhythm": "monthly", "next_on": PLANNED, "place": "", "addresses": [], "remind_days": 5}
    set_rhythm(journey, 0, values, [manager], manager)

    with pytest.raises(StaleReview):
        set_rhythm(journey, 0, {**values, "place": "Room 4"}, [manager], manager)

    assert ReviewRhythm.objects.get(journey=journey).place == ""


def test_change_of_people_sends_no_second_mail(journey, manager):
    rhythm = make_rhythm(journey, PLANNED, [manager])
    ReviewRhythm.objects.update(remind_on=None)
    values = {"rhythm": "monthly", "next_on": PLANNED, "place": "Room 4", "addresses": [], "remind_days": 5}

    set_rhythm(journey, rhythm.version, values, [manager], manager)

    assert ReviewRhythm.objects.get(journey=journey).remind_on is None


def test_review_is_overdue_from_the_day_after(journey, manager, time_machine):
    make_rhythm(journey, TODAY, [manager])
    on_the_day = review_of(journey)

    time_machine.move_to(timezone.now() + timedelta(days=1), tick=False)

    assert on_the_day == ReviewDay(TODAY, is_overdue=False)
    assert review_of(journey) == ReviewDay(TODAY, is_overdue=True)
    assert journeys_past_review(journey.organisation) == [journey]


def test_archived_journey_has_no_review(journey, manager):
    make_rhythm(journey, TODAY - timedelta(days=1), [manager])
    journey.archived_at = timezone.now()
    journey.save(update_fields=["archived_at"])

    assert review_of(journey) is None
    assert journeys_past_review(journey.organisation) == []


def test_closing_plans_the_next_review_and_its_mail(journey, manager):
    rhythm = make_rhythm(journey, TODAY, [manager])
    review = begin_review(journey, manager)
    next_on = day_after(review, rhythm)

    close_review(review, next_on)

    rhythm.refresh_from_db()
    row = Review.objects.get(pk=review.pk)
    assert (next_on, Journey.objects.get(pk=journey.pk).review_on) == (date(2026, 12, 23), date(2026, 12, 23))
    assert (rhythm.remind_on, row.due_on, row.closed_at) == (date(2026, 12, 18), TODAY, timezone.now())


def test_closing_twice_keeps_the_first_date(journey, manager):
    make_rhythm(journey, TODAY, [manager])
    review = begin_review(journey, manager)
    close_review(review, PLANNED)

    close_review(review, PLANNED + timedelta(days=30))

    assert Journey.objects.get(pk=journey.pk).review_on == PLANNED


def test_minutes_begun_twice_are_one(journey, manager):
    assert begin_review(journey, manager) == begin_review(journey, manager)


def test_each_review_has_the_next_question_until_all_were_asked(journey, manager):
    asked = []
    for _number in range(len(QUESTIONS)):
        review = begin_review(journey, manager)
        asked.append(review.question)
        close_review(review, None)

    assert sorted(asked) == list(range(24))
    assert question_number(journey) == asked[0]


def test_minutes_of_two_at_once_are_not_lost(journey, manager, make_member, organisation):
    review, other = begin_review(journey, manager), make_member(organisation, Role.OWNER)
    write_minutes(review, 1, written(minutes="First"), manager)

    with pytest.raises(StaleReview) as stale:
        write_minutes(review, 1, written(minutes="Second"), other)

    row = Review.objects.get(pk=review.pk)
    assert (row.minutes, row.version, stale.value.theirs.minutes) == ("First", 2, "First")


def test_minutes_sent_twice_are_written_once(journey, manager):
    review = begin_review(journey, manager)

    write_minutes(review, 1, written(minutes="First"), manager)
    write_minutes(review, 1, written(minutes="First"), manager)

    assert Review.objects.get(pk=review.pk).version == 2


def test_empty_minutes_are_taken_back_and_written_ones_stay(journey, manager):
    review = begin_review(journey, manager)
    write_minutes(review, 1, written(minutes="First"), manager)
    stayed = not discard_review(review)
    write_minutes(review, 2, written(), manager)

    gone = discard_review(review)

    assert (stayed, gone, Review.objects.count()) == (True, True, 0)


def test_ended_rhythm_keeps_the_minutes(journey, manager):
    make_rhythm(journey, TODAY, [manager])
    close_review(begin_review(journey, manager), PLANNED)

    end_rhythm(journey)

    assert Journey.objects.get(pk=journey.pk).review_on is None
    assert (ReviewRhythm.objects.count(), Review.objects.count()) == (0, 1)


def test_map_past_its_review_says_so_and_a_cached_one_too(journey, manager, manager_client, time_machine):
    make_rhythm(journey, TODAY, [manager])
    fresh = manager_client.get(address("journey_map", journey.pk))

    time_machine.move_to(timezone.now() + timedelta(days=1), tick=False)
    late = manager_client.get(address("journey_map", journey.pk), headers={"If-None-Match": fresh["ETag"]})

    assert b"Past its review date" not in fresh.content
    assert "the review due on 23 Nov 2026 has not been closed" in late.content.decode()
    assert f'href="{address("review_agenda", journey.pk)}"' in late.content.decode()


def test_review_list_shows_the_most_overdue_first(journey, manager, manager_client, in_scope):
    make_journey(in_scope, "A loan")
    make_rhythm(journey, TODAY - timedelta(days=1), [manager])
    make_rhythm(make_journey(in_scope, "A house"), PLANNED, [manager], rhythm="half_yearly")

    page = manager_client.get(address("review_list")).content.decode()

    places = [
        page.index(words)
        for words in ("A trip with us", "overdue", "A house", "Every half year", "A loan", "not planned")
    ]
    assert places == sorted(places)


def test_review_list_takes_the_same_queries_for_1_and_50(
    journey, manager, manager_client, in_scope, django_assert_max_num_queries
):
    for number in range(50):
        make_rhythm(make_journey(in_scope, f"J{number}"), PLANNED, [manager])

    manager_client.get(address("review_list"))  # which remembers the organisation in the session

    with django_assert_max_num_queries(6):
        manager_client.get(address("review_list"))


def test_other_organisation_is_not_counted(journey, manager, other_organisation):
    make_rhythm(journey, TODAY - timedelta(days=1), [manager])

    with scopes_disabled():
        assert journeys_past_review(other_organisation) == []
