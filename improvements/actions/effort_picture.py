"""Impact against effort as geometry: a column for each effort, the damage of the moment upwards. Pure.

Impact is the damage a year of the action's moment: contacts on levels 1 and 2, METHOD, "Levels of a round".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from improvements.actions.rows import ActionCard
from improvements.choices import Effort

WIDTH, HEIGHT = 800.0, 420.0
LEFT, RIGHT, TOP, BOTTOM = 74.0, 12.0, 16.0, 52.0
RADIUS = 12.0
DRAWN_MAX = 60


@dataclass(frozen=True, slots=True)
class Point:
    """One action: its number in the table, where it stands, and whether it is to eliminate its moment."""

    number: int
    x: float
    y: float
    is_elimination: bool

    @property
    def label_y(self) -> float:
        return self.y + 4

    @property
    def left(self) -> float:
        return self.x - RADIUS

    @property
    def top(self) -> float:
        return self.y - RADIUS


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark at an axis: where, and the number or word beside it."""

    at: float
    value: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class EffortPicture:
    """All of the picture, in units of its view box."""

    points: tuple[Point, ...]
    columns: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    top: float = TOP
    bottom: float = HEIGHT - BOTTOM
    radius: float = RADIUS
    side: float = 2 * RADIUS


def draw_picture(cards: Sequence[ActionCard]) -> EffortPicture:
    """cards: in the order of their numbers, from 1; those without effort or damage are in the table alone."""
    known = [(number, card) for number, card in enumerate(cards, start=1) if card.action.effort and card.damage >= 0]
    most = nice_top(max((card.damage for _number, card in known), default=0))
    points = [
        point
        for effort in Effort
        for point in _column(effort, [pair for pair in known if pair[1].action.effort == effort], most)
    ]
    columns = tuple(Tick(_centre(effort), effort.value, str(effort.label)) for effort in Effort)
    return EffortPicture(tuple(sorted(points, key=lambda point: point.number)[:DRAWN_MAX]), columns, _ticks(most))


def nice_top(most: float) -> float:
    """The end of an axis: 1, 2 or 5 times a power of ten, at least `most`."""
    if most <= 0:
        return 1
    power = 10 ** floor(log10(most))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= most)


def _ticks(most: float) -> tuple[Tick, ...]:
    steps = 4 if f"{most:e}".startswith("2") else 5
    return tuple(Tick(_height(most * step / steps, most), most * step / steps) for step in range(steps + 1))


def _centre(effort: Effort) -> float:
    return LEFT + _width() * (effort.value - 0.5)


def _width() -> float:
    return (WIDTH - LEFT - RIGHT) / len(Effort)


def _height(damage: float, most: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * damage / most


def _column(effort: Effort, cards: Iterable[tuple[int, ActionCard]], most: float) -> list[Point]:
    """Points that would cover one another stand side by side, from the middle outwards."""
    placed: list[Point] = []
    lanes = ceil(_width() / (2 * RADIUS + 4))
    for number, card in cards:
        y = min(max(_height(card.damage, most), TOP + RADIUS), HEIGHT - BOTTOM - RADIUS / 2)
        taken = {point.x for point in placed if abs(point.y - y) < 2 * RADIUS + 1}
        spots = [_centre(effort) + _aside(lane) for lane in range(lanes)]
        x = next((spot for spot in spots if spot not in taken), spots[-1])
        placed.append(Point(number, x, y, card.action.is_elimination))
    return placed


def _aside(lane: int) -> float:
    """0, then right and left in turn."""
    step = (lane + 1) // 2 * (2 * RADIUS + 3)
    return step if lane % 2 else -step
