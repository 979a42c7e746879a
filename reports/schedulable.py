"""What can be made by schedule: of each kind what is frozen, how it is asked for, and who may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import Action
from accounts.models import User
from assessments.models import Round
from journeys.models import Journey
from reports.forms import FEATURED, PosterForm, featured_of
from reports.leader import freezing as leader
from reports.models import Made, Schedule, ScheduleKind
from reports.posters import asking as posters
from reports.posters.choices import PosterChoices, choices_of, freeze_choice
from reports.preflight import check_poster

Inputs = dict[str, Any]


class CannotBeMade(Exception):  # an answer, not an accident
    """Raised where something has to be changed first. Its text says what."""


@dataclass(frozen=True, slots=True)
class Schedulable:
    """freeze(schedule, round, language) gives the inputs of a job, request(schedule, user, inputs, round) the job.

    needs_round: whether it shows a round's results; actions: what somebody must be allowed to be sent it.
    """

    freeze: Callable[[Schedule, Round | None, str], Inputs]
    request: Callable[[Schedule, User, Inputs, Round | None], Made]
    actions: tuple[Action, ...]
    needs_round: bool = False


def kinds() -> dict[str, Schedulable]:
    """By name, as a schedule names them."""
    poster = Schedulable(_freeze_poster, _request_poster, (Action.SEE_REPORTS,))
    report = Schedulable(_freeze_report, _request_report, (Action.SEE_REPORTS, Action.SEE_RESULTS), needs_round=True)
    return {ScheduleKind.POSTER.value: poster, ScheduleKind.REPORT.value: report}


def kind_of(schedule: Schedule) -> Schedulable:
    return kinds()[schedule.kind]


def poster_form(journey: Journey, data: Any) -> PosterForm:
    """The choices of a poster of that journey."""
    return PosterForm(data, choices=choices_of(journey))


def _freeze_poster(schedule: Schedule, round_: Round | None, language: str) -> Inputs:
    """The map as it is now, in the recipients' language. Raises CannotBeMade with all that is in the way."""
    choices = choices_of(schedule.journey)
    form = PosterForm(as_of_now(schedule.options, choices), choices=choices)
    if not form.is_valid():
        raise CannotBeMade(" ".join(str(error) for errors in form.errors.values() for error in errors))
    inputs = freeze_choice(choices, replace(form.chosen(), language=language))
    blocking = [problem.text for problem in check_poster(inputs) if problem.is_blocking]
    if blocking:
        raise CannotBeMade("\n".join(blocking))
    return inputs


def as_of_now(options: Mapping[str, Any], choices: PosterChoices) -> dict[str, Any]:
    """A schedule that showed a round shows the newest; one that led to a round leads to the one that is open now.

    A story that is no longer published gives way to the featured one.
    """
    now = dict(options)
    if str(now.get("shows", "")).startswith("round-"):
        now["shows"] = f"round-{choices.rounds[0].pk}" if choices.rounds else ""
    if now.get("leads_to") and now["leads_to"] not in {str(link.pk) for link in choices.links}:
        now["leads_to"] = str(choices.links[0].pk) if choices.links else ""
    if now.get("story") and now["story"] not in {str(story.pk) for story in choices.stories}:
        now["story"] = FEATURED if featured_of(choices) else ""
    return now


def _request_poster(schedule: Schedule, user: User, inputs: Inputs, round_: Round | None) -> Made:
    return posters.request_poster(schedule.journey, user, inputs)


def _freeze_report(schedule: Schedule, round_: Round | None, language: str) -> Inputs:
    """The round's results in the recipients' language. Raises CannotBeMade where no round shows any."""
    if round_ is None:
        raise CannotBeMade(_("No round of this journey has closed with results yet. A leader report is made of one."))
    if reason := leader.why_not(round_):
        raise CannotBeMade(reason)
    inputs: Inputs = leader.inputs_of(
        round_,
        language=language,
        paper=schedule.options.get("paper", "A4"),
        is_archive=schedule.options.get("is_archive", False),
    )
    return inputs


def _request_report(schedule: Schedule, user: User, inputs: Inputs, round_: Round | None) -> Made:
    report: Made = leader.request_report(schedule.organisation, user, inputs, round_=round_)
    return report
