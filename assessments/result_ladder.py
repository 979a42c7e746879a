"""A round's ladder as geometry: staff's curve, customers', the manager's dots. Plain values in and out.

Lengths are in the units of journeys.ladder, whose bands and curve it shares. A curve is broken where a view has no
figures: a line over what may not be shown would show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from assessments.result_words import NOTHING, Figures, say, with_sign
from journeys.curve import smooth_path
from journeys.ladder import BAND_HEIGHT, HEIGHT, UNITS_PER_REM, Band, column_width_rem, draw_bands

STRIP_MOMENTS = 12


@dataclass(frozen=True, slots=True)
class Dot:
    """One view's mean at one moment. label_y: where its number of answers stands."""

    view: str
    x: float
    y: float
    n: int
    label_y: float


@dataclass(frozen=True, slots=True)
class Column:
    """One moment under the ladder, in words. blind_spot: staff's mean less customers', where that is flagged."""

    place: int
    title: str
    x: float
    says: tuple[tuple[str, str, str], ...]
    is_weakest: bool
    blind_spot: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stage's name over its columns."""

    title: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class ResultLadder:
    """All of the picture. paths: by view; runs: a path's points, parted where it is broken; gaps: x and both heights of
    each blind spot; manager: x and y of each dot.
    """

    width: float
    column_width: float
    bands: tuple[Band, ...]
    stretches: tuple[Stretch, ...]
    columns: tuple[Column, ...]
    paths: dict[str, str]
    runs: dict[str, list[list[tuple[float, float]]]]
    dots: tuple[Dot, ...]
    manager: tuple[tuple[float, float], ...]
    gaps: tuple[tuple[float, float, float], ...]

    height: int = HEIGHT

    @property
    def width_rem(self) -> float:
        return self.width / UNITS_PER_REM

    @property
    def height_rem(self) -> float:
        return self.height / UNITS_PER_REM

    @property
    def strip_width(self) -> float:
        """Of a full strip on paper, so that a short last one has columns as wide."""
        return self.column_width * STRIP_MOMENTS


def draw_result_ladder(figures: Figures, width_min: float = 0) -> ResultLadder:
    """The ladder of all moments of a sheet, at least so wide."""
    count = len(figures["moments"])
    column = column_width_rem(count) * UNITS_PER_REM
    return _draw(figures, figures["moments"], max(column, width_min / max(count, 1)))


def draw_strips(figures: Figures) -> list[ResultLadder]:
    """The same in pieces of at most twelve moments, for paper."""
    moments, width = figures["moments"], column_width_rem(STRIP_MOMENTS) * UNITS_PER_REM
    pieces = range(0, len(moments), STRIP_MOMENTS)
    return [_draw(figures, moments[start : start + STRIP_MOMENTS], width) for start in pieces]


def draw_part(figures: Figures, moments: Sequence[Any], column: float) -> ResultLadder:
    """Some of a sheet's moments, in columns of that width."""
    return _draw(figures, moments, column)


def _draw(figures: Figures, moments: Sequence[Any], column: float) -> ResultLadder:
    xs = [column * (place + 0.5) for place in range(len(moments))]
    pairs = list(zip(moments, xs, strict=True))
    weakest = figures["weakest"]["position"] if figures["weakest"] else None
    runs = {view: _runs(pairs, view) for view in figures["views"]}
    return ResultLadder(
        width=column * len(moments),
        column_width=column,
        bands=draw_bands(),
        stretches=tuple(_stretches(moments, column)),
        columns=tuple(_column(moment, x, figures["views"], weakest) for moment, x in pairs),
        paths={view: "".join(map(smooth_path, points)) for view, points in runs.items()},
        runs=runs,
        dots=tuple(dot for moment, x in pairs for dot in _dots(moment, x, figures["views"])),
        manager=tuple((x, height_of(moment["manager_level"])) for moment, x in pairs if moment["manager_level"]),
        gaps=tuple(_gap(moment, x) for moment, x in pairs if is_blind(moment)),
    )


def height_of(level: float) -> float:
    """y of a level or mean."""
    return (6.5 - level) * BAND_HEIGHT


def is_blind(moment: Figures) -> bool:
    """Whether a moment is flagged as a blind spot."""
    return bool(moment["blind_spot"] and moment["blind_spot"]["is_flagged"])


def _runs(pairs: Iterable[tuple[Any, float]], view: str) -> list[list[tuple[float, float]]]:
    """The points of each run of neighbours that have figures."""
    runs = groupby(pairs, key=lambda pair: pair[0]["views"].get(view) is not None)
    return [[(x, height_of(moment["views"][view]["mean"])) for moment, x in run] for has, run in runs if has]


def _dots(moment: Figures, x: float, views: Sequence[str]) -> list[Dot]:
    """The higher one's number stands above it, the lower one's below."""
    scores = [(view, moment["views"][view]) for view in views if moment["views"].get(view)]
    highest = max((score["mean"] for _, score in scores), default=0)
    dots: list[Dot] = []
    for place, (view, score) in enumerate(scores):
        is_above = score["mean"] == highest and not (place and dots[0].label_y < dots[0].y)
        y = height_of(score["mean"])
        dots.append(Dot(view, x, y, score["n"], y - 13 if is_above else y + 22))
    return dots


def _gap(moment: Figures, x: float) -> tuple[float, float, float]:
    heights = [height_of(moment["views"][view]["mean"]) for view in ("staff", "customers")]
    return x, min(heights), max(heights)


def _stretches(moments: Sequence[Any], column: float) -> Iterable[Stretch]:
    left = 0.0
    for title, run in groupby(moments, key=lambda moment: str(moment["stage"])):
        width = column * len(list(run))
        yield Stretch(title, left, width)
        left += width


def _column(moment: Figures, x: float, views: Sequence[str], weakest: int | None) -> Column:
    spot = with_sign(moment["blind_spot"]["levels"]) if is_blind(moment) else ""
    says = tuple(_says(view, moment["views"].get(view)) for view in views)
    place = moment["position"]
    return Column(place + 1, moment["title"], x, says, place == weakest, spot)


def _says(view: str, score: Figures | None) -> tuple[str, str, str]:
    """view, mean, n."""
    return (view, say(score["mean"]), say(score["n"])) if score else (view, NOTHING, "")
