"""What the map says beside its headline: customers at risk, and the four moments to look at first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from journeys import reading
from journeys.board import Board, Card
from journeys.choices import LEAVE_RATE_PERCENT
from journeys.figures import duration, short
from journeys.freshness import days_untouched
from journeys.models import Journey, Moment
from journeys.outcomes import outcome_of
from journeys.risk import Risk, say_leave_rate


@dataclass(frozen=True, slots=True)
class Aid:
    """One reading aid: what was looked for, the moment found, and the figure it was found by."""

    label: str
    moment: Moment
    figure: str


def headline_context(journey: Journey, board: Board) -> dict[str, Any]:
    """What the headline's templates need beside the board."""
    return {
        "risk": risk_of_board(journey, board),
        "leave_rate": say_leave_rate(LEAVE_RATE_PERCENT),
        "aids": aids_of_board(board),
        "days_untouched": days_untouched(journey),
    }


def risk_of_board(journey: Journey, board: Board) -> Risk | None:
    """Customers at risk by the levels on the map; None where no level or no customer is known."""
    if board.value is None or not journey.customers_per_year:
        return None
    moments = [card.moment for card in board.cards]
    contacts = [moment.contacts_per_customer for moment in moments]
    levels = [moment.level for moment in moments]
    return outcome_of(journey.customers_per_year, contacts, levels, LEAVE_RATE_PERCENT).risk


def aids_of_board(board: Board) -> list[Aid]:
    """The reading aids that find something. A map of one moment needs none."""
    cards = board.cards
    if len(cards) < 2:
        return []
    readings = [_reading(card.moment) for card in cards]
    wait = reading.longest_wait(readings)
    found = (
        (_("Weakest moment"), reading.weakest_moment(readings), _level),
        (_("Longest wait"), wait, _seconds)
        if wait is not None
        else (_("Longest moment; none is a wait"), reading.longest_moment(readings), _seconds),
        (_("Most contacts"), reading.most_contacts(readings), _contacts),
        (_("Least value a second"), reading.least_value_a_second(readings), _time),
    )
    return [_aid(label, cards, place, figure) for label, place, figure in found if place is not None]


def _aid(label: str, cards: Sequence[Card], place: int, figure: Callable[[Card], str]) -> Aid:
    return Aid(label, cards[place].moment, figure(cards[place]))


def _reading(moment: Moment) -> reading.Reading:
    return reading.Reading(moment.level, moment.contacts_per_customer, moment.seconds, moment.channel)


def _level(card: Card) -> str:
    return f"{card.moment.level} {card.moment.get_level_display()}"


def _seconds(card: Card) -> str:
    return duration(card.moment.seconds)


def _contacts(card: Card) -> str:
    if not card.contacts_per_year:
        return _("%s per customer") % short(card.moment.contacts_per_customer)
    return _("%s a year") % short(card.contacts_per_year)


def _time(card: Card) -> str:
    spent = duration(card.moment.contacts_per_customer * card.moment.seconds)
    return _("%(level)s, %(time)s of each customer's year") % {"level": _level(card), "time": spent}
