"""The six-level ladder with its curve, as geometry. Plain values in, plain values out; templates only write them down.

Lengths are in units of a 16th rem, so that the picture grows with the reader's text size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from journeys.choices import Level
from journeys.curve import smooth_path

UNITS_PER_REM = 16
BAND_HEIGHT = 34
HEIGHT = 6 * BAND_HEIGHT
RADIUS_MIN, RADIUS_MAX = 13.0, 19.0
COLUMN_WIDTHS_REM = ((4, 12.0), (6, 9.0), (8, 7.0))
COLUMN_WIDTH_REM_MIN = 5.7


@dataclass(frozen=True, slots=True)
class Band:
    """One level's stripe. y: its upper edge."""

    level: int
    name: str
    y: int


@dataclass(frozen=True, slots=True)
class Bubble:
    """One moment on the ladder; level None means not judged yet. left: the left edge of its column."""

    moment_id: int
    title: str
    level: int | None
    x: float
    y: float
    radius: float
    left: float


@dataclass(frozen=True, slots=True)
class Ladder:
    """All of the picture. dividers: x of the line before each stage but the first."""

    width: float
    column_width: float
    bubbles: tuple[Bubble, ...]
    dividers: tuple[float, ...]
    path: str
    bands: tuple[Band, ...]

    height: int = HEIGHT

    @property
    def width_rem(self) -> float:
        """Width for the page, in rem."""
        return self.width / UNITS_PER_REM

    @property
    def height_rem(self) -> float:
        """Height for the page, in rem."""
        return self.height / UNITS_PER_REM


@dataclass(frozen=True, slots=True)
class Point:
    """What the ladder needs of one moment. contacts: a year."""

    moment_id: int
    title: str
    level: int | None
    contacts: float


def column_width_rem(columns: int) -> float:
    """Few moments get wide columns, ten or more the narrowest."""
    return next((width for most, width in COLUMN_WIDTHS_REM if columns <= most), COLUMN_WIDTH_REM_MIN)


def draw_ladder(stages: Sequence[Sequence[Point]]) -> Ladder:
    """The ladder of a journey; a stage without moments keeps one empty column."""
    columns = sum(max(1, len(points)) for points in stages)
    column = column_width_rem(columns) * UNITS_PER_REM
    most = max((point.contacts for points in stages for point in points), default=0)
    bubbles, dividers, place = [], [], 0
    for points in stages:
        dividers.append(place * column)
        bubbles += [_bubble(point, (place + i) * column, column, most) for i, point in enumerate(points)]
        place += max(1, len(points))
    bubbles = _with_heights(bubbles)
    judged = [i for i, bubble in enumerate(bubbles) if bubble.level]
    on_curve = bubbles[judged[0] : judged[-1] + 1] if judged else []
    path = smooth_path([(bubble.x, bubble.y) for bubble in on_curve])
    return Ladder(columns * column, column, tuple(bubbles), tuple(dividers[1:]), path, draw_bands())


def _bubble(point: Point, left: float, column: float, most: float) -> Bubble:
    share = sqrt(point.contacts / most) if most else 0
    y = (6.5 - point.level) * BAND_HEIGHT if point.level else HEIGHT / 2
    radius = RADIUS_MIN + (RADIUS_MAX - RADIUS_MIN) * share
    return Bubble(point.moment_id, point.title, point.level, left + column / 2, y, round(radius, 1), left)


def _with_heights(bubbles: list[Bubble]) -> list[Bubble]:
    """A moment that nobody judged lies on the straight line between its judged neighbours."""
    judged = [bubble for bubble in bubbles if bubble.level]
    if not judged:
        return bubbles
    return [bubble if bubble.level else replace(bubble, y=_height_at(bubble.x, judged)) for bubble in bubbles]


def _height_at(x: float, judged: Sequence[Bubble]) -> float:
    before = next((bubble for bubble in reversed(judged) if bubble.x < x), judged[0])
    after = next((bubble for bubble in judged if bubble.x > x), judged[-1])
    share = (x - before.x) / (after.x - before.x) if after.x > x > before.x else 0 if before.x < x else 1
    return before.y + (after.y - before.y) * share


def draw_bands() -> tuple[Band, ...]:
    """The six stripes, the highest level first."""
    return tuple(Band(level.value, str(level.label), (6 - level) * BAND_HEIGHT) for level in reversed(Level))
