"""Resampling whole respondents: how often each level comes up at each moment, sample by sample.

Figures over a journey need no more of a sample than sums: at each moment, how many gave a level, and how many of these
a damaging one and the middle one. So a sample is one row of a product of matrices, exact in single precision, as no
sum comes near 2^24.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessments.intervals import CELLS_AT_ONCE, RESAMPLES, draw_respondents
from journeys.levels import DAMAGING, INDIFFERENT

if TYPE_CHECKING:
    import numpy


@dataclass(frozen=True)
class Samples:
    """Shares of each moment's ratings, 0 to 1, shape (samples, moments); not a number where a sample has no rating."""

    damaged: numpy.ndarray
    indifferent: numpy.ndarray
    rated: numpy.ndarray


def resample(levels: numpy.ndarray, people: numpy.ndarray, seed: int, samples: int = RESAMPLES) -> Samples:
    """Draw as many respondents as there are, with replacement.

    levels: shape (rows, moments), 0 where a row carries none or it is hidden; people: how many each row stands for.
    Raises ValueError without a respondent.
    """
    import numpy

    if not people.sum():
        raise ValueError("An interval over respondents needs a respondent.")
    marks = numpy.concatenate(
        [levels > 0, numpy.isin(levels, DAMAGING), levels == INDIFFERENT], axis=1, dtype=numpy.float32
    )
    draw = numpy.random.default_rng(seed)
    at_once = max(1, CELLS_AT_ONCE // len(people))
    sums = numpy.concatenate(
        [draw_respondents(draw, people, min(at_once, samples - start)) @ marks for start in range(0, samples, at_once)]
    ).astype(float)
    rated, damaged, indifferent = numpy.split(sums, 3, axis=1)
    with numpy.errstate(invalid="ignore"):
        return Samples(damaged / rated, indifferent / rated, rated)
