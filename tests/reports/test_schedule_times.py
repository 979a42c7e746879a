"""When schedules are due, over months of every length and clocks that change."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.schedule_times import Rhythm, Timing, next_time, times_until
from reports.schedule_words import say_timing

OSLO, UTC_ZONE = ZoneInfo("Europe/Oslo"), ZoneInfo("UTC")


def local(text: str, zone: ZoneInfo = OSLO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("timing", "after", "expected"),
    [
        (Timing("weekly", weekday=0), "2026-11-22 12:00", "2026-11-23 08:00"),
        (Timing("weekly", weekday=0), "2026-11-23 07:59", "2026-11-23 08:00"),
        (Timing("weekly", weekday=0), "2026-11-23 08:00", "2026-11-30 08:00"),
        (Timing("weekly", weekday=6, hour=23), "2026-12-28 00:00", "2027-01-03 23:00"),
        (Timing("monthly", day=1), "2026-11-22 12:00", "2026-12-01 08:00"),
        (Timing("monthly", day=31), "2027-01-31 08:00", "2027-02-28 08:00"),
        (Timing("monthly", day=31), "2027-02-28 08:00", "2027-03-31 08:00"),
        (Timing("monthly", week=1, weekday=0), "2026-11-22 12:00", "2026-12-07 08:00"),
        (Timing("monthly", week=4, weekday=6), "2026-11-22 12:00", "2026-12-27 08:00"),
        (Timing("monthly", week=5, weekday=4), "2026-11-27 09:00", "2026-12-25 08:00"),
        (Timing("monthly", week=5, weekday=0), "2027-03-01 09:00", "2027-03-29 08:00"),
        (Timing("quarterly", day=15), "2026-11-22 12:00", "2027-01-15 08:00"),
        (Timing("quarterly", day=15), "2027-01-15 08:00", "2027-04-15 08:00"),
        (Timing("quarterly", week=2, weekday=1), "2026-10-01 00:00", "2026-10-13 08:00"),
    ],
)
def test_next_time_is_the_first_after_a_moment(timing, after, expected):
    assert next_time(timing, local(after), OSLO) == local(expected)


def test_round_decides_alone_where_it_does():
    timing, now = Timing(Rhythm.ROUND_CLOSED), local("2026-11-22 12:00")

    assert (next_time(timing, now, OSLO), times_until(timing, now, now, OSLO)) == (None, 0)


def test_local_hour_stays_when_clocks_change():
    """Oslo goes from +2 to +1 on 25 October 2026, so a week is an hour longer."""
    before = next_time(Timing("weekly", weekday=0), local("2026-10-18 12:00"), OSLO)
    after = next_time(Timing("weekly", weekday=0), before, OSLO)

    assert (before, after) == (datetime(2026, 10, 19, 6, tzinfo=UTC), datetime(2026, 10, 26, 7, tzinfo=UTC))


def test_hour_that_clocks_leave_out_is_the_one_after_it():
    """On 29 March 2026 two o'clock becomes three."""
    due = next_time(Timing("weekly", weekday=6, hour=2), local("2026-03-28 12:00"), OSLO)

    assert due == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert due.astimezone(OSLO).hour == 3


def test_hour_that_comes_twice_is_the_first():
    due = next_time(Timing("weekly", weekday=6, hour=2), local("2026-10-24 12:00"), OSLO)
    again = next_time(Timing("weekly", weekday=6, hour=2), due, OSLO)

    assert (due, again) == (datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 11, 1, 1, tzinfo=UTC))


def test_times_missed_are_counted_with_both_ends():
    timing = Timing("weekly", weekday=0)

    assert times_until(timing, local("2026-10-05 08:00"), local("2026-11-16 08:00"), OSLO) == 7
    assert times_until(timing, local("2026-10-05 08:00"), local("2026-11-16 07:59"), OSLO) == 6


TIMINGS = st.builds(
    Timing,
    st.sampled_from(["weekly", "monthly", "quarterly"]),
    weekday=st.integers(0, 6),
    week=st.one_of(st.none(), st.integers(1, 5)),
    day=st.integers(1, 31),
    hour=st.integers(0, 23),
)
MOMENTS = st.integers(1_577_836_800, 2_051_222_400).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.sampled_from(
    [OSLO, UTC_ZONE, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Apia")]
)


@given(TIMINGS, MOMENTS, ZONES)
def test_there_is_always_a_next_time_and_none_in_between(timing, now, zone):
    due = next_time(timing, now, zone)

    assert due > now
    assert times_until(timing, now, due, zone) - times_until(timing, now, now, zone) == 1


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        (Timing("weekly", weekday=4, hour=17), "Every Friday at 17:00"),
        (Timing("monthly", week=1, weekday=0), "Every first Monday of the month at 08:00"),
        (Timing("monthly", day=15), "On day 15 of every month at 08:00"),
        (Timing("monthly", day=31), "On the last day of every month at 08:00"),
        (Timing("quarterly", week=5, weekday=4), "Every last Friday of January, April, July and October at 08:00"),
        (Timing("quarterly", day=1), "On day 1 of January, April, July and October at 08:00"),
        (Timing("quarterly", day=31), "On the last day of January, April, July and October at 08:00"),
        (Timing("round_closed"), "Each time that a round of this journey has closed and shows its results"),
    ],
)
def test_rhythm_is_said_in_plain_words(timing, words):
    assert say_timing(timing) == words
