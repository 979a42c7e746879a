"""Rounds and people who answer them, for tests. To be used inside the organisation's scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from accounts.models import Organisation
from assessments.answers import Answer
from assessments.choices import Source, View
from assessments.links import make_links
from assessments.models import OpenLink, Response, Round, RoundGroup
from assessments.release import finish_batches, release_round, show_results
from assessments.rounds import close_round, make_round, open_round
from assessments.storing import store_response
from journeys.models import Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey

TITLES = ("Searches a fare", "Books", "Waits at the gate")


def make_journey(organisation: Organisation, titles: Sequence[str] = TITLES, customers: int = 10_000) -> Journey:
    moments = tuple(MomentPlan(title, contacts_per_customer=1, seconds=15, level=4) for title in titles)
    plan = JourneyPlan("A trip with us", customers_per_year=customers, stages=(StagePlan("Before", moments),))
    return create_journey(organisation, plan)


def make_open_round(
    organisation: Organisation, groups: Iterable[str] = (), journey: Journey | None = None, **fields: Any
) -> Round:
    """An open round with its links, asking about three moments."""
    round_ = make_round(journey or make_journey(organisation), None, **{"title": "Autumn", **fields})
    RoundGroup.objects.bulk_create(
        [RoundGroup(round=round_, name=name, position=position) for position, name in enumerate(groups)]
    )
    opened = open_round(round_)
    make_links(opened)
    return opened


def link_for(round_: Round, group: str = "", view: View = View.STAFF) -> OpenLink:
    links = OpenLink.objects.filter(round=round_, view=view).select_related("round__organisation", "group")
    return links.get(group__name=group) if group else links.get(group=None)


def answer_by(
    round_: Round, levels: Sequence[int | None], group: str = "", view: View = View.STAFF, **said: Any
) -> Response:
    """One person's response: a level a moment (0: not seen, None: nothing); said: more of each answer."""
    answers: Mapping[int, Answer] = {place: Answer(level, **said) for place, level in enumerate(levels)}
    place = RoundGroup.objects.get(round=round_, name=group) if group else None
    return store_response(round_, view, place, answers, Source.LINK)


def release(round_: Round) -> Round:
    """Close a round that is open and bring its results out, as the worker does."""
    closed = close_round(round_) if round_.is_open else round_
    release_round(closed)
    finish_batches(closed)
    show_results(closed)
    released: Round = Round.objects.select_related("sheet", "organisation", "journey").get(pk=closed.pk)
    return released


def make_released_round(
    organisation: Organisation,
    staff: Mapping[str, int] | None = None,
    customers: int = 12,
    *,
    ideas: Sequence[str] = (),
    **fields: Any,
) -> Round:
    """A closed round with its sheet. staff: people a group, seven at the gate, six on board and two at night by
    default, so that a group is hidden; {"": 9} for no groups. customers: 0 asks staff alone.

    Levels are made up but always the same: staff find the first moment good and customers find it bad. ideas: of the
    first people, of each moment.
    """
    people = staff if staff is not None else {"Gate team": 7, "Crew": 6, "Night": 2}
    audience = "both" if customers else "staff"
    groups = [name for name in people if name]
    round_ = make_open_round(organisation, groups, **{"audience": audience, **fields})
    said = iter(ideas)
    for number, group in enumerate(name for name, count in people.items() for _ in range(count)):
        more = {"times_per_week": 10 + number, "seconds": 60 + 5 * number}
        decision = ("keep", "enhance", "eliminate")[number % 3]
        answer_by(round_, _staff_levels(round_, number), group, decision=decision, idea=next(said, ""), **more)
    for number in range(customers):
        answer_by(round_, _customer_levels(round_, number), view=View.CUSTOMERS)
    return release(round_)


def _staff_levels(round_: Round, number: int) -> list[int]:
    return [5 if place == 0 else 2 + (number + place) % 4 for place in range(round_.moments.count())]


def _customer_levels(round_: Round, number: int) -> list[int]:
    return [1 + number % 3 if place == 0 else 3 + (number * place) % 4 for place in range(round_.moments.count())]
