"""The map of one journey, ready to be shown: stages with their moments, headline numbers, the ladder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from journeys.ladder import Ladder, Point, draw_ladder
from journeys.levels import Value, value_of_levels
from journeys.models import Journey, Moment, Stage
from journeys.overview import Overview, draw_overview
from journeys.volumes import Volumes, contacts_per_year, total_volumes

SMALL_MOST = 13  # moments of a map that fits a page; longer ones have an overview and small answers


@dataclass(frozen=True, slots=True)
class Card:
    """One moment on the map. place: counted from 1 through the whole journey. is_shown: no filter leaves it out."""

    moment: Moment
    contacts_per_year: float
    place: int
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """One stage on the map with its cards."""

    stage: Stage
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What headline, ladder and overview need of one moment."""

    moment_id: int
    title: str
    level: int | None
    contacts_per_customer: float
    seconds: float
    decision: str
    channel: str


@dataclass(frozen=True, slots=True)
class Board:
    """What the map page shows of a journey. value: the manager's own estimate, None before any level.

    columns: empty in the brief board of a small answer. shown: None without a filter.
    """

    journey: Journey
    stages: tuple[tuple[int, str], ...]
    facts: tuple[tuple[Facts, ...], ...]
    ladder: Ladder
    shown: Collection[int] | None
    columns: tuple[Column, ...] = ()
    order: tuple[int, ...] = field(default=())

    @property
    def all_facts(self) -> tuple[Facts, ...]:
        """Of all moments in order, across stages."""
        return tuple(facts for stage in self.facts for facts in stage)

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards in order; none on a brief board."""
        return tuple(card for column in self.columns for card in column.cards)

    @property
    def volumes(self) -> Volumes:
        """The headline numbers."""
        moments = self.all_facts
        contacts = [facts.contacts_per_customer for facts in moments]
        return total_volumes(self.journey.customers_per_year, contacts, [facts.seconds for facts in moments])

    @property
    def value(self) -> Value | None:
        """What the levels say of all contacts."""
        moments = self.all_facts
        return value_of_levels([facts.level for facts in moments], [facts.contacts_per_customer for facts in moments])

    @property
    def overview(self) -> Overview:
        """The strip above a long map."""
        return draw_overview(self.ladder, self.stages, [facts.decision for facts in self.all_facts])

    @property
    def total(self) -> int:
        """Moments on the map, shown or not."""
        return len(self.order)

    @property
    def shown_count(self) -> int:
        """Moments that the filter leaves."""
        return self.total if self.shown is None else len(self.shown)

    @property
    def is_small(self) -> bool:
        """Whether it fits a page."""
        return self.total <= SMALL_MOST

    @property
    def owners(self) -> list[str]:
        """Who serves in front or stands behind anywhere on the map, by name."""
        moments = [card.moment for column in self.columns for card in column.cards]
        names = {name for m in moments for name in (m.serves_in_front, m.stands_behind) if name}
        return sorted(names, key=str.casefold)

    def card_of(self, moment: Moment) -> Card:
        """The card of a moment that is on the map."""
        contacts = contacts_per_year(self.journey.customers_per_year, moment.contacts_per_customer)
        is_shown = self.shown is None or moment.pk in self.shown
        return Card(moment, contacts, self.order.index(moment.pk) + 1, is_shown)

    def before(self, moment: Moment) -> int | None:
        """The moment before another in the same stage; None for the first."""
        place = self.order.index(moment.pk) - 1
        return self.order[place] if moment.position else None


def board_of(journey: Journey, shown: Collection[int] | None = None) -> Board:
    """All of the map; two queries, whatever the journey's size."""
    rows = [(stage, stage.moments.all()) for stage in journey.stages.prefetch_related("moments")]
    return board_of_rows(journey, rows, shown)


def board_of_rows(
    journey: Journey, rows: Iterable[tuple[Stage, Iterable[Moment]]], shown: Collection[int] | None = None
) -> Board:
    """The board of stages and moments that need not be stored; no query."""
    stages, facts, columns, place = [], [], [], 0
    for stage, moments in rows:
        cards = []
        for moment in moments:
            place += 1
            contacts = contacts_per_year(journey.customers_per_year, moment.contacts_per_customer)
            cards.append(Card(moment, contacts, place, shown is None or moment.pk in shown))
        columns.append(Column(stage, tuple(cards)))
        stages.append((stage.pk, stage.title))
        facts.append([_facts_of(card.moment) for card in cards])
    return _board(journey, stages, facts, shown, columns)


def _facts_of(moment: Moment) -> Facts:
    return Facts(
        moment.pk,
        moment.title,
        moment.level,
        moment.contacts_per_customer,
        moment.seconds,
        moment.decision,
        moment.channel,
    )


def brief_board_of(journey: Journey, shown: Collection[int] | None = None) -> Board:
    """Headline, ladder and overview without the cards; one query and no rows of models."""
    rows = journey.stages.order_by("position", "moments__position").values_list(
        "pk", "title", "moments__pk", "moments__title", "moments__level", "moments__contacts_per_customer",
        "moments__seconds", "moments__decision", "moments__channel",
    )  # fmt: skip
    stages: dict[int, str] = {}
    facts: dict[int, list[Facts]] = {}
    row: Any
    for row in rows:
        stage_id, title, values = row[0], row[1], row[2:]
        stages[stage_id] = title
        facts.setdefault(stage_id, []).extend([Facts(*values)] if values[0] else [])
    return _board(journey, list(stages.items()), list(facts.values()), shown)


def _board(
    journey: Journey,
    stages: Sequence[tuple[int, str]],
    facts: Sequence[Sequence[Facts]],
    shown: Collection[int] | None,
    columns: Sequence[Any] = (),
) -> Board:
    points = [
        [Point(m.moment_id, m.title, m.level, m.contacts_per_customer, shown is None or m.moment_id in shown)
         for m in of_stage]
        for of_stage in facts
    ]  # fmt: skip
    return Board(
        journey=journey,
        stages=tuple(stages),
        facts=tuple(map(tuple, facts)),
        ladder=draw_ladder(points),
        shown=shown,
        columns=tuple(columns),
        order=tuple(m.moment_id for of_stage in facts for m in of_stage),
    )
