"""A map cut into strips that fit a sheet of paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from journeys.board import Board, Card
from journeys.ladder import COLUMN_WIDTH_REM_MIN, UNITS_PER_REM, Ladder, Point, draw_ladder
from journeys.models import Stage

COLUMNS_MOST = 12
WIDTH = COLUMNS_MOST * COLUMN_WIDTH_REM_MIN * UNITS_PER_REM

Place = tuple[Stage, Card | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one strip shows of one stage. columns: 1 where the stage has no moment."""

    stage: Stage
    cards: tuple[Card, ...]

    @property
    def columns(self) -> int:
        """How wide it is."""
        return max(1, len(self.cards))


@dataclass(frozen=True, slots=True)
class Strip:
    """At most COLUMNS_MOST moments with their ladder. full_width: the ladder's, were the strip full."""

    pieces: tuple[Piece, ...]
    ladder: Ladder
    full_width: float = WIDTH


def strips_of(board: Board) -> tuple[Strip, ...]:
    """Evenly full strips of the moments that are shown; circles are scaled alike on all of them."""
    places = list(_places(board))
    count = -(-len(places) // COLUMNS_MOST)
    size = -(-len(places) // count) if count else 1
    most = max((m.contacts_per_customer for m in board.all_facts), default=0.0)
    return tuple(_strip(places[at : at + size], most) for at in range(0, len(places), size))


def _places(board: Board) -> Iterator[Place]:
    for column in board.columns:
        shown = [card for card in column.cards if card.is_shown]
        yield from ((column.stage, card) for card in shown)
        if not column.cards and board.shown is None:
            yield column.stage, None


def _strip(places: Sequence[Place], most: float) -> Strip:
    pieces = [
        Piece(stage, tuple(card for _, card in group if card is not None))
        for stage, group in groupby(places, key=lambda place: place[0])
    ]
    points = [[_point(card) for card in piece.cards] for piece in pieces]
    return Strip(tuple(pieces), draw_ladder(points, COLUMN_WIDTH_REM_MIN, most))


def _point(card: Card) -> Point:
    moment = card.moment
    return Point(moment.pk, moment.title, moment.level, moment.contacts_per_customer)
