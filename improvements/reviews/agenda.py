"""The agenda of a review, made from figures: what changed, the weakest moment, stories, actions, one question.

Of rounds nothing but published result sheets is read, so an agenda shows nothing that the privacy rule hides. Call
inside the organisation's scope.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from assessments.choices import RoundState
from assessments.models import ResultSheet
from assessments.sentences import three_sentences
from assessments.sheet_reading import moment_at
from improvements.actions.rows import done_actions, overdue_actions
from improvements.models import Action, Review, Story
from improvements.reviews.keeping import question_number
from improvements.reviews.questions import question_at
from improvements.stories.feed import stories_to_read
from journeys.levels import DAMAGING
from journeys.models import Event, Journey, Moment

FIRST_LOOK_BACK = timedelta(days=90)
STORIES_READ, DONE_SHOWN = 2, 5


@dataclass(frozen=True, slots=True)
class Weakest:
    """The moment that does most damage. contacts: damaged ones a year, None where unknown; whose: the judges."""

    title: str
    contacts_per_year: float | None
    whose: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """since: the last review, None before the first. round_title: empty where no round shows results to this reader."""

    since: date | None
    day: date
    round_title: str
    round_closed_on: date | None
    is_round_new: bool
    sentences: tuple[str, ...]
    weakest: Weakest | None
    map_changes: int
    stories: tuple[Story, ...]
    overdue: tuple[Action, ...]
    done: tuple[Action, ...]
    question: str


def agenda_of(journey: Journey, *, with_results: bool, review: Review | None = None) -> Agenda:
    """What a review looks at today; at most seven queries. with_results: whether its reader may see rounds' results.

    review: the one that is open or being read, whose question is asked.
    """
    today = timezone.localdate()
    since = last_held(journey)
    figures = _newest_figures(journey) if with_results else None
    closed_on = parse_date(figures["round"]["closed_on"] or "") if figures else None
    looked_back = since or today - FIRST_LOOK_BACK
    return Agenda(
        since=since,
        day=today,
        round_title=figures["round"]["title"] if figures else "",
        round_closed_on=closed_on,
        is_round_new=bool(figures) and (since is None or closed_on is None or closed_on >= since),
        sentences=tuple(three_sentences(figures)) if figures else (),
        weakest=(_weakest_by_round(figures) if figures else None) or _weakest_by_map(journey),
        map_changes=Event.objects.filter(journey=journey, at__date__gte=looked_back).count(),
        stories=tuple(stories_to_read(journey, STORIES_READ)),
        overdue=tuple(overdue_actions(journey.organisation, today, journey.pk)),
        done=tuple(done_actions(journey.organisation, looked_back, [journey.pk], DONE_SHOWN)),
        question=question_at(review.question if review else question_number(journey)),
    )


def last_held(journey: Journey) -> date | None:
    """When the last review was held that is closed."""
    closed = Review.objects.filter(journey=journey, closed_at__isnull=False)
    found: date | None = closed.order_by("-held_on").values_list("held_on", flat=True).first()
    return found


def _newest_figures(journey: Journey) -> Any:
    """Of the round that opened last and is not put away."""
    sheets = ResultSheet.objects.filter(round__journey=journey).exclude(round__state=RoundState.ARCHIVED)
    return sheets.order_by("-round__opened_at", "-round__pk").values_list("figures", flat=True).first()


def _weakest_by_round(figures: Any) -> Weakest | None:
    """The first of the sheet's own list, which orders moments by the damage a year."""
    rows: Sequence[Any] = figures["enhance"]
    if not rows:
        return None
    moment = moment_at(figures, rows[0]["position"])
    view = (moment["damage"] or {}).get("view", "")
    whose = _("by customers") if view == "customers" else _("by staff, our own view")
    return Weakest(moment["title"], rows[0]["contacts_per_year"], whose)


def _weakest_by_map(journey: Journey) -> Weakest | None:
    """By the levels on the map: the poor moment that is met most often."""
    poor = Moment.objects.filter(stage__journey=journey, level__in=DAMAGING)
    row = poor.order_by("-contacts_per_customer", "level", "pk").values_list("title", "contacts_per_customer", "level")
    found = row.first()
    if found is None:
        return None
    title, each, level = found
    contacts = each * journey.customers_per_year if journey.customers_per_year else None
    return Weakest(title, contacts, _("our own estimate on the map"), level)
