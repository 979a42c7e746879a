"""Everything a poster says, taken from its frozen inputs: words and figures without place or type."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assessments.addresses import answer_address, short_address
from assessments.models import OpenLink
from journeys.choices import CHANNEL_ICONS, LEVEL_MEANINGS, Channel, Decision, Level
from journeys.figures import plain, short
from journeys.levels import value_of_levels
from journeys.plan import JourneyPlan, MomentPlan
from journeys.volumes import contacts_per_year, total_volumes
from reports.look import FrozenLook, frozen_look
from reports.posters import words
from reports.posters.results import Means, PosterResults, results_of
from reports.posters.scenario import PosterScenario, scenario_of
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
    means: Means | None = None


@dataclass(frozen=True, slots=True)
class PosterStage:
    title: str
    moments: tuple[PosterMoment, ...]


@dataclass(frozen=True, slots=True)
class SaidAndDone:
    """Something that was said, empty where its words may not be read, and done. whose: who said it, in words."""

    whose: str
    said: str
    did: str
    day: str


@dataclass(frozen=True, slots=True)
class PosterContent:
    """A whole poster in words. figures: number, caption, colour; remark: its bold opening and the rest.

    address: printed under the QR code; scanned: what the code leads to; part: the team whose moments these are; levels:
    names of 1 to 6; meanings: theirs; of_moments: of the whole journey, where a part of it is shown; impact: a moment
    of impact and who; sheet: which of how many that hang side by side; review: when the
    journey is reviewed next, or that it should have been; said_done: of “You said, we did”.
    """

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
    results: PosterResults | None = None
    scanned: str = ""
    is_round_scanned: bool = False
    part: str = ""
    levels: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    of_moments: int = 0
    pledge: str = ""
    impact: tuple[str, str] = ("", "")
    sheet: tuple[int, int] = (1, 1)
    review: str = ""
    said_done: tuple[SaidAndDone, ...] = ()
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
    results = results_of(inputs, [one_line(moment.title) for moment in plan.moments])
    told = scenario or results  # whose figures stand in place of the map's
    headline, caption = words.say_headline(plan.customers_per_year, volumes)
    part = one_line(inputs.get("subject") or "") if inputs.get("kind") != "card" else ""
    scanned, address = _address(inputs)
    return PosterContent(
        journey=one_line(plan.title),
        organisation=one_line(inputs["organisation"]),
        headline=headline,
        headline_caption=words.of_part(caption, part),
        sentence=words.say_sentence(plan.customers_per_year, volumes),
        figures=(told and told.figures) or tuple(words.say_figures(value, plan.customers_per_year, volumes)),
        remark=(told and told.remark) or _remark(plan),
        stages=_stages(plan, scenario, results),
        made_on=inputs["made_on"],
        version=inputs["version"],
        address=address,
        language=inputs["language"],
        text_language=plan.language or inputs["language"],
        scenario=scenario,
        results=results,
        scanned=scanned,
        is_round_scanned=bool(inputs.get("nonce")),
        part=part,
        levels=_level_words(inputs, "name"),
        meanings=_level_words(inputs, "meaning"),
        of_moments=inputs.get("of_moments", 0),
        pledge=one_line(inputs.get("pledge") or ""),
        impact=(one_line(inputs.get("impact") or ""), one_line(inputs.get("impact_who") or "")),
        review=_review(inputs),
        said_done=tuple(_said_and_done(row) for row in inputs.get("said_done", ())),
        look=frozen_look(inputs),
    )


def _stages(
    plan: JourneyPlan, scenario: PosterScenario | None, results: PosterResults | None
) -> tuple[PosterStage, ...]:
    places = iter(range(len(plan.moments)))
    return tuple(
        PosterStage(
            one_line(stage.title),
            tuple(_moment(each, plan.customers_per_year, next(places), scenario, results) for each in stage.moments),
        )
        for stage in plan.stages
    )


def _review(inputs: dict[str, Any]) -> str:
    """Empty for a journey without a rhythm, and on posters that were asked for before there was one."""
    frozen = inputs.get("review")
    if not frozen:
        return ""
    day = {"day": words.say_date(date.fromisoformat(frozen["on"]))}
    return _("The review of %(day)s is overdue.") % day if frozen["is_overdue"] else _("Next review %(day)s.") % day


def _said_and_done(row: dict[str, Any]) -> SaidAndDone:
    whose = {"customers": _("A customer said"), "staff": _("A colleague said")}.get(row["whose"], _("You said"))
    day = words.say_date(date.fromisoformat(row["on"]))
    return SaidAndDone(whose, one_line(row["said"]), one_line(row["did"]), day)


def _level_words(inputs: dict[str, Any], part: str) -> tuple[str, ...]:
    """Names or meanings of 1 to 6: the organisation's own, where they are frozen."""
    if own := inputs.get("levels"):
        return tuple(one_line(words[part]) for words in own)
    return tuple(str(level.label if part == "name" else LEVEL_MEANINGS[level]) for level in Level)


def _address(inputs: dict[str, Any]) -> tuple[str, str]:
    """What the QR code leads to and what is printed: an open round by its link's nonce, else the map."""
    if nonce := inputs.get("nonce"):
        link = OpenLink(nonce=nonce)
        return answer_address(link), short_address(link)
    return (address := one_line(inputs.get("address") or "")), address


def one_line(text: str) -> str:
    return " ".join(printable(text).split("\n"))


def _moment(
    moment: MomentPlan, customers: int, place: int, scenario: PosterScenario | None, results: PosterResults | None
) -> PosterMoment:
    """place: among all moments, from 0."""
    target = scenario.targets[place] if scenario else None
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
        means=results.means[place] if results else None,
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
