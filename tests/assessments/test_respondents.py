"""Intervals of figures over several moments: whole respondents are drawn."""

from __future__ import annotations

import random

import numpy
import pytest

from assessments.bootstrap import resample
from assessments.intervals import draw_respondents, percentiles, resampled_means, seed_of


def draw(answers, seed=1, samples=2000):
    """Samples of people with a level a moment each, 0 where there is none."""
    rows, people = numpy.unique(numpy.array(answers), axis=0, return_counts=True)
    return resample(rows, people, seed, samples)


def test_interval_over_respondents_of_one_moment_is_that_of_its_share():
    answers = [[level] for level, n in zip(range(1, 7), (5, 10, 20, 30, 25, 10), strict=True) for _ in range(n)]

    found = percentiles(draw(answers).damaged[:, 0])

    known = percentiles(resampled_means((15, 85), seed_of("b"), (1, 0), 2000))
    assert (found.low, found.high) == (pytest.approx(known.low, abs=0.011), pytest.approx(known.high, abs=0.011))


def test_respondents_are_drawn_whole():
    samples = draw([[1, 6], [6, 1], [3, 0]] * 5, samples=50)

    first, second = samples.rated.T
    assert samples.rated.shape == (50, 2)
    assert set(first) == {15}
    assert samples.indifferent[:, 0] * 15 == pytest.approx(15 - second)
    assert samples.damaged[:, 0] * 15 + samples.damaged[:, 1] * second == pytest.approx(second)
    assert len(set(second)) > 5


@pytest.mark.parametrize("alike", [[400, 100], [1] * 500])
def test_many_people_and_many_kinds_are_drawn_as_often(alike):
    drawn = draw_respondents(numpy.random.default_rng(1), numpy.array(alike), 2000)

    chances = numpy.array(alike) / 500
    assert drawn.shape == (2000, len(alike))
    assert set(drawn.sum(axis=1)) == {500}
    assert drawn.mean(axis=0) == pytest.approx(numpy.array(alike), rel=0.1)
    assert drawn.var(axis=0) == pytest.approx(500 * chances * (1 - chances), rel=0.2)


def test_samples_come_in_pieces_that_fit_in_memory(monkeypatch):
    answers = [[level] for level in range(1, 7)] * 3
    at_once = draw(answers, samples=20)

    monkeypatch.setattr("assessments.bootstrap.CELLS_AT_ONCE", 13)

    in_pieces = draw(answers, samples=20)
    assert (in_pieces.damaged == at_once.damaged).all()
    assert (in_pieces.indifferent == at_once.indifferent).all()


def test_share_of_a_moment_that_a_sample_does_not_rate_is_no_number():
    samples = draw([[1, 0], [1, 5]])

    assert numpy.isnan(samples.damaged[:, 1]).any()
    assert (numpy.isnan(samples.damaged[:, 1]) == (samples.rated[:, 1] == 0)).all()


def test_interval_is_wider_where_moments_go_together():
    source = random.Random(1)
    levels = [source.choice((1, 2, 4, 5)) for _ in range(100)]

    wide, narrow = (
        percentiles(draw(answers).damaged.mean(axis=1))
        for answers in ([[level] * 4 for level in levels], [source.choices((1, 2, 4, 5), k=4) for _ in levels])
    )

    assert (wide.high - wide.low) > 1.6 * (narrow.high - narrow.low)


def test_interval_without_respondents_is_refused():
    with pytest.raises(ValueError, match="needs a respondent"):
        resample(numpy.zeros((0, 3)), numpy.zeros(0), 1)
