"""The loyalty balance from round to round as a small drawing. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 320.0, 110.0
MARGIN, TOP, FOOT = 26.0, 22.0, 12.0


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One round. said, around: its balance and the range of it in words; low, high: of the range, None without one."""

    title: str
    day: date | None
    said: str
    around: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class TrendDot:
    """A round on the drawing. top, bottom: of its range."""

    point: TrendPoint
    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A drawing of WIDTH x HEIGHT units. zero: y of a balance of nought; path: through the dots."""

    dots: tuple[TrendDot, ...]
    zero: float
    path: str
    width: float = WIDTH
    height: float = HEIGHT


def draw_trend(points: Sequence[TrendPoint]) -> Trend:
    """In even steps, the oldest first; nought is always in the picture. points: one at least."""
    lowest = min(0.0, *(_least(point) for point in points))
    highest = max(0.0, *(_most(point) for point in points))
    scale = (HEIGHT - TOP - FOOT) / max(highest - lowest, 10.0)
    step = (WIDTH - 2 * MARGIN) / max(len(points) - 1, 1)

    def y(value: float) -> float:
        return round(TOP + (highest - value) * scale, 2)

    dots = tuple(
        TrendDot(point, round(MARGIN + place * step, 2), y(point.value), y(_most(point)), y(_least(point)))
        for place, point in enumerate(points)
    )
    return Trend(dots, y(0), "M" + "L".join(f"{dot.x:g},{dot.y:g}" for dot in dots))


def _least(point: TrendPoint) -> float:
    return point.value if point.low is None else point.low


def _most(point: TrendPoint) -> float:
    return point.value if point.high is None else point.high
