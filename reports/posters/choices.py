"""What there is to choose from before a poster is made, and what is frozen of the choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from assessments.choices import ANSWER_LANGUAGES
from assessments.models import OpenLink, Round
from assessments.wording import level_words
from improvements.actions.said_done import SaidDone
from improvements.models import Story
from journeys.models import Journey, Scenario
from journeys.plan import JourneyPlan
from journeys.snapshot import plan_of
from reports.models import PosterKind
from reports.posters.asking import freeze_scenario, inputs_of
from reports.posters.parts import Part, cut_plan, parts_of
from reports.posters.said_done import moments_of, said_of, said_of_these, with_said
from reports.posters.story import stories_of, with_story
from reports.round_freezing import freeze_round, open_links, rounds_with_results

WORDS = ("pledge", "impact", "impact_who")


@dataclass(frozen=True)
class PosterChoices:
    """One reading of a journey. moment_ids: of the plan's moments, in order; stories: those published, the
    featured one first; said: of “You said, we did”, the newest first.
    """

    journey: Journey
    plan: JourneyPlan
    moment_ids: Sequence[int]
    scenarios: Sequence[Scenario]
    rounds: Sequence[Round]
    links: Sequence[OpenLink]
    parts: Sequence[Part]
    stories: Sequence[Story] = ()
    said: Sequence[SaidDone] = ()


@dataclass(frozen=True)
class PosterChoice:
    """What was chosen. places: of the plan's moments that are shown, all where None; subject: the team or moment.

    words: typed for this poster, by the names of WORDS; a moment of impact among them takes the place of the story.
    has_said: whether “You said, we did” stands on it.
    """

    size: str
    kind: str = PosterKind.WALL
    places: Sequence[int] | None = None
    subject: str = ""
    round: Round | None = None
    scenario: Scenario | None = None
    link: OpenLink | None = None
    language: str = ""
    print_: Mapping[str, Any] | None = None
    words: Mapping[str, str] | None = None
    story: Story | None = None
    has_said: bool = False


def choices_of(journey: Journey) -> PosterChoices:
    """Eight queries."""
    prefetch_related_objects([journey], "stages__moments")
    plan = plan_of(journey)
    return PosterChoices(
        journey=journey,
        plan=plan,
        moment_ids=[moment.pk for stage in journey.stages.all() for moment in stage.moments.all()],
        scenarios=list(Scenario.objects.filter(journey=journey)),
        rounds=rounds_with_results(journey),
        links=open_links(journey),
        parts=parts_of(plan),
        stories=stories_of(journey),
        said=said_of(journey),
    )


def freeze_choice(choices: PosterChoices, chosen: PosterChoice) -> dict[str, Any]:
    """The inputs of a poster, as everything is now: map, round and scenario of one reading, so that they match."""
    places = range(len(choices.moment_ids)) if chosen.places is None else chosen.places
    ids = [choices.moment_ids[place] for place in places]
    language = chosen.language or spoken_by(choices.journey)
    team = chosen.subject if chosen.kind == PosterKind.TEAM else ""
    scenario = freeze_scenario(chosen.scenario, ids) if chosen.scenario else None
    inputs = inputs_of(choices.journey, cut_plan(choices.plan, places), chosen.size, scenario, chosen.print_)
    more = {
        "kind": "" if chosen.kind == PosterKind.WALL else str(chosen.kind),
        "subject": chosen.subject,
        "of_moments": len(choices.moment_ids) if chosen.places is not None else 0,
        "round": freeze_round(chosen.round, ids, team) if chosen.round else None,
        "nonce": chosen.link.nonce if chosen.link else "",
        **{name: (chosen.words or {}).get(name, "") for name in WORDS},
    }
    levels = [{"name": words.name, "meaning": words.meaning} for words in _levels(choices.journey, language)]
    frozen = {**inputs, "language": language, "levels": levels, **{name: it for name, it in more.items() if it}}
    if chosen.kind == PosterKind.CARD:
        return frozen
    if chosen.story and "impact" not in frozen:
        frozen = with_story({name: it for name, it in frozen.items() if name != "impact_who"}, chosen.story)
    return with_said(frozen, said_of_these(choices.said, moments_of(frozen))) if chosen.has_said else frozen


def spoken_by(journey: Journey) -> str:
    """The language that a journey's poster speaks unless another is chosen."""
    return journey.language if journey.language in ANSWER_LANGUAGES else "en"


def _levels(journey: Journey, language: str) -> Any:
    """From 1 to 6."""
    return reversed(level_words(journey.organisation, language))
