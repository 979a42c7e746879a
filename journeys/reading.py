"""Which moment to look at first. Pure: plain values in, the places of moments out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from journeys.choices import Channel
from journeys.levels import DAMAGING, INDIFFERENT


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of one moment. contacts: a year, of one customer or of all; seconds: of one contact."""

    level: int | None
    contacts: float
    seconds: float
    channel: str


def weakest_moment(moments: Sequence[Reading]) -> int | None:
    """Place of the lowest level; among equals the most contacts, then the first. None where nothing is judged.

    Source: METHOD, "weakest moment".
    """
    return _first(moments, lambda moment: (-(moment.level or 0), moment.contacts), lambda moment: bool(moment.level))


def longest_wait(moments: Sequence[Reading]) -> int | None:
    """Place of the longest moment among those whose channel is waiting. None where nobody waits."""
    return _first(moments, _length, lambda moment: moment.channel == Channel.WAITING and moment.seconds > 0)


def longest_moment(moments: Sequence[Reading]) -> int | None:
    """Place of the longest moment of any channel."""
    return _first(moments, _length, lambda moment: moment.seconds > 0)


def most_contacts(moments: Sequence[Reading]) -> int | None:
    """Place of the moment that is met most often."""
    return _first(moments, lambda moment: (moment.contacts,), lambda moment: moment.contacts > 0)


def least_value_a_second(moments: Sequence[Reading]) -> int | None:
    """Place of the moment on which customers' time is spent worst. None where nothing judged takes time.

    A second at a moment is worth what the moment's contacts are to the loyalty balance: -1 where they damage value, 0
    where they leave indifferent, +1 where they create it. The lowest worth comes first and, among equals, the moment
    that takes most of the customers' year: contacts times seconds. A quotient of level and seconds would only find the
    longest moment, or of two bad ones the shorter. METHOD has no formula; this one is ours, docs/reading-aids.md.
    """
    return _first(
        moments,
        lambda moment: (-worth_of(moment.level or 0), moment.contacts * moment.seconds),
        lambda moment: bool(moment.level) and moment.contacts * moment.seconds > 0,
    )


def worth_of(level: int) -> int:
    """-1 where a level damages value, 0 where it leaves indifferent, +1 where it creates it."""
    return -1 if level in DAMAGING else 0 if level == INDIFFERENT else 1


def _length(moment: Reading) -> tuple[float, ...]:
    return moment.seconds, moment.contacts


def _first(
    moments: Sequence[Reading], rank: Callable[[Reading], tuple[float, ...]], counts: Callable[[Reading], bool]
) -> int | None:
    """Place of the highest rank among those that count; the earliest of equals, and none where all are alike."""
    places = [place for place, moment in enumerate(moments) if counts(moment)]
    if len(places) > 1 and len({rank(moments[place]) for place in places}) == 1:
        return None
    return max(places, key=lambda place: rank(moments[place]), default=None)
