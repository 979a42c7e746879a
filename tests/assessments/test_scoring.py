"""What counts by level say: METHOD, "Levels of a round", worked by hand, and outside material."""

from __future__ import annotations

from statistics import fmean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import (
    Score,
    counts_of_levels,
    damage_per_year,
    is_elimination_candidate,
    order_of_enhancement,
    risk_of_scores,
    score_counts,
    value_of_scores,
    weakest_moment,
)
from journeys.levels import Value
from tests.assessments.fixtures import expected_of, rows_of

FAIR = Score((1, 1, 2, 3, 2, 1))
POOR = Score((4, 4, 2, 0, 0, 0))
GOOD = Score((0, 0, 0, 5, 5, 0))


def test_score_of_ten_ratings():
    score = FAIR

    assert (score.n, score.mean, score.median) == (10, 3.7, 4)
    assert score.distribution == (0.1, 0.1, 0.2, 0.3, 0.2, 0.1)
    assert (score.damaged, score.indifferent, score.created) == (0.2, 0.2, 0.6)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((0, 1, 0, 0, 0, 0), 2), ((0, 1, 1, 0, 0, 0), 2.5), ((3, 0, 0, 0, 0, 3), 3.5), ((2, 0, 0, 0, 0, 3), 6)],
)
def test_median_lies_half_way_between_two_middle_ratings(counts, expected):
    assert Score(counts).median == expected


@given(st.lists(st.integers(1, 6), min_size=1, max_size=60))
def test_score_of_counts_is_that_of_the_ratings(levels):
    score = Score(counts_of_levels(levels))

    assert (score.n, score.mean, score.median) == (len(levels), pytest.approx(fmean(levels)), median(levels))
    assert score.damaged + score.indifferent + score.created == pytest.approx(1)


def test_rating_without_level_is_in_no_count():
    assert counts_of_levels([None, 1, 6, 6, None]) == (1, 0, 0, 0, 0, 2)


@pytest.mark.parametrize("level", [0, 7, -1])
def test_level_outside_the_scale_is_refused(level):
    with pytest.raises(ValueError, match="1 to 6"):
        counts_of_levels([3, level])


@pytest.mark.parametrize("counts", [None, (0,) * 6])
def test_no_ratings_and_hidden_ones_have_no_score(counts):
    assert score_counts(counts) is None


@pytest.mark.parametrize("counts", [(1, 2, 3), (1,) * 7, (0, 0, -1, 2, 0, 0)])
def test_counts_that_are_none_are_refused(counts):
    with pytest.raises(ValueError, match="six counts"):
        score_counts(counts)


def test_value_is_weighted_by_contacts():
    value = value_of_scores([POOR, GOOD, FAIR], [1000, 3000, 1000], minimum=5)

    assert value == Value(
        damaged=pytest.approx((800 + 0 + 200) / 5000),
        indifferent=pytest.approx((200 + 0 + 200) / 5000),
        created=pytest.approx((0 + 3000 + 600) / 5000),
    )
    assert (value.loyalty_balance, value.indifference_percent) == (pytest.approx(52), pytest.approx(8))


def test_value_leaves_out_moments_below_the_minimum():
    few = Score((4, 0, 0, 0, 0, 0))

    assert value_of_scores([GOOD, few, None], [10, 1_000_000, 1_000_000], minimum=5) == Value(0, 0, 1)
    assert value_of_scores([few], [10], minimum=4) == Value(1, 0, 0)


@pytest.mark.parametrize(("scores", "contacts"), [([], []), ([None], [5]), ([GOOD], [0]), ([Score((1,) * 6)], [5])])
def test_value_of_nothing_is_none(scores, contacts):
    assert value_of_scores(scores, contacts, minimum=7) is None


def test_value_refuses_unequal_lengths():
    with pytest.raises(ValueError, match="longer"):
        value_of_scores([GOOD], [1, 2], minimum=5)


def test_damage_orders_what_to_enhance():
    scores, contacts = [GOOD, FAIR, POOR, None, FAIR], [9000, 100, 1000, 5000, 100]

    assert damage_per_year(1000, POOR.damaged) == 800
    assert order_of_enhancement(scores, contacts) == [2, 1, 4]


@pytest.mark.parametrize(
    ("score", "eliminate", "asked", "is_candidate"),
    [
        (POOR, 3, 9, True),
        (POOR, 2, 7, False),
        (POOR, 0, 0, False),
        (GOOD, 9, 9, False),
        (Score((0, 0, 10, 0, 0, 0)), 9, 9, False),
        (None, 9, 9, False),
    ],
)
def test_elimination_needs_a_mean_below_three_and_a_third(score, eliminate, asked, is_candidate):
    assert is_elimination_candidate(score, eliminate, asked) is is_candidate


def test_weakest_moment_is_the_customers_first_lowest():
    assert weakest_moment([GOOD, None, FAIR, FAIR], [POOR, POOR, POOR, POOR]) == 2


def test_weakest_moment_is_staffs_where_no_customer_answered():
    assert weakest_moment([None, None], [GOOD, FAIR]) == 1
    assert weakest_moment([None], [None]) is None


def test_risk_is_methods_check():
    one_in_twenty = Score((1, 0, 10, 9, 0, 0))

    risk = risk_of_scores(10_000_000, [1] * 6, [one_in_twenty] * 5 + [None], 32)

    assert (round(risk.customers_met), round(risk.customers_at_risk)) == (2_211_992, 707_837)


@pytest.mark.parametrize(("survey", "rated"), [("lounge", 7), ("seat", 7)])
def test_touchpoint_ratings_are_a_round_of_customers(survey, rated):
    known = expected_of("touchpoint-ratings")[survey]
    header, *rows = rows_of("touchpoint-ratings", f"{survey}_ratings_no_names.csv")
    moments = [name for name in header if name.endswith("_rating") and name != "overall_rating"]

    filled = {name: [float(row[header.index(name)]) for row in rows if row[header.index(name)]] for name in moments}
    scores = {name: Score(counts_of_levels([int(level) or None for level in filled[name]])) for name in moments}

    published = {name: {float(level): n for level, n in known["dist"][name].items()} for name in moments}
    assert (len(rows), len(moments)) == (known["rows"], rated)
    assert {name: len(filled[name]) for name in moments} == {name: known["non_null"][name] for name in moments}
    for name, score in scores.items():
        assert score.counts == tuple(published[name].get(level, 0) for level in range(1, 7))
        assert score.n == known["non_null"][name] - published[name].get(0, 0)
        assert score.mean * score.n == pytest.approx(known["mean"][name] * known["non_null"][name])
