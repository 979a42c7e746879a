"""The six-level ladder with its curve, as geometry. Plain values in, plain values out; templates only write them down.

Lengths are in units of a 16th rem, so that the picture grows with the reader's text size.
"""

from __future__ import annotations

from bisect import bisect_left
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
SQUEEZED_WIDTH, SQUEEZED_RADIUS = 8, 3.0  # of a moment that a filter leaves out


@dataclass(frozen=True, slots=True)
class Band:
    """One level's stripe. y: its upper edge."""

    level: int
    name: str
    y: int


@dataclass(frozen=True, slots=True)
class Bubble:
    """One moment on the ladder; level None means not judged yet. left, width: its column's."""

    moment_id: int
    title: str
    level: int | None
    x: float
    y: float
    radius: float
    left: float
    width: float
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """All of the picture. spans: left edge and width of each stage; dividers: the line before each but the first."""

    width: float
    column_width: float
    bubbles: tuple[Bubble, ...]
    spans: tuple[tuple[float, float], ...]
    path: str
    bands: tuple[Band, ...]

    height: int = HEIGHT

    @property
    def dividers(self) -> tuple[float, ...]:
        """x of each line."""
        return tuple(left for left, _ in self.spans[1:])

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
    """What the ladder needs of one moment. contacts: a year. is_shown: no filter leaves it out."""

    moment_id: int
    title: str
    level: int | None
    contacts: float
    is_shown: bool = True


def column_width_rem(columns: int) -> float:
    """Few moments get wide columns, ten or more the narrowest."""
    return next((width for most, width in COLUMN_WIDTHS_REM if columns <= most), COLUMN_WIDTH_REM_MIN)


def draw_ladder(stages: Sequence[Sequence[Point]], column_rem: float = 0, most_contacts: float = 0) -> Ladder:
    """The ladder of a journey; a stage without moments keeps one empty column.

    column_rem: the width of a column, else what suits their number; most_contacts: those of the largest circle, else
    the most there are.
    """
    columns = sum(max(1, sum(point.is_shown for point in points)) for points in stages)
    column = (column_rem or column_width_rem(columns)) * UNITS_PER_REM
    most = most_contacts or max((point.contacts for points in stages for point in points), default=0)
    bubbles: list[Bubble] = []
    spans, left = [], 0.0
    for points in stages:
        end = left
        for point in points:
            bubbles.append(_bubble(point, end, column if point.is_shown else SQUEEZED_WIDTH, most))
            end += bubbles[-1].width
        spans.append((left, max(column, end - left)))
        left += spans[-1][1]
    bubbles = _with_heights(bubbles)
    judged = [i for i, bubble in enumerate(bubbles) if bubble.level]
    on_curve = bubbles[judged[0] : judged[-1] + 1] if judged else []
    path = smooth_path([(bubble.x, bubble.y) for bubble in on_curve])
    return Ladder(left, column, tuple(bubbles), tuple(spans), path, draw_bands())


def _bubble(point: Point, left: float, width: float, most: float) -> Bubble:
    share = sqrt(point.contacts / most) if most else 0
    y = (6.5 - point.level) * BAND_HEIGHT if point.level else HEIGHT / 2
    radius = round(RADIUS_MIN + (RADIUS_MAX - RADIUS_MIN) * share, 1) if point.is_shown else SQUEEZED_RADIUS
    x = left + width / 2
    return Bubble(point.moment_id, point.title, point.level, x, y, radius, left, width, point.is_shown)


def _with_heights(bubbles: list[Bubble]) -> list[Bubble]:
    """A moment that nobody judged lies on the straight line between its judged neighbours."""
    judged = [bubble for bubble in bubbles if bubble.level]
    if not judged or len(judged) == len(bubbles):
        return bubbles
    places = [bubble.x for bubble in judged]
    return [bubble if bubble.level else replace(bubble, y=_height_at(bubble.x, judged, places)) for bubble in bubbles]


def _height_at(x: float, judged: Sequence[Bubble], places: Sequence[float]) -> float:
    """places: where the judged ones lie, rising."""
    at = bisect_left(places, x)
    before, after = judged[max(0, at - 1)], judged[min(at, len(judged) - 1)]
    share = (x - before.x) / (after.x - before.x) if after.x > before.x else 0
    return before.y + (after.y - before.y) * share


def draw_bands() -> tuple[Band, ...]:
    """The six stripes, the highest level first."""
    return tuple(Band(level.value, str(level.label), (6 - level) * BAND_HEIGHT) for level in reversed(Level))
