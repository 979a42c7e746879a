"""Where a row's moments stand on the ladder: the curve, its gaps, and a circle for each moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from journeys.curve import Point, curve_segments
from reports.posters.page import Drawing, Look
from reports.shapes import circle, curve, figure, line, number
from reports.typesetting import BOLD

RING = 4  # points, from a circle to the ring that marks make-or-break
MIDDLE = 3.5  # the height of a moment without level where no neighbour has one
DASH, PAUSE = 2.6, 2.2  # of the pen


@dataclass(frozen=True, slots=True)
class Spot:
    """A moment on the ladder. level: 1 to 6, a round's mean lies between two; said: what its circle says of it.

    share: its contacts as a part of the busiest moment's, 0 to 1; target: a scenario's.
    """

    x: float
    level: float | None
    share: float
    is_make_or_break: bool
    target: int | None = None
    said: str = ""

    @property
    def words(self) -> str:
        return self.said or f"{self.level:g}"

    @property
    def nearest(self) -> int:
        """The level whose colour it has."""
        return min(6, max(1, int((self.level or 0) + 0.5)))


@dataclass(frozen=True, slots=True)
class Scale:
    """What a row's circles are drawn by. largest: radius of the busiest moment's; least: of one that still holds its
    figure; digit: the figure's least type; pen: of the curve; middle: height between levels 3 and 4; band: of one."""

    largest: float
    least: float
    digit: float
    pen: float
    middle: float
    band: float

    def radius_of(self, share: float) -> float:
        """The circle's area follows the contacts."""
        return max(self.least, self.largest * sqrt(share))

    def y(self, level: float) -> float:
        """The height of a level."""
        return self.middle + (MIDDLE - level) * self.band

    @property
    def dash(self) -> str:
        """Of a curve that is not today's, or not our own."""
        return f"{number(self.pen * DASH)} {number(self.pen * PAUSE)}"


def draw_curve(drawing: Drawing, spots: Sequence[Spot], scale: Scale, *, is_dashed: bool = False) -> None:
    """Curve and circles of one row."""
    pen = scale.pen
    judged = [(i, (spot.x, scale.y(spot.level))) for i, spot in enumerate(spots) if spot.level]
    heights = {i: y for i, (_, y) in judged}
    ink = Look(stroke="ink", width=pen, dash=scale.dash if is_dashed else "")
    gap = Look(stroke="ink", width=pen * 0.5, dash=f"{number(pen)} {number(pen * 2)}")
    segments = curve_segments([point for _, point in judged])
    for ((start, _), (end, _)), segment in zip(pairwise(judged), segments, strict=True):
        drawing.add(2, ink if end == start + 1 else gap, curve(*segment))
        heights.update({i: _height_at(segment, spots[i].x) for i in range(start + 1, end)})
    for i in range(len(spots)):
        if i not in heights:
            nearest = min(judged, key=lambda item: abs(item[0] - i), default=None)
            heights[i] = nearest[1][1] if nearest else scale.middle
    for before, after in _ends(judged, len(spots)):
        drawing.add(2, gap, line(spots[before].x, heights[before], spots[after].x, heights[after]))
    for i, spot in enumerate(spots):
        _draw_spot(drawing, spot, heights[i], scale)


def _ends(judged: Sequence[tuple[int, Point]], count: int) -> list[tuple[int, int]]:
    """Stretches from the row's first moment to the first judged one, and from the last judged one to the last."""
    if not judged:
        return []
    return [(a, b) for a, b in ((0, judged[0][0]), (judged[-1][0], count - 1)) if a < b]


def _draw_spot(drawing: Drawing, spot: Spot, y: float, scale: Scale) -> None:
    radius = scale.radius_of(spot.share)
    if spot.target:
        _draw_outline(drawing, spot, y, scale)
    elif spot.level is None:
        _draw_ring(drawing, spot, y, radius)
        dash = f"{number(radius / 4)} {number(radius / 5)}"
        drawing.add(4, Look(fill="paper", stroke="ink-soft", width=1.5, dash=dash), circle(spot.x, y, radius))
    else:
        draw_disc(drawing, spot, y, scale)


def draw_disc(drawing: Drawing, spot: Spot, y: float, scale: Scale) -> None:
    """A level's filled circle with its figure and, where the moment is make-or-break, a ring."""
    radius = scale.radius_of(spot.share)
    _draw_ring(drawing, spot, y, radius)
    drawing.add(4, Look(fill=f"level-{spot.nearest}", stroke="ink", width=1.5), circle(spot.x, y, radius))
    size = max(scale.digit, radius) if len(spot.words) == 1 else max(scale.digit, radius * 0.9)
    drawing.stamp(5, Look(fill=f"on-level-{spot.nearest}"), figure(spot.words, BOLD, spot.x, y, size))


def _draw_ring(drawing: Drawing, spot: Spot, y: float, radius: float) -> None:
    if spot.is_make_or_break:
        drawing.add(3, Look(fill="paper", stroke="ink", width=1.5), circle(spot.x, y, radius + RING))


def _draw_outline(drawing: Drawing, spot: Spot, y: float, scale: Scale) -> None:
    """Today's level of a moment that a scenario moves; a moment without one has none to show."""
    if spot.level:
        radius = scale.radius_of(spot.share)
        drawing.add(4, Look(fill="paper", stroke="ink", width=1.5), circle(spot.x, y, radius))
        drawing.stamp(5, Look(fill="ink"), figure(spot.words, BOLD, spot.x, y, max(scale.digit, radius)))


def _height_at(segment: tuple[Point, Point, Point, Point], x: float) -> float:
    """The segment's height over x: its controls stand at thirds, so x runs evenly."""
    (x0, y0), (_, y1), (_, y2), (x3, y3) = segment
    t = (x - x0) / (x3 - x0)
    return (1 - t) ** 3 * y0 + 3 * (1 - t) ** 2 * t * y1 + 3 * (1 - t) * t**2 * y2 + t**3 * y3
