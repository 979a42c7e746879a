"""Relevance against level as geometry: what is needed to the right, what is liked upwards. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from improvements.communications.lines import Line
from improvements.communications.rules import CREATES, DAMAGES, NEEDED

WIDTH, HEIGHT = 640.0, 400.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 16.0, 16.0, 48.0
RADIUS, BESIDE, A_ROW = 12.0, 26.0, 4
DRAWN_MAX = 60


@dataclass(frozen=True, slots=True)
class Point:
    """One communication by its number in the table."""

    number: int
    x: float
    y: float

    @property
    def label_y(self) -> float:
        return self.y + 4


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark at an axis."""

    at: float
    value: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All of the picture, in units of its view box; needed_x, creates_y, damages_y: where the rule's steps lie."""

    points: tuple[Point, ...]
    columns: tuple[Tick, ...]
    rows: tuple[Tick, ...]
    needed_x: float
    creates_y: float
    damages_y: float
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    bottom: float = HEIGHT - BOTTOM
    radius: float = RADIUS


def draw_picture(lines: Sequence[Line]) -> Picture | None:
    """None where nothing has both figures. Those that stand on one place are drawn beside each other."""
    known = [
        (line.number, line.relevance.mean, line.level.mean)
        for line in lines
        if line.relevance is not None and line.level is not None
    ][:DRAWN_MAX]
    if not known:
        return None
    taken: Counter[tuple[float, float]] = Counter()
    points = []
    for number, relevance, level in known:
        before = taken[relevance, level]
        taken[relevance, level] += 1
        points.append(Point(number, _x(relevance) + BESIDE * (before % A_ROW - 1.5), _y(level) + before // A_ROW * 6))
    return Picture(
        tuple(points),
        tuple(Tick(_x(step), step) for step in range(1, 6)),
        tuple(Tick(_y(step), step) for step in range(1, 7)),
        _x(NEEDED),
        _y(CREATES),
        _y(DAMAGES),
    )


def _x(relevance: float) -> float:
    """Half a step of air at both ends."""
    return LEFT + (relevance - 0.5) / 5 * (WIDTH - LEFT - RIGHT)


def _y(level: float) -> float:
    return HEIGHT - BOTTOM - (level - 0.5) / 6 * (HEIGHT - TOP - BOTTOM)
