"""Intervals of figures over several moments: whole respondents are drawn."""

from __future__ import annotations

import random

import numpy
import pytest

from assessments.intervals import draw_respondents, mean_interval, resampled_counts, respondents_intervals, seed_of
from assessments.scoring import LEVELS, Score, score_counts, value_of_scores

WIDE = (5, 10, 20, 30, 25, 10)


def test_interval_over_respondents_of_one_moment_is_that_of_its_mean():
    answers = [[level] for level, n in zip(LEVELS, WIDE, strict=True) for _ in range(n)]

    found = respondents_intervals(answers, lambda moments: {"mean": Score(moments[0]).mean}, seed_of("a"))["mean"]

    known = mean_interval(WIDE, seed_of("b"))
    assert (found.low, found.high) == (pytest.approx(known.low, abs=0.04), pytest.approx(known.high, abs=0.04))


def test_respondents_are_drawn_whole():
    answers = [[1, 6], [6, 1], [3, 0]] * 5

    samples = list(resampled_counts(answers, seed=3, resamples=50))

    assert len(samples) == 50
    for first, second in samples:
        assert (first[0], first[5], first[2]) == (second[5], second[0], 15 - sum(second))
    assert len({first for first, _ in samples}) > 10


@pytest.mark.parametrize("alike", [[400, 100], [1] * 500])
def test_many_people_and_many_kinds_are_drawn_as_often(alike):
    drawn = draw_respondents(numpy.random.default_rng(1), numpy.array(alike), 2000)

    chances = numpy.array(alike) / 500
    assert drawn.shape == (2000, len(alike))
    assert set(drawn.sum(axis=1)) == {500}
    assert drawn.mean(axis=0) == pytest.approx(numpy.array(alike), rel=0.1)
    assert drawn.var(axis=0) == pytest.approx(500 * chances * (1 - chances), rel=0.2)


def test_samples_come_in_pieces_that_fit_in_memory(monkeypatch):
    answers = [[level] for level in LEVELS] * 3
    at_once = list(resampled_counts(answers, 5, 20))

    monkeypatch.setattr("assessments.intervals.CELLS_AT_ONCE", 13)

    assert list(resampled_counts(answers, 5, 20)) == at_once


def test_interval_of_a_balance_is_wider_where_moments_go_together():
    source = random.Random(1)
    levels = [source.choice((1, 2, 4, 5)) for _ in range(100)]
    together, apart = [[level] * 4 for level in levels], [source.choices((1, 2, 4, 5), k=4) for _ in levels]

    wide, narrow = (respondents_intervals(answers, _balance, 1)["balance"] for answers in (together, apart))

    assert (wide.high - wide.low) > 1.6 * (narrow.high - narrow.low)


def _balance(moments):
    value = value_of_scores([score_counts(counts) for counts in moments], [1] * 4, minimum=5)
    return {"balance": value.loyalty_balance if value else None}


def test_figure_that_no_sample_gives_has_no_interval():
    assert respondents_intervals([[0] * 4] * 5, _balance, 1) == {"balance": None}


def test_interval_without_respondents_is_refused():
    with pytest.raises(ValueError, match="needs a respondent"):
        respondents_intervals([], _balance, 1)
