"""Actions for tests. To be used inside the organisation's scope."""

from __future__ import annotations

from typing import Any

from accounts.models import Organisation
from assessments.models import Idea, Round
from improvements.actions.changing import Origin, make_action
from improvements.models import Action
from journeys.models import Journey, Moment
from tests.assessments.rounds import make_journey


def moment_of(journey: Journey, title: str = "Waits at the gate") -> Moment:
    return Moment.objects.get(stage__journey=journey, title=title)


def about(moment: Moment, **more: Any) -> Origin:
    return Origin(moment.stage.journey, moment_id=moment.pk, moment_title=moment.title, **more)


def make_one(organisation: Organisation, moment: Moment | None = None, **values: Any) -> Action:
    """An action about a moment of its own, unless one is given."""
    found = moment or moment_of(make_journey(organisation))
    action = make_action(organisation, about(found), {"what": "Speak every 15 minutes", **values})
    return Action.objects.select_related("journey", "organisation").get(pk=action.pk)


def from_idea(round_: Round, idea: Idea, **values: Any) -> Action:
    """An action that comes from an idea of a round."""
    origin = Origin(round_.journey, idea=idea, moment_id=idea.moment.source_id, moment_title=idea.moment.title)
    return make_action(round_.organisation, origin, {"what": idea.text[:200], **values})
