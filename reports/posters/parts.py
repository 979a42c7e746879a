"""A part of a journey on paper: the moments of one channel or team. Plain values in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from journeys.choices import Channel
from journeys.plan import JourneyPlan, MomentPlan
from journeys.teams import split_names, team_key

CHANNEL, FRONT, BEHIND = "channel", "front", "behind"


@dataclass(frozen=True, slots=True)
class Part:
    """Moments that belong together. key: side and compared name, as forms send it; places: from 0 over the journey."""

    key: str
    name: str
    places: tuple[int, ...]

    @property
    def side(self) -> str:
        return self.key.partition(":")[0]


def parts_of(plan: JourneyPlan) -> list[Part]:
    """Every channel and team of a journey, each in the order in which it first appears: channels, front, behind."""
    names: dict[str, str] = {}
    places: dict[str, list[int]] = {}
    for place, moment in enumerate(plan.moments):
        for key, name in _owners(moment):
            names.setdefault(key, name)
            places.setdefault(key, []).append(place)
    found = [Part(key, name, tuple(places[key])) for key, name in names.items()]
    return sorted(found, key=lambda part: (CHANNEL, FRONT, BEHIND).index(part.side))


def _owners(moment: MomentPlan) -> list[tuple[str, str]]:
    channel = Channel(moment.channel if moment.channel in Channel.values else Channel.OTHER)
    teams = ((FRONT, moment.serves_in_front), (BEHIND, moment.stands_behind))
    named = [(f"{side}:{team_key(name)}", name) for side, text in teams for name in split_names(text)]
    return [(f"{CHANNEL}:{channel.value}", str(channel.label)), *named]


def find_part(plan: JourneyPlan, called: str) -> Part | None:
    """A part by its key or, whatever its capitals, by its name."""
    parts = parts_of(plan)
    by_key = (part for part in parts if part.key == called)
    return next(by_key, next((part for part in parts if team_key(part.name) == team_key(called)), None))


def cut_plan(plan: JourneyPlan, places: Sequence[int]) -> JourneyPlan:
    """The journey with these moments alone; stages that keep none are left out."""
    kept, place, stages = set(places), 0, []
    for stage in plan.stages:
        moments = tuple(moment for i, moment in enumerate(stage.moments, start=place) if i in kept)
        place += len(stage.moments)
        if moments:
            stages.append(replace(stage, moments=moments))
    return replace(plan, stages=tuple(stages))


def side_names() -> dict[str, str]:
    """What a form calls the three kinds of parts."""
    return {CHANNEL: _("Channels"), FRONT: _("Who serves in front"), BEHIND: _("Who stands behind")}
