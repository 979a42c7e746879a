"""What a wall shows, for tests. To be used inside the organisation's scope."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from assessments.models import ResultSheet, Round, RoundMoment
from improvements.choices import ActionState
from improvements.models import Action, Display
from improvements.walls.displays import make_display
from journeys.models import Journey, Moment
from tests.assessments.rounds import make_open_round


def make_wall(organisation: Organisation, journeys: tuple[Journey, ...] = (), **fields: Any) -> Display:
    """A screen as `find_by_pass` gives it."""
    made = make_display(organisation, None, {"name": "Canteen", **fields}, list(journeys))
    return Display.objects.select_related("organisation").get(pk=made.pk)


def make_told_round(organisation: Organisation, journey: Journey, figures: dict[str, Any], **fields: Any) -> Round:
    """A closed round that shows these figures."""
    round_ = make_open_round(organisation, journey=journey, **fields)
    Round.objects.filter(pk=round_.pk).update(state="closed", closed_at=timezone.now())
    ResultSheet.objects.create(round=round_, figures=figures)
    return round_


def make_action(journey: Journey, what: str = "Speak every 15 minutes", **fields: Any) -> Action:
    """One that was done yesterday."""
    said = {"state": ActionState.DONE, "done_on": timezone.localdate() - timedelta(days=1), **fields}
    return Action.objects.create(organisation_id=journey.organisation_id, journey=journey, what=what, **said)


def moment_of(round_: Round, position: int) -> Moment:
    """The map's moment that a round asked about."""
    return Moment.objects.get(pk=RoundMoment.objects.get(round=round_, position=position).source_id)
