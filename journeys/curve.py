"""The curve of levels as SVG path data, for the map page and the poster alike."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Segment = tuple[Point, Point, Point, Point]


def smooth_path(points: Sequence[Point]) -> str:
    """SVG path data of a smooth curve through points whose x rises; empty for fewer than two points.

    Between two neighbours the curve never leaves their heights, so it never shows a level that nobody gave; at highs,
    lows and both ends it runs level. Raises ValueError where x does not rise.
    Source: Steffen, "A simple method for monotonic interpolation in one dimension", 1990.
    """
    segments = curve_segments(points)
    if not segments:
        return ""
    curves = [" ".join(_pair(point) for point in segment[1:]) for segment in segments]
    return "".join([f"M{_pair(segments[0][0])}", *(f"C{curve}" for curve in curves)])


def curve_segments(points: Sequence[Point]) -> list[Segment]:
    """The curve of `smooth_path` as cubics: start, two controls at thirds of the way, end."""
    slopes = _slopes(points)
    segments = []
    for i, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
        third = (x1 - x0) / 3
        controls = (x0 + third, y0 + third * slopes[i]), (x1 - third, y1 - third * slopes[i + 1])
        segments.append(((x0, y0), *controls, (x1, y1)))
    return segments


def _slopes(points: Sequence[Point]) -> list[float]:
    """Rise at each point: 0 at both ends and at every high and low."""
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points)]
    if any(width <= 0 for width, _ in steps):
        raise ValueError("x has to rise from point to point")
    inner = [_slope_between(before, after) for before, after in pairwise(steps)]
    return [0.0, *inner, 0.0]


def _slope_between(before: Point, after: Point) -> float:
    """Steffen's slope: the parabola's, held so low that neither side overshoots."""
    (h0, d0), (h1, d1) = before, after
    s0, s1 = d0 / h0, d1 / h1
    if s0 * s1 <= 0:
        return 0.0
    parabola = (s0 * h1 + s1 * h0) / (h0 + h1)
    steepest = min(2 * abs(s0), 2 * abs(s1), abs(parabola))
    return steepest if s0 > 0 else -steepest


def _pair(point: Point) -> str:
    return ",".join(_number(value) for value in point)


def _number(value: float) -> str:
    """At most two decimals, no trailing zero, no minus zero."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")
