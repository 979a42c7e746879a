"""A journey as it is beside a journey as it could be: the ladder with both curves, and both sets of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from journeys.board import Board
from journeys.choices import Level
from journeys.curve import smooth_path
from journeys.ladder import BAND_HEIGHT, Band, Bubble, Ladder, Point, draw_ladder
from journeys.models import Journey, Moment
from journeys.outcomes import Outcome, outcome_of

TALL_BAND = 48  # units: two circles a level apart don't touch
UNITS_PER_REM = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """One moment on the ladder. target: None where it stays as it is; y_today, y: of its two circles."""

    moment: Moment
    target: int | None
    contacts_per_year: float
    x: float
    y_today: float
    y: float
    radius: float

    @property
    def level(self) -> int | None:
        """The level it would have."""
        return self.target or self.moment.level

    @property
    def says_today(self) -> str:
        """Today's level, by number and word; empty where it is not judged."""
        return say_level(self.moment.level)

    @property
    def says_target(self) -> str:
        """The target, by number and word; empty where there is none."""
        return say_level(self.target)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stage's name over its columns."""

    title: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The ladder, in units of a 16th rem. target_path: empty where nothing is changed."""

    marks: tuple[Mark, ...]
    stretches: tuple[Stretch, ...]
    bands: tuple[Band, ...]
    dividers: tuple[float, ...]
    width: float
    column_width: float
    today_path: str
    target_path: str
    height: int = 6 * TALL_BAND
    band: int = TALL_BAND

    @property
    def width_rem(self) -> float:
        """Width for the page, in rem."""
        return self.width / UNITS_PER_REM

    @property
    def height_rem(self) -> float:
        """Height for the page, in rem."""
        return self.height / UNITS_PER_REM


@dataclass(frozen=True, slots=True)
class WhatIf:
    """today and target: what METHOD makes of the levels as they are and as they could be."""

    picture: Picture
    today: Outcome
    target: Outcome
    unjudged: int


def say_level(level: int | None) -> str:
    """4 Desired; empty without a level."""
    return f"{level} {Level(level).label}" if level else ""


def compare(journey: Journey, board: Board, targets: Mapping[int, int], leave_rate_percent: float) -> WhatIf:
    """Both journeys. targets: level by moment id, of moments that change."""
    moments = [card.moment for card in board.cards]
    contacts = [moment.contacts_per_customer for moment in moments]
    levels = [moment.level for moment in moments]
    wished = [targets.get(moment.pk, moment.level) for moment in moments]
    customers = journey.customers_per_year
    return WhatIf(
        picture=_picture(board, targets),
        today=outcome_of(customers, contacts, levels, leave_rate_percent),
        target=outcome_of(customers, contacts, wished, leave_rate_percent),
        unjudged=sum(level is None for level in wished),
    )


def _picture(board: Board, targets: Mapping[int, int]) -> Picture:
    today, target = _ladder(board, {}), _ladder(board, targets)
    marks = tuple(
        Mark(
            card.moment,
            targets.get(card.moment.pk),
            card.contacts_per_year,
            now.x,
            _tall(now.y),
            _tall(then.y),
            now.radius,
        )
        for card, now, then in zip(board.cards, today.bubbles, target.bubbles, strict=True)
    )
    bands = tuple(Band(band.level, band.name, round(_tall(band.y))) for band in today.bands)
    path = _path(target.bubbles) if targets else ""
    stretches = _stretches(board, today)
    return Picture(marks, stretches, bands, today.dividers, today.width, today.column_width, _path(today.bubbles), path)


def _stretches(board: Board, ladder: Ladder) -> tuple[Stretch, ...]:
    edges = [0.0, *ladder.dividers, ladder.width]
    pairs = zip(board.columns, pairwise(edges), strict=False)  # an empty map has an edge and no stage
    return tuple(Stretch(column.stage.title, left, right - left) for column, (left, right) in pairs)


def _ladder(board: Board, targets: Mapping[int, int]) -> Ladder:
    return draw_ladder(
        [
            [
                Point(moment.pk, moment.title, targets.get(moment.pk, moment.level), moment.contacts_per_customer)
                for moment in (card.moment for card in column.cards)
            ]
            for column in board.columns
        ]
    )


def _path(bubbles: Sequence[Bubble]) -> str:
    """The curve from the first judged moment to the last."""
    judged = [i for i, bubble in enumerate(bubbles) if bubble.level]
    on_curve = bubbles[judged[0] : judged[-1] + 1] if judged else ()
    return smooth_path([(bubble.x, _tall(bubble.y)) for bubble in on_curve])


def _tall(y: float) -> float:
    return round(y * TALL_BAND / BAND_HEIGHT, 2)
