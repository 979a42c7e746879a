"""Maps that nobody touched for 90 days say so, and one click says that they are still right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.access import Role
from journeys.freshness import check_journey, is_untouched
from journeys.models import Journey

CHANGED = datetime(2026, 3, 1, 12, tzinfo=UTC)
OLD = timedelta(days=90)


def address(name: str, *args: int) -> str:
    return reverse(name, args=["northern-air", *args])


@pytest.fixture
def old_trip(trip, time_machine):
    """Last changed on 1 March; today is 30 May, 90 days later."""
    Journey.objects.filter(pk=trip.pk).update(changed_at=CHANGED)
    time_machine.move_to(CHANGED + OLD, tick=False)
    return trip


@pytest.mark.parametrize(
    ("checked_at", "age", "expected"),
    [
        (None, OLD, True),
        (None, OLD - timedelta(seconds=1), False),
        (CHANGED + timedelta(days=1), OLD, False),
        (CHANGED + timedelta(days=1), OLD + timedelta(days=1), True),
        (CHANGED - timedelta(days=50), OLD - timedelta(days=1), False),
    ],
)
def test_map_is_untouched_from_90_days_on(checked_at, age, expected):
    assert is_untouched(CHANGED, checked_at, CHANGED + age) is expected


def test_untouched_map_says_so_with_its_date(manager_client, old_trip):
    page = manager_client.get(address("journey_map", old_trip.pk)).content.decode()
    tiles = manager_client.get(address("journey_list")).content.decode()

    assert "Not touched for 90 days: last changed on 1 Mar 2026." in page
    assert "not touched for 90 days: still right?" in tiles


def test_map_touched_lately_says_nothing(manager_client, old_trip, time_machine):
    time_machine.move_to(CHANGED + OLD - timedelta(days=1), tick=False)

    page = manager_client.get(address("journey_map", old_trip.pk)).content.decode()
    tiles = manager_client.get(address("journey_list")).content.decode()

    assert "Not touched" not in page
    assert "not touched" not in tiles


def test_cached_map_grows_old_overnight(manager_client, old_trip, time_machine):
    time_machine.move_to(CHANGED + OLD - timedelta(hours=1), tick=False)
    first = manager_client.get(address("journey_map", old_trip.pk))

    time_machine.move_to(CHANGED + OLD, tick=False)
    second = manager_client.get(address("journey_map", old_trip.pk), headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 200
    assert b"Not touched for 90 days" in second.content


def test_still_right_notes_who_and_when_and_makes_no_version(manager_client, manager, old_trip):
    response = manager_client.post(address("journey_check", old_trip.pk), follow=True)

    journey = Journey.objects.get(pk=old_trip.pk)
    assert (journey.checked_by, journey.checked_at) == (manager, CHANGED + OLD)
    assert (journey.version, journey.changed_at) == (old_trip.version, CHANGED)
    assert b"you looked through this map today" in response.content
    assert b"Not touched" not in response.content


def test_map_grown_old_again_names_who_looked_through_it(client_of, manager, old_trip, time_machine):
    check_journey(old_trip, manager)

    time_machine.move_to(CHANGED + OLD + OLD, tick=False)
    page = client_of(manager).get(address("journey_map", old_trip.pk)).content.decode()

    assert "Not touched for 90 days: last changed on 1 Mar 2026. Looked through on 30 May 2026 by Manager." in page


def test_archived_map_may_grow_old(manager_client, old_trip):
    Journey.objects.filter(pk=old_trip.pk).update(archived_at=CHANGED)

    assert b"Not touched" not in manager_client.get(address("journey_map", old_trip.pk)).content
    assert b"not touched" not in manager_client.get(address("journey_list")).content


def test_leader_is_told_but_not_asked(client_of, make_member, organisation, old_trip):
    leader = client_of(make_member(organisation, Role.LEADER))

    page = leader.get(address("journey_map", old_trip.pk)).content.decode()

    assert "It may no longer show what customers meet today." in page
    assert "Still right" not in page
