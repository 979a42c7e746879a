"""What the map says beside its headline: customers at risk, and the four moments to look at first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from journeys import reading
from journeys.board import Board, Facts
from journeys.choices import LEAVE_RATE_PERCENT, Level
from journeys.figures import duration, short
from journeys.freshness import days_untouched, is_review_overdue
from journeys.models import Journey
from journeys.outcomes import outcome_of
from journeys.risk import Risk, say_leave_rate
from journeys.volumes import contacts_per_year


@dataclass(frozen=True, slots=True)
class Aid:
    """One reading aid: what was looked for, the moment found, and the figure it was found by."""

    label: str
    moment_id: int
    title: str
    figure: str


def headline_context(journey: Journey, board: Board) -> dict[str, Any]:
    """What the headline's templates need beside the board."""
    return {
        "risk": risk_of_board(journey, board),
        "leave_rate": say_leave_rate(LEAVE_RATE_PERCENT),
        "aids": aids_of_board(board),
        "days_untouched": days_untouched(journey),
        "is_review_overdue": is_review_overdue(journey),
    }


def risk_of_board(journey: Journey, board: Board) -> Risk | None:
    """Customers at risk by the levels on the map; None where no level or no customer is known."""
    if board.value is None or not journey.customers_per_year:
        return None
    contacts = [facts.contacts_per_customer for facts in board.all_facts]
    levels = [facts.level for facts in board.all_facts]
    return outcome_of(journey.customers_per_year, contacts, levels, LEAVE_RATE_PERCENT).risk


def aids_of_board(board: Board) -> list[Aid]:
    """The reading aids that find something. A map of one moment needs none."""
    moments = board.all_facts
    if len(moments) < 2:
        return []
    readings = [reading.Reading(each.level, each.contacts_per_customer, each.seconds, each.channel) for each in moments]
    wait = reading.longest_wait(readings)
    found = (
        (_("Weakest moment"), reading.weakest_moment(readings), _level),
        (_("Longest wait"), wait, _seconds)
        if wait is not None
        else (_("Longest moment; none is a wait"), reading.longest_moment(readings), _seconds),
        (_("Most contacts"), reading.most_contacts(readings), partial(_contacts, board.journey)),
        (_("Least value a second"), reading.least_value_a_second(readings), _time),
    )
    return [
        Aid(label, moments[place].moment_id, moments[place].title, figure(moments[place]))
        for label, place, figure in found
        if place is not None
    ]


def _level(facts: Facts) -> str:
    return f"{facts.level} {Level(facts.level).label}" if facts.level else ""


def _seconds(facts: Facts) -> str:
    return duration(facts.seconds)


def _contacts(journey: Journey, facts: Facts) -> str:
    if not journey.customers_per_year:
        return _("%s per customer") % short(facts.contacts_per_customer)
    return _("%s a year") % short(contacts_per_year(journey.customers_per_year, facts.contacts_per_customer))


def _time(facts: Facts) -> str:
    spent = duration(facts.contacts_per_customer * facts.seconds)
    return _("%(level)s, %(time)s a customer") % {"level": _level(facts), "time": spent}
