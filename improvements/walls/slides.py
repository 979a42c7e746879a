"""What a screen on the wall shows, slide by slide, in the language that is active.

Figures come from result sheets alone, texts from what people wrote to be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from assessments.result_ladder import draw_part
from assessments.result_words import Figures, answers, level_of, say
from assessments.sheet_reading import has_answers, moment_at
from assessments.wording import level_words
from improvements.models import Display
from improvements.walls.asking import asking_slides
from improvements.walls.journeys import WallJourney, journeys_on_wall, read_journeys
from improvements.walls.slide import Slide
from improvements.walls.slide_kinds import SlideKind
from improvements.walls.telling import action_slides, shorten, story_slides
from improvements.walls.words import say_balance, say_level, say_meetings, say_part, say_range, say_shares, say_source
from journeys.figures import short, whole

OF_JOURNEYS = (SlideKind.NUMBER, SlideKind.BALANCE, SlideKind.LADDER, SlideKind.WEAKEST)
OF_ALL = {SlideKind.STORIES: story_slides, SlideKind.ACTIONS: action_slides, SlideKind.ASK: asking_slides}
LADDER_MOMENTS, LADDER_PARTS = 10, 3
WHAT_MORE_SHOWN = 320
WRITTEN_OUT_BELOW = 1e10
LADDER_WIDTH = 680  # units of journeys.ladder: as wide as a screen is at the ladder's height


def slides_of(display: Display) -> list[Slide]:
    """All slides, journey by journey and then what is told of all; as many queries for one journey as for eight."""
    kinds, journeys = set(display.slides), journeys_on_wall(display)
    shown = read_journeys(journeys) if kinds & set(OF_JOURNEYS) else []
    names = {words.level: words.name for words in level_words(display.organisation, display.language)}
    slides = [slide for each in shown for slide in _of_journey(each, kinds, names)]
    ids = [journey.pk for journey in journeys]
    for kind, make in OF_ALL.items():
        slides += make(display, ids) if kind in kinds else []
    return slides


def _of_journey(shown: WallJourney, kinds: set[str], names: dict[int, str]) -> Iterator[Slide]:
    """In the order of SlideKind."""
    if SlideKind.NUMBER in kinds and shown.volumes.contacts_per_year >= 1:
        yield _number(shown)
    if shown.figures is None or shown.told is None:
        return
    figures, view = shown.figures, shown.told.view
    if SlideKind.BALANCE in kinds and shown.told.balance(view):
        yield _balance(shown, figures, view)
    if SlideKind.LADDER in kinds:
        yield from _ladders(shown, figures, names)
    if SlideKind.WEAKEST in kinds and figures["weakest"]:
        yield _weakest(shown, figures)


def _slide(kind: SlideKind, shown: WallJourney, part: int = 0, **says: Any) -> Slide:
    return Slide(kind, f"{shown.journey.pk}-{part}", shown.journey.title, shown.journey.language, says)


def _number(shown: WallJourney) -> Slide:
    count = round(shown.volumes.contacts_per_year)
    number = whole(count) if count < WRITTEN_OUT_BELOW else short(count)
    sentence = say_meetings(shown.journey.customers_per_year, shown.volumes)
    return _slide(SlideKind.NUMBER, shown, number=number, count=count, sentence=sentence)


def _balance(shown: WallJourney, figures: Figures, view: str) -> Slide:
    told = figures["whole"][view]
    balance = told["loyalty_balance"]["value"]
    return _slide(
        SlideKind.BALANCE,
        shown,
        number=say_balance(balance),
        tone="good" if round(balance) > 0 else "bad" if round(balance) < 0 else "even",
        sentence=say_shares(told),
        range=say_range(told["loyalty_balance"]),
        source=say_source(figures, view),
    )


def _ladders(shown: WallJourney, figures: Figures, names: dict[int, str]) -> Iterator[Slide]:
    """The curve in equal parts that can be read from across a corridor; of a very long journey its first ones."""
    moments = figures["moments"]
    size = ceil(len(moments) / max(1, ceil(len(moments) / LADDER_MOMENTS)))
    for part, start in enumerate(range(0, len(moments), max(1, size))[:LADDER_PARTS]):
        some = moments[start : start + size]
        yield _slide(
            SlideKind.LADDER,
            shown,
            part,
            ladder=draw_part(figures, some, LADDER_WIDTH / size),
            width=LADDER_WIDTH,
            first=start + 1,
            levels=[(level, names[level]) for level in sorted(names, reverse=True)],
            size=size,
            which=say_part(start + 1, start + len(some), len(moments)) if size < len(moments) else "",
            language=figures["round"]["language"],
            source=[(view, say_source(figures, view)) for view in figures["views"] if has_answers(figures, view)],
        )


def _weakest(shown: WallJourney, figures: Figures) -> Slide:
    view = figures["weakest"]["view"]
    moment = moment_at(figures, figures["weakest"]["position"])
    score = moment["views"][view]
    return _slide(
        SlideKind.WEAKEST,
        shown,
        title=moment["title"],
        language=figures["round"]["language"],
        mean=say(score["mean"]),
        level=level_of(score["mean"]),
        sentence=say_level(score["mean"], view),
        answers=answers(score["n"]),
        what_more=shorten(shown.what_more, WHAT_MORE_SHOWN),
        map_language=shown.journey.language,
    )
