"""When the next review is."""

from __future__ import annotations

from datetime import date

import pytest

from improvements.reviews.dates import next_review, workday


@pytest.mark.parametrize(
    ("due_on", "held_on", "rhythm", "day", "expected"),
    [
        # held on its day; 14 January 2027 is a Thursday
        (date(2026, 12, 14), date(2026, 12, 14), "monthly", 14, date(2027, 1, 14)),
        (date(2026, 10, 14), date(2026, 10, 14), "quarterly", 14, date(2027, 1, 14)),
        (date(2026, 7, 14), date(2026, 7, 14), "half_yearly", 14, date(2027, 1, 14)),
        # held early or a little late: counted from the day that was planned
        (date(2026, 12, 14), date(2026, 12, 1), "monthly", 14, date(2027, 1, 14)),
        (date(2026, 12, 14), date(2026, 12, 30), "monthly", 14, date(2027, 1, 14)),
        # months late: never on a day that is over
        (date(2026, 8, 14), date(2026, 12, 20), "monthly", 14, date(2027, 1, 14)),
        (date(2026, 12, 14), date(2027, 1, 14), "monthly", 14, date(2027, 2, 15)),
        # a short month gives its last, a weekend the Monday after; the day itself is not forgotten
        (date(2027, 3, 31), date(2027, 3, 31), "monthly", 31, date(2027, 4, 30)),
        (date(2027, 1, 31), date(2027, 1, 31), "monthly", 31, date(2027, 3, 1)),
        (date(2027, 3, 1), date(2027, 3, 1), "monthly", 31, date(2027, 3, 31)),
    ],
)
def test_next_review_follows_the_rhythm(due_on, held_on, rhythm, day, expected):
    assert next_review(due_on, held_on, rhythm, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 1, 15), date(2027, 1, 15)),
        (date(2027, 1, 16), date(2027, 1, 18)),
        (date(2027, 1, 17), date(2027, 1, 18)),
        (date(2027, 1, 18), date(2027, 1, 18)),
    ],
)
def test_weekend_gives_the_monday_after(day, expected):
    assert workday(day) == expected
