"""The strip above a long map: the whole journey in the page's width, as geometry in percent and ladder units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from journeys.ladder import HEIGHT, Ladder

TICK_HEIGHT = 26


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stage on the strip. left_percent, width_percent: of the strip's width."""

    stage_id: int
    title: str
    left_percent: float
    width_percent: float


@dataclass(frozen=True, slots=True)
class Overview:
    """Stages as bands, the curve in small, a tick for each moment in its level's colour and one for its decision."""

    stretches: tuple[Stretch, ...]
    width: float
    path: str
    ticks: tuple[tuple[str, SafeString], ...]
    height: int = HEIGHT + 2 * TICK_HEIGHT


def draw_overview(ladder: Ladder, stages: Iterable[tuple[int, str]], decisions: Iterable[str]) -> Overview:
    """stages: id and title of each; decisions: of each moment, in order."""
    stretches = tuple(
        Stretch(stage_id, title, round(100 * left / ladder.width, 3), round(100 * width / ladder.width, 3))
        for (stage_id, title), (left, width) in zip(stages, ladder.spans, strict=True)
    )
    return Overview(stretches, ladder.width, ladder.path, _ticks(ladder, decisions))


def _ticks(ladder: Ladder, decisions: Iterable[str]) -> tuple[tuple[str, SafeString], ...]:
    """Path data of all ticks of a kind, so that 300 moments need no more than nine shapes."""
    kinds: dict[str, list[str]] = {}
    for bubble, decision in zip(ladder.bubbles, decisions, strict=True):
        if not bubble.is_shown:
            continue
        if bubble.level:
            kinds.setdefault(f"level-{bubble.level}", []).append(_tick(bubble.left, HEIGHT, bubble.width))
        if decision:
            kinds.setdefault(decision, []).append(_tick(bubble.left, HEIGHT + TICK_HEIGHT, bubble.width))
    return tuple((kind, mark_safe("".join(ticks))) for kind, ticks in sorted(kinds.items()))  # noqa: S308  # numbers


def _tick(left: float, top: float, width: float) -> str:
    return f"M{left + width * 0.1:g},{top + 3:g}h{width * 0.8:g}v{TICK_HEIGHT - 6}h{-width * 0.8:g}z"
