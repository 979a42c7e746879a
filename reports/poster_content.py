"""Everything a poster says, taken from its frozen inputs: words and figures without place or type."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from journeys.choices import CHANNEL_ICONS, Channel, Decision, Level
from journeys.figures import plain, short
from journeys.levels import value_of_levels
from journeys.plan import JourneyPlan, MomentPlan
from journeys.volumes import contacts_per_year, total_volumes
from reports import poster_words as words
from reports.look import FrozenLook, frozen_look
from reports.poster_scenario import PosterScenario, scenario_of
from reports.typesetting import printable

WEAKEST_SHOWN = 2
CHANNELS, DECISIONS, LEVELS = set(Channel.values), set(Decision.values), set(Level.values)


@dataclass(frozen=True, slots=True)
class PosterMoment:
    """One moment. contacts: a year, of all customers or, where their number is unknown, of one."""

    title: str
    channel: str
    icon: str
    contacts: float
    volume: str
    volume_unit: str
    duration: str
    duration_unit: str
    decision: str
    decision_name: str
    what_more: str
    level: int | None
    is_make_or_break: bool
    target: int | None = None


@dataclass(frozen=True, slots=True)
class PosterStage:
    title: str
    moments: tuple[PosterMoment, ...]


@dataclass(frozen=True, slots=True)
class PosterContent:
    """A whole poster in words. figures: number, caption, colour; remark: its bold opening and the rest."""

    journey: str
    organisation: str
    headline: str
    headline_caption: str
    sentence: str
    figures: tuple[tuple[str, str, str], ...]
    remark: tuple[str, str]
    stages: tuple[PosterStage, ...]
    made_on: str
    version: int
    address: str
    language: str
    text_language: str
    scenario: PosterScenario | None = None
    look: FrozenLook = field(default_factory=FrozenLook)

    @property
    def moments(self) -> tuple[PosterMoment, ...]:
        return tuple(moment for stage in self.stages for moment in stage.moments)

    @property
    def day(self) -> str:
        """The date in words of the poster's language."""
        return words.say_date(date.fromisoformat(self.made_on))


def content_of(inputs: dict[str, Any]) -> PosterContent:
    """What the poster of these inputs says, in the language that is active."""
    plan = JourneyPlan.from_dict(inputs["plan"])
    volumes = total_volumes(
        plan.customers_per_year, [m.contacts_per_customer for m in plan.moments], [m.seconds for m in plan.moments]
    )
    value = value_of_levels([m.level for m in plan.moments], [m.contacts_per_customer for m in plan.moments])
    scenario = scenario_of(inputs, plan)
    targets = iter(scenario.targets if scenario else [None] * len(plan.moments))
    headline, caption = words.say_headline(plan.customers_per_year, volumes)
    return PosterContent(
        journey=one_line(plan.title),
        organisation=one_line(inputs["organisation"]),
        headline=headline,
        headline_caption=caption,
        sentence=words.say_sentence(plan.customers_per_year, volumes),
        figures=scenario.figures if scenario else tuple(words.say_figures(value, plan.customers_per_year, volumes)),
        remark=scenario.remark if scenario else _remark(plan),
        stages=tuple(
            PosterStage(
                one_line(stage.title),
                tuple(_moment(moment, plan.customers_per_year, next(targets)) for moment in stage.moments),
            )
            for stage in plan.stages
        ),
        made_on=inputs["made_on"],
        version=inputs["version"],
        address=one_line(inputs.get("address") or ""),
        language=inputs["language"],
        text_language=plan.language or inputs["language"],
        scenario=scenario,
        look=frozen_look(inputs),
    )


def one_line(text: str) -> str:
    return " ".join(printable(text).split("\n"))


def _moment(moment: MomentPlan, customers: int, target: int | None) -> PosterMoment:
    contacts = contacts_per_year(customers, moment.contacts_per_customer) if customers else moment.contacts_per_customer
    channel = Channel(moment.channel if moment.channel in CHANNELS else Channel.OTHER)
    decision = moment.decision if moment.decision in DECISIONS else ""
    return PosterMoment(
        title=one_line(moment.title),
        channel=str(channel.label),
        icon=CHANNEL_ICONS[channel],
        contacts=contacts,
        volume=short(contacts) if customers else plain(contacts, decimals=2),
        volume_unit=_("a year") if customers else _("per customer"),
        duration=words.short_duration(moment.seconds),
        duration_unit=_("each"),
        decision=decision,
        decision_name=str(Decision(decision).label) if decision else "",
        what_more=printable(moment.what_more),
        level=moment.level if moment.level in LEVELS else None,
        is_make_or_break=moment.is_make_or_break,
        target=target if target in LEVELS else None,
    )


def _remark(plan: JourneyPlan) -> tuple[str, str]:
    """The weakest moments by the manager's own levels, the most frequent first. Source: METHOD, "weakest moment"."""
    judged = [moment for moment in plan.moments if moment.level in LEVELS]
    if not judged:
        return "", _("No moment has a level yet.")
    lowest = min(moment.level or 0 for moment in judged)
    weakest = [moment for moment in judged if moment.level == lowest]
    weakest.sort(key=lambda moment: -moment.contacts_per_customer)
    return words.say_weakest([one_line(moment.title) for moment in weakest[:WEAKEST_SHOWN]])
