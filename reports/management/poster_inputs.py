"""What a poster from the shell is made of: a text, or rows of the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from assessments.models import OpenLink, ResultSheet, Round
from improvements.models import Story
from journeys.models import Journey, Scenario
from journeys.plan import JourneyPlan
from journeys.teams import team_key
from reports.forms import FEATURED, STORY_SHOWN
from reports.management.poster_options import print_of, words_of
from reports.models import PosterKind
from reports.posters.choices import PosterChoice, PosterChoices, choices_of, freeze_choice
from reports.posters.parts import cut_plan, find_part, parts_of
from reports.print_forms import name_of
from reports.story_papers.words import shorten_story, story_text

MAP = "map"
NAMED_MOST = 20


def inputs_of_plan(plan: JourneyPlan, options: dict[str, Any]) -> dict[str, Any]:
    """Of a journey in a text."""
    places, subject = _shown(plan, options)
    more = {
        "kind": "" if options["kind"] == "wall" else options["kind"],
        "subject": subject,
        "of_moments": len(plan.moments) if places is not None else 0,
        **words_of(options),
    }
    return {
        "plan": (plan if places is None else cut_plan(plan, places)).to_dict(),
        "size": options["size"],
        "language": options["language"] or plan.language,
        "made_on": (options["date"] or timezone.localdate()).isoformat(),
        "version": 1,
        "organisation": options["organisation"],
        "address": options["address"],
        **print_of(options),
        **{name: it for name, it in more.items() if it},
    }


def inputs_of_rows(options: dict[str, Any]) -> dict[str, Any]:
    """Of a stored journey, or of a round and its journey."""
    round_ = _round(options["round"]) if options["round"] else None
    journeys = Journey.objects.select_related("organisation")
    journey = journeys.filter(pk=options["journey"] or (round_.journey_id if round_ else None)).first()
    if journey is None:
        raise CommandError(f"There is no journey {options['journey']}.")
    if round_ and round_.journey_id != journey.pk:
        raise CommandError(f"Round {round_.pk} is of another journey.")
    choices = choices_of(journey)
    places, subject = _shown(choices.plan, options)
    chosen = PosterChoice(
        size=options["size"],
        kind=options["kind"],
        places=places,
        subject=subject,
        round=round_,
        scenario=_scenario(choices, options["scenario"]),
        link=_link(choices, options["leads_to"]),
        language=options["language"] or "",
        print_=print_of(options),
        words=words_of(options),
        has_said=options["said"],
        story=_story(choices, options["story"]),
    )
    inputs = freeze_choice(choices, chosen)
    return inputs | ({"made_on": options["date"].isoformat()} if options["date"] else {})


def _round(pk: int) -> Round:
    round_ = Round.objects.select_related("organisation").filter(pk=pk).first()
    if round_ is None or not ResultSheet.objects.filter(round=round_).exists():
        raise CommandError(f"Round {pk} shows no results: it is not there, or not closed yet.")
    found: Round = round_
    return found


def _scenario(choices: PosterChoices, called: str) -> Scenario | None:
    if not called:
        return None
    found = next((it for it in choices.scenarios if team_key(it.name) == team_key(called)), None)
    if found is None:
        names = ", ".join(it.name for it in choices.scenarios) or "none"
        raise CommandError(f"This journey has no scenario of that name. There are: {names}.")
    return found


def _story(choices: PosterChoices, called: str) -> Story | None:
    if not called:
        return None
    is_featured = team_key(called) == FEATURED
    found = next((it for it in choices.stories if (it.featured_at if is_featured else str(it.pk) == called)), None)
    if found is None:
        named = [f"{it.pk} ({shorten_story(story_text(it), STORY_SHOWN)[0]})" for it in choices.stories[:NAMED_MOST]]
        raise CommandError(f"--story has to be a published story of this journey: {'; '.join(named) or 'it has none'}.")
    return found


def _link(choices: PosterChoices, called: str) -> OpenLink | None:
    """The one of that name; the newest round's where none is named, as the form offers it first; none for the map."""
    if not called:
        return choices.links[0] if choices.links else None
    if team_key(called) == MAP:
        return None
    named = [(name_of(link, link.round), link) for link in choices.links]
    found = next((link for name, link in named if team_key(name) == team_key(called)), None)
    if found is None:
        raise CommandError(f"--leads-to has to be one of these: {'; '.join([*(name for name, _ in named), MAP])}.")
    return found


def _shown(plan: JourneyPlan, options: dict[str, Any]) -> tuple[list[int] | None, str]:
    """The places of the moments that the kind shows, None for all, and what it is called."""
    if options["kind"] == PosterKind.TEAM:
        part = find_part(plan, options["subject"])
        if part is None:
            names = ", ".join(dict.fromkeys(part.name for part in parts_of(plan)))
            raise CommandError(f"--subject has to be one of these: {names}.")
        return list(part.places), part.name
    if options["kind"] == PosterKind.CARD:
        titles = [team_key(moment.title) for moment in plan.moments]
        if team_key(options["moment"]) not in titles:
            raise CommandError("--moment has to be the title of a moment of this journey.")
        place = titles.index(team_key(options["moment"]))
        return [place], plan.moments[place].title
    return None, ""
