"""The level curve as a small drawing of its own, for cards and previews. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.curve import smooth_path

WIDTH, HEIGHT, MARGIN = 240, 66, 7
LEVEL_STEP = (HEIGHT - 2 * MARGIN) / 5
DOTS_MAX = 40


@dataclass(frozen=True, slots=True)
class Dot:
    """One judged moment."""

    x: float
    y: float
    level: int


@dataclass(frozen=True, slots=True)
class MiniCurve:
    """A drawing of WIDTH x HEIGHT units. middle: y between levels 3 and 4, where value begins."""

    path: str
    dots: tuple[Dot, ...]
    width: int = WIDTH
    height: int = HEIGHT
    middle: float = HEIGHT / 2


def draw_mini_curve(levels: Sequence[int | None]) -> MiniCurve:
    """The curve through the judged moments, each at its place among all; dots only where there is room for them."""
    step = (WIDTH - 2 * MARGIN) / max(len(levels) - 1, 1)
    dots = tuple(
        Dot(round(MARGIN + place * step, 2), round(HEIGHT - MARGIN - (level - 1) * LEVEL_STEP, 2), level)
        for place, level in enumerate(levels)
        if level is not None
    )
    return MiniCurve(smooth_path([(dot.x, dot.y) for dot in dots]), dots if len(dots) <= DOTS_MAX else ())
