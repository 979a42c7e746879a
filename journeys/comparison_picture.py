"""Two curves on one ladder: a column for each row of a comparison. Plain values in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.comparison import Comparison
from journeys.curve import smooth_path
from journeys.ladder import BAND_HEIGHT, HEIGHT, UNITS_PER_REM, Band, draw_bands

COLUMN_WIDTH_MIN, COLUMN_WIDTH_MAX, WIDTH_AIM = 30.0, 90.0, 1000.0
LEFT = 104.0  # for the names of the levels


@dataclass(frozen=True, slots=True)
class Dot:
    """One judged moment on one of the curves."""

    x: float
    y: float
    level: int


@dataclass(frozen=True, slots=True)
class Twin:
    """The picture. paths and dots: of the left and of the right journey; numbers: x of each row, counted from 1."""

    width: float
    left_path: str
    right_path: str
    left_dots: tuple[Dot, ...]
    right_dots: tuple[Dot, ...]
    numbers: tuple[tuple[int, float], ...]
    dividers: tuple[float, ...]
    bands: tuple[Band, ...]
    height: int = HEIGHT
    full_height: int = HEIGHT + 24

    @property
    def width_rem(self) -> float:
        return self.width / UNITS_PER_REM

    @property
    def height_rem(self) -> float:
        return self.full_height / UNITS_PER_REM


def draw_twin(comparison: Comparison) -> Twin:
    """Both curves through their judged moments."""
    rows = comparison.rows
    column = min(COLUMN_WIDTH_MAX, max(COLUMN_WIDTH_MIN, WIDTH_AIM / max(len(rows), 1)))
    left = _dots([row.left.level if row.left else None for row in rows], column)
    right = _dots([row.right.level if row.right else None for row in rows], column)
    return Twin(
        width=LEFT + max(len(rows), 1) * column,
        left_path=smooth_path([(dot.x, dot.y) for dot in left]),
        right_path=smooth_path([(dot.x, dot.y) for dot in right]),
        left_dots=left,
        right_dots=right,
        numbers=tuple((number + 1, LEFT + (number + 0.5) * column) for number in range(len(rows))),
        dividers=_dividers(comparison, column),
        bands=draw_bands(),
    )


def _dots(levels: Sequence[int | None], column: float) -> tuple[Dot, ...]:
    placed = ((number, level) for number, level in enumerate(levels) if level)
    return tuple(Dot(LEFT + (number + 0.5) * column, (6.5 - level) * BAND_HEIGHT, level) for number, level in placed)


def _dividers(comparison: Comparison, column: float) -> tuple[float, ...]:
    places, place = [], 0
    for stage in comparison.stages[:-1]:
        place += len(stage.rows)
        places.append(place)
    inner = (place for place in dict.fromkeys(places) if 0 < place < len(comparison.rows))
    return tuple(LEFT + place * column for place in inner)
