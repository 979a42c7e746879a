"""Intervals against R, and against what a bootstrap promises."""

from __future__ import annotations

import random
from collections import Counter
from math import sqrt

import pytest

from assessments.intervals import (
    Interval,
    difference_interval,
    mean_interval,
    percentiles,
    resampled_counts,
    resampled_means,
    respondents_interval,
    seed_of,
    wilson,
)
from assessments.scoring import LEVELS, Score, score_counts, value_of_scores
from tests.assessments.fixtures import expected_of, rows_of

WIDE = (5, 10, 20, 30, 25, 10)


@pytest.mark.parametrize("source", ["wilson_R_binom_via_statsmodels", "R_prop.test_no_continuity(=Wilson)"])
def test_wilson_is_that_of_r(source):
    for known in expected_of("intervals")[source]:
        share = wilson(known["x"], known["n"])

        assert [share.low, share.high] == pytest.approx(known["wilson"], abs=1e-8)


def test_wilson_is_newcombes_table():
    table = expected_of("intervals")["newcombe_1998_table"]
    shares = [share for share in table if share != "note"]

    found = [wilson(*map(int, share.split("/"))) for share in shares]

    assert [[round(share.low, 4), round(share.high, 4)] for share in found] == [table[share] for share in shares]


def test_wilson_ends_exactly_at_nothing_and_at_all():
    assert (wilson(0, 7).low, wilson(7, 7).high) == (0, 1)


@pytest.mark.parametrize(("count", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_wilson_refuses_what_is_no_share(count, n):
    with pytest.raises(ValueError, match="share"):
        wilson(count, n)


def test_bootstrap_of_a_mean_is_that_of_r():
    known = expected_of("intervals")["bootstrap_mean_R_boot(n=1e6) via scipy test_bootstrap_against_R"]
    values, counts = zip(*sorted(Counter(known["x"]).items()), strict=True)

    found = mean_interval(counts, seed_of("R"), values, resamples=1_000_000)

    assert [found.low, found.high] == pytest.approx(known["95%"]["percentile"], rel=known["rtol_used_by_scipy"])


def test_bootstrap_of_promoters_comes_near_rs_interval():
    known = expected_of("nps")
    header, *rows = rows_of("nps", "nps_testdata.csv")
    answers = [int(row[header.index("REC")]) for row in rows]
    counts = [sum(a <= 6 for a in answers), sum(a in (7, 8) for a in answers), sum(a >= 9 for a in answers)]

    found = mean_interval(counts, seed_of("nps"), (-1, 0, 1))

    assert counts == [known["detractors"], known["passives"], known["promoters"]]
    assert [found.low, found.high] == pytest.approx(known["ci95"], abs=0.005)


def test_same_seed_gives_the_same_interval():
    assert mean_interval(WIDE, seed_of("round", 1)) == mean_interval(WIDE, seed_of("round", 1))
    assert mean_interval(WIDE, seed_of("round", 1)) != mean_interval(WIDE, seed_of("round", 2))


def test_seed_stays_the_same_for_good():
    assert seed_of("round", 7, "staff") == 71891709278661411816077150594722160706


def test_interval_of_a_mean_has_two_thousand_samples():
    assert mean_interval(WIDE, 1) == percentiles(resampled_means(WIDE, 1, LEVELS, 2000))


def test_mean_of_like_ratings_has_no_width():
    assert mean_interval((0, 0, 8, 0, 0, 0), 1) == Interval(3, 3)


def test_mean_of_nothing_is_refused():
    with pytest.raises(ValueError, match="needs a rating"):
        mean_interval((0,) * 6, 1)


def test_difference_of_alike_groups_is_no_identical_draw():
    found = difference_interval(WIDE, WIDE, 1)

    spread = sqrt(2 * _variance(WIDE) / sum(WIDE))
    assert (found.low, found.high) == (pytest.approx(-1.96 * spread, rel=0.1), pytest.approx(1.96 * spread, rel=0.1))


def _variance(counts):
    mean = Score(counts).mean
    return sum(n * (level - mean) ** 2 for level, n in zip(LEVELS, counts, strict=True)) / sum(counts)


def test_interval_over_respondents_of_one_moment_is_that_of_its_mean():
    answers = [[level] for level, n in zip(LEVELS, WIDE, strict=True) for _ in range(n)]

    found = respondents_interval(answers, lambda moments: Score(moments[0]).mean, seed_of("a"))

    known = mean_interval(WIDE, seed_of("b"))
    assert (found.low, found.high) == (pytest.approx(known.low, abs=0.04), pytest.approx(known.high, abs=0.04))


def test_respondents_are_drawn_whole():
    answers = [[1, 6], [6, 1], [3, 0]] * 5

    samples = list(resampled_counts(answers, seed=3, resamples=50))

    assert len(samples) == 50
    for first, second in samples:
        assert (first[0], first[5], first[2]) == (second[5], second[0], 15 - sum(second))
    assert len({first for first, _ in samples}) > 10


def test_samples_come_in_pieces_that_fit_in_memory(monkeypatch):
    answers = [[level] for level in LEVELS] * 3
    at_once = list(resampled_counts(answers, 5, 20))

    monkeypatch.setattr("assessments.intervals.CELLS_AT_ONCE", 13)

    assert list(resampled_counts(answers, 5, 20)) == at_once


def test_interval_of_a_balance_is_wider_where_moments_go_together():
    source = random.Random(1)
    levels = [source.choice((1, 2, 4, 5)) for _ in range(100)]
    together, apart = [[level] * 4 for level in levels], [source.choices((1, 2, 4, 5), k=4) for _ in levels]

    wide, narrow = (respondents_interval(answers, _balance, 1) for answers in (together, apart))

    assert (wide.high - wide.low) > 1.6 * (narrow.high - narrow.low)


def _balance(moments):
    value = value_of_scores([score_counts(counts) for counts in moments], [1] * 4, minimum=5)
    return value and value.loyalty_balance


def test_figure_that_no_sample_gives_has_no_interval():
    assert respondents_interval([[0]] * 5, lambda moments: None, 1) is None


def test_interval_without_respondents_is_refused():
    with pytest.raises(ValueError, match="needs a respondent"):
        respondents_interval([], _balance, 1)
