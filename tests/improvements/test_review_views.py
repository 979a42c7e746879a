"""The pages of reviews: plan, agenda, minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from accounts.access import Role
from improvements.models import Action, Review, ReviewRhythm
from improvements.reviews.keeping import begin_review, close_review, write_minutes
from journeys.models import Journey
from tests.improvements.made_reviews import make_journey, make_result, make_rhythm

TODAY = date(2026, 11, 23)
PLANNED = date(2026, 12, 14)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def journey(in_scope) -> Journey:
    return make_journey(in_scope)


def address(name: str, *args: int) -> str:
    return reverse(name, args=["northern-air", *args])


def typed(user, **fields) -> dict[str, object]:
    known = {"rhythm": "monthly", "next_on": "2026-12-14", "place": "Room 4", "members": [user.pk], "addresses": ""}
    return {**known, "remind_days": "5", "version": "0", **fields}


def minutes(**fields) -> dict[str, str]:
    known = {"held_on": "2026-11-23", "who_was_there": "Anna, Bo", "minutes": "All fine", "decisions": "Speak early"}
    return {**known, "version": "1", **fields}


def test_agenda_lists_the_twelve_that_have_waited_longest_and_says_of_how_many(journey, manager_client, organisation):
    for number in range(1, 14):
        Action.objects.create(
            organisation=organisation,
            journey=journey,
            what=f"Late by {number:02}",
            state="doing",
            due_on=TODAY - timedelta(days=number),
        )

    page = manager_client.get(address("review_agenda", journey.pk)).content.decode()

    assert [f"Late by {number:02}" in page for number in (13, 2, 1)] == [True, True, False]
    assert "These are the 12 that have waited longest, of 13." in page
    assert f"?journey={journey.pk}&amp;overdue=yes" in page


def test_rhythm_is_planned_and_shown(journey, manager, manager_client):
    response = manager_client.post(
        address("rhythm_edit", journey.pk), typed(manager, addresses="A@example.org, b@example.org"), follow=True
    )

    page = response.content.decode()
    row = ReviewRhythm.objects.get(journey=journey)
    assert (list(row.members.all()), row.addresses) == ([manager], ["a@example.org", "b@example.org"])
    assert "The next review is on 14 Dec 2026." in page
    assert "Manager, a@example.org, b@example.org" in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"next_on": "2026-11-22"}, "This day is over."),
        ({"next_on": "9026-11-22"}, "Look at the year again."),
        ({"next_on": ""}, "This field is required."),
        ({"rhythm": "daily"}, "Select a valid choice."),
        ({"members": []}, "Choose at least one person who meets."),
        ({"members": ["999999"]}, "Select a valid choice."),
        ({"addresses": "nobody, a@example.org"}, "Not an e-mail address: nobody."),
        ({"addresses": "\n".join(f"a{n}@example.org" for n in range(51))}, "At most 50 addresses."),
        ({"place": "x" * 401}, "at most 400 characters"),
        ({"place": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_bad_rhythm_is_refused_beside_its_field_and_nothing_is_lost(journey, manager, manager_client, fields, message):
    response = manager_client.post(address("rhythm_edit", journey.pk), typed(manager, **fields))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert ReviewRhythm.objects.count() == 0


def test_rhythm_changed_meanwhile_is_shown_again_with_what_was_typed(journey, manager, manager_client):
    make_rhythm(journey, PLANNED, [manager])

    response = manager_client.post(address("rhythm_edit", journey.pk), typed(manager, place="Roof"))

    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="Roof"' in page
    assert '<input type="hidden" name="version" value="1">' in page


def test_agenda_shows_figures_question_and_the_way_to_plan(journey, manager_client):
    make_result(journey)

    page = manager_client.get(address("review_agenda", journey.pk)).content.decode()

    assert "No review is planned." in page
    assert "about 7,500 damaged contacts a year" in page
    assert address("rhythm_edit", journey.pk) in page


def test_staff_see_the_agenda_without_results_minutes_or_people(journey, manager, make_member, organisation, client_of):
    make_result(journey)
    make_rhythm(journey, PLANNED, [manager], addresses=["partner@example.org"])
    review = begin_review(journey, manager)
    write_minutes(review, 1, {**minutes(), "held_on": TODAY, "decisions": "Between us"}, manager)
    close_review(review, PLANNED)
    staff = client_of(make_member(organisation, Role.STAFF))

    page = staff.get(address("review_agenda", journey.pk)).content.decode()

    assert "One question about what customers expect" in page
    hidden = ("Autumn", "7,500", "Between us", "partner@example.org", "Reviews held", "Begin the minutes")
    assert [words for words in hidden if words in page] == []


def test_minutes_are_begun_written_and_closed(journey, manager, manager_client):
    make_rhythm(journey, TODAY, [manager])
    begun = manager_client.post(address("review_begin", journey.pk))
    review = Review.objects.get()
    saved = manager_client.post(begun.url, minutes(), follow=True).content.decode()

    closed = manager_client.post(address("review_close", review.pk), {"next_on": "2026-12-23"}, follow=True)

    page = closed.content.decode()
    assert begun.url == address("review_edit", review.pk)
    assert "Anna, Bo" in saved
    assert 'value="2026-12-23"' in saved  # by the rhythm
    assert "The review is closed. The next one is on 23 Dec 2026." in page
    assert "Speak early" in page


def test_minutes_that_two_wrote_stand_side_by_side(journey, manager, manager_client):
    review = begin_review(journey, manager)
    manager_client.post(address("review_edit", review.pk), minutes(minutes="Theirs"))

    response = manager_client.post(address("review_edit", review.pk), minutes(minutes="Mine <b>"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Mine &lt;b&gt;</textarea>" in page
    assert '<p class="theirs" dir="auto">Theirs</p>' in page
    assert '<input type="hidden" name="version" value="2">' in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"held_on": "2026-11-24"}, "This day is still to come."),
        ({"held_on": "soon"}, "Enter a valid date."),
        ({"minutes": "x" * 20_001}, "at most 20000 characters"),
        ({"minutes": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_bad_minutes_are_refused_and_nothing_is_lost(journey, manager, manager_client, fields, message):
    review = begin_review(journey, manager)

    response = manager_client.post(address("review_edit", review.pk), minutes(**fields))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert "Speak early</textarea>" in response.content.decode()


@pytest.mark.parametrize("next_on", ["2026-11-23", "", "3026-01-01"])
def test_review_is_not_closed_without_a_day_to_come(journey, manager, manager_client, next_on):
    make_rhythm(journey, TODAY, [manager])
    review = begin_review(journey, manager)

    response = manager_client.post(address("review_close", review.pk), {"next_on": next_on})

    review.refresh_from_db()
    assert (response.status_code, review.closed_at) == (422, None)


def test_review_without_a_rhythm_is_closed_without_a_day(journey, manager, manager_client):
    review = begin_review(journey, manager)

    manager_client.post(address("review_close", review.pk))

    review.refresh_from_db()
    assert review.closed_at is not None
    assert Journey.objects.get(pk=journey.pk).review_on is None


def test_empty_minutes_are_discarded_and_written_ones_not(journey, manager, manager_client):
    review = begin_review(journey, manager)
    manager_client.post(address("review_edit", review.pk), minutes())
    refused = manager_client.post(address("review_discard", review.pk), follow=True)
    manager_client.post(
        address("review_edit", review.pk), minutes(version="2", who_was_there="", minutes="", decisions="")
    )

    manager_client.post(address("review_discard", review.pk))

    assert "Something is written in these minutes" in refused.content.decode()
    assert Review.objects.count() == 0


def test_leader_reads_minutes_and_writes_none(journey, manager, make_member, organisation, client_of):
    review = begin_review(journey, manager)
    leader = client_of(make_member(organisation, Role.LEADER))

    page = leader.get(address("review_page", review.pk))

    assert page.status_code == 200
    assert address("review_edit", review.pk) not in page.content.decode()
    assert leader.post(address("review_edit", review.pk), minutes()).status_code == 403


def test_people_of_another_organisation_cannot_be_chosen(
    journey, manager, manager_client, make_member, other_organisation
):
    stranger = make_member(other_organisation, Role.OWNER)

    response = manager_client.post(address("rhythm_edit", journey.pk), typed(manager, members=[stranger.pk]))

    assert response.status_code == 422
    with scopes_disabled():
        assert ReviewRhythm.objects.count() == 0
