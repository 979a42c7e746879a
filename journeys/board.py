"""The map of one journey, ready to be shown: stages with their moments, headline numbers, the ladder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from journeys.ladder import Ladder, Point, draw_ladder
from journeys.levels import Value, value_of_levels
from journeys.models import Journey, Moment, Stage
from journeys.volumes import Volumes, contacts_per_year, total_volumes


@dataclass(frozen=True, slots=True)
class Card:
    """One moment on the map. place: counted from 1 through the whole journey."""

    moment: Moment
    contacts_per_year: float
    place: int


@dataclass(frozen=True, slots=True)
class Column:
    """One stage on the map with its cards."""

    stage: Stage
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that the map page shows of a journey. value: the manager's own estimate, None before any level."""

    columns: tuple[Column, ...]
    volumes: Volumes
    value: Value | None
    ladder: Ladder

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards in order, across stages."""
        return tuple(card for column in self.columns for card in column.cards)

    def card_of(self, moment_id: int | None) -> Card | None:
        """The card of a moment, None where the map has no such moment."""
        return next((card for card in self.cards if card.moment.pk == moment_id), None)


def board_of(journey: Journey) -> Board:
    """Two queries, whatever the journey's size."""
    return board_of_rows(
        journey, [(stage, stage.moments.all()) for stage in journey.stages.prefetch_related("moments")]
    )


def board_of_rows(journey: Journey, rows: Iterable[tuple[Stage, Iterable[Moment]]]) -> Board:
    """The board of stages and moments that need not be stored; no query."""
    place, columns = 0, []
    for stage, moments in rows:
        cards = []
        for moment in moments:
            place += 1
            contacts = contacts_per_year(journey.customers_per_year, moment.contacts_per_customer)
            cards.append(Card(moment, contacts, place))
        columns.append(Column(stage, tuple(cards)))
    return _board(journey, tuple(columns))


def _board(journey: Journey, columns: tuple[Column, ...]) -> Board:
    moments = [card.moment for column in columns for card in column.cards]
    volumes = [moment.contacts_per_customer for moment in moments]
    points = [
        [Point(card.moment.pk, card.moment.title, card.moment.level, card.moment.contacts_per_customer)
         for card in column.cards]
        for column in columns
    ]  # fmt: skip
    return Board(
        columns=columns,
        volumes=total_volumes(journey.customers_per_year, volumes, [moment.seconds for moment in moments]),
        value=value_of_levels([moment.level for moment in moments], volumes),
        ladder=draw_ladder(points),
    )
