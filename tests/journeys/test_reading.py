"""Which moment a reading aid points to."""

from __future__ import annotations

import pytest

from journeys import reading
from journeys.reading import Reading


def moment(level: int | None = 3, contacts: float = 1, seconds: float = 10, channel: str = "phone") -> Reading:
    return Reading(level, contacts, seconds, channel)


def test_weakest_is_the_lowest_level_then_the_most_contacts():
    moments = [moment(4), moment(2, 1), moment(None, 99), moment(2, 5), moment(2, 5)]

    assert reading.weakest_moment(moments) == 3


def test_longest_wait_passes_over_longer_moments_that_are_none():
    moments = [moment(seconds=900), moment(seconds=20, channel="waiting"), moment(seconds=40, channel="waiting")]

    assert reading.longest_wait(moments) == 2
    assert reading.longest_moment(moments) == 0


def test_most_contacts_takes_the_first_of_equals():
    assert reading.most_contacts([moment(contacts=1), moment(contacts=3), moment(contacts=3)]) == 1


def test_least_value_a_second_is_the_damage_that_takes_most_time():
    short_criminal, long_basic = moment(1, contacts=1, seconds=5), moment(2, contacts=2, seconds=30)
    longer_but_good = moment(6, contacts=9, seconds=900)

    assert reading.least_value_a_second([longer_but_good, short_criminal, long_basic]) == 2


def test_least_value_a_second_without_damage_is_the_indifference_that_takes_most_time():
    moments = [moment(4, seconds=99), moment(3, seconds=10), moment(3, seconds=20), moment(None, seconds=9_999)]

    assert reading.least_value_a_second(moments) == 2


@pytest.mark.parametrize(
    ("aid", "moments"),
    [
        (reading.weakest_moment, [moment(None)]),
        (reading.longest_wait, [moment()]),
        (reading.longest_moment, [moment(seconds=0)]),
        (reading.most_contacts, [moment(contacts=0)]),
        (reading.least_value_a_second, [moment(1, seconds=0), moment(None)]),
        (reading.least_value_a_second, []),
        (reading.most_contacts, [moment(), moment()]),
        (reading.longest_moment, [moment(), moment()]),
        (reading.weakest_moment, [moment(), moment()]),
    ],
)
def test_aid_finds_nothing_where_there_is_nothing(aid, moments):
    assert aid(moments) is None
