"""The demo organisation's rounds that are over, so that results can be looked at without asking anybody.

Made up, and always the same: staff think better of the wait at the gate and of the captain's words than customers do;
two small groups stay hidden; what has changed since spring is clear at two moments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from assessments.answers import NOT_SEEN, Answer
from assessments.choices import Audience, Source, View
from assessments.models import Round, RoundGroup, RoundMoment
from assessments.release import release_round, show_results
from assessments.rounds import close_round, make_round, open_round
from assessments.storing import store_response
from journeys.choices import Decision
from journeys.models import Journey

JOURNEY = "A trip with us"
CUSTOMERS = 60
TEAMS = {"Gate team": 14, "Cabin crew": 16, "Service centre": 4, "Night desk": 3}


@dataclass(frozen=True)
class Tale:
    """What people say of one moment: mean levels in spring and in autumn, what staff would do, and their ideas."""

    staff: tuple[float, float]
    customers: tuple[float, float]
    decision: Decision = Decision.KEEP
    ideas: tuple[str, ...] = ()


TALES = {
    "Searches a fare": Tale((3.6, 3.6), (3.4, 3.5), ideas=("Show the whole price at once.",)),
    "Books by phone": Tale((3.0, 3.0), (3.1, 3.4), Decision.ENHANCE, ("Call back instead of a queue.",)),
    "Gets the confirmation": Tale((3.5, 3.4), (3.5, 3.6), Decision.ENHANCE, ("Say what to bring, in three lines.",)),
    "Drops the bag": Tale((3.9, 4.0), (3.1, 3.9), ideas=("Two belts open from five in the morning.",)),
    "Waits at the gate": Tale(
        (4.1, 4.3),
        (2.5, 2.3),
        Decision.ENHANCE,
        (
            "Speak every 15 minutes, even with no news.",
            "Say why we wait. Nobody minds snow; everybody minds silence.",
            "Let families board while it is still calm.",
        ),
    ),
    "Is welcomed aboard": Tale((4.8, 4.8), (4.8, 4.9), ideas=("By name, when the list is short.",)),
    "Asks for help": Tale((4.5, 4.6), (4.8, 4.9), ideas=("Keep a charger in each galley.",)),
    "Hears the captain": Tale((4.4, 4.4), (3.2, 3.2), Decision.ENHANCE, ("What is below us, not only the weather.",)),
    "Collects the bag": Tale((3.4, 3.5), (3.0, 3.0), Decision.ENHANCE, ("Show how many minutes until the first bag.",)),
    "Receives a survey e-mail": Tale((2.5, 2.3), (3.2, 2.5), Decision.ELIMINATE, ("Ask one question, at the gate.",)),
}


@transaction.atomic
def load_results(organisation: Organisation) -> list[Round]:
    """Two rounds about the demo journey, the later compared with the earlier; none where it has one that is over."""
    journey = Journey.objects.in_organisation(organisation).filter(title=JOURNEY).first()
    if journey is None or Round.objects.filter(journey=journey, closed_at__isnull=False).exists():
        return []
    journey.organisation = organisation
    spring = _tell(journey, "Spring", 0, days_ago=190, previous=None)
    return [spring, _tell(journey, "Autumn", 1, days_ago=16, previous=spring)]


def _tell(journey: Journey, title: str, season: int, days_ago: int, previous: Round | None) -> Round:
    """One round, open for two weeks, with everybody's answers and its results."""
    draft = make_round(journey, None, title=title, audience=Audience.BOTH, previous=previous)
    RoundGroup.objects.bulk_create(
        RoundGroup(round=draft, name=name, people=people + 4, position=position)
        for position, (name, people) in enumerate(TEAMS.items())
    )
    round_ = open_round(draft)
    for view, group, answers in _people(round_, season):
        store_response(round_, view, group, answers, Source.LINK)
    closed = close_round(round_)
    opened_at = timezone.now() - timedelta(days=days_ago)
    Round.objects.filter(pk=closed.pk).update(opened_at=opened_at, closed_at=opened_at + timedelta(days=14))
    release_round(closed)
    show_results(closed)
    return closed


def _people(round_: Round, season: int) -> Iterator[tuple[View, RoundGroup | None, Mapping[int, Answer]]]:
    source = Random(f"Northern Air {season}")  # noqa: S311  # made up, not kept secret
    moments = list(RoundMoment.objects.filter(round=round_))
    for group in RoundGroup.objects.filter(round=round_):
        for number in range(TEAMS[group.name]):
            yield View.STAFF, group, {m.position: _staff_answer(source, m, season, number) for m in moments}
    for _ in range(CUSTOMERS):
        yield View.CUSTOMERS, None, {m.position: _customer_answer(source, m, season) for m in moments}


def _staff_answer(source: Random, moment: RoundMoment, season: int, number: int) -> Answer:
    if source.random() < 0.04:
        return Answer(NOT_SEEN)
    tale = TALES[moment.title]
    return Answer(
        _level(source, tale.staff[season]),
        times_per_week=source.choice((10, 20, 25, 30, 40, 60)),
        seconds=round(moment.seconds * source.uniform(0.7, 2.2)),
        decision=tale.decision if source.random() < 0.6 else source.choice(Decision.values),
        idea=tale.ideas[number] if number < len(tale.ideas) else "",
    )


def _customer_answer(source: Random, moment: RoundMoment, season: int) -> Answer:
    if source.random() < 0.12:
        return Answer(NOT_SEEN)
    return Answer(_level(source, TALES[moment.title].customers[season]))


def _level(source: Random, mean: float) -> int:
    return min(6, max(1, round(source.gauss(mean, 0.95))))
