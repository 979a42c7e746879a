"""Staff less customers, this round less the last."""

from __future__ import annotations

import pytest

from assessments.differences import Difference, blind_spot, change_since
from assessments.intervals import Interval
from assessments.scoring import Score, counts_of_levels


def test_blind_spot_is_flagged_where_staff_clearly_stand_higher():
    staff, customers = Score((0, 0, 5, 20, 20, 5)), Score((5, 15, 20, 10, 0, 0))

    spot = blind_spot(staff, customers, 1)

    assert (spot.levels, spot.is_clear, spot.is_blind_spot) == (pytest.approx(1.8), True, True)
    assert blind_spot(customers, staff, 1).is_blind_spot is False


@pytest.mark.parametrize(
    ("levels", "interval", "is_clear", "is_blind_spot"),
    [
        (0.5, Interval(0.1, 0.9), True, True),
        (0.49, Interval(0.1, 0.9), True, False),
        (0.5, Interval(0, 1), False, False),
        (-0.7, Interval(-0.9, -0.1), True, False),
    ],
)
def test_difference_is_judged_by_size_and_interval(levels, interval, is_clear, is_blind_spot):
    difference = Difference(levels, interval)

    assert (difference.is_clear, difference.is_blind_spot) == (is_clear, is_blind_spot)


def test_change_is_this_round_less_the_last():
    last, now = Score((10, 10, 10, 0, 0, 0)), Score((0, 0, 10, 10, 10, 0))

    change = change_since(last, now, 1)

    assert (change.levels, change.is_clear) == (2, True)
    assert change.interval.low < 2 < change.interval.high


def test_hidden_side_hides_the_difference():
    shown = Score(counts_of_levels([3] * 9))

    found = [blind_spot(shown, None, 1), blind_spot(None, shown, 1), change_since(None, shown, 1)]

    assert found == [None, None, None]
