"""Rounds and people who answer them, for tests. To be used inside the organisation's scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from accounts.models import Organisation
from assessments.answers import Answer
from assessments.choices import Source, View
from assessments.handing_in import store_response
from assessments.links import make_links
from assessments.models import OpenLink, Response, Round, RoundGroup
from assessments.rounds import make_round, open_round
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
