"""Random organisations of people who answer round after round, and batches made of what they say.

Nothing here knows what is hidden: people are counted one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

SIZES = (0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7, 9, 12)
GROUPS = ("1", "2", "3", "4")
DECISIONS = ("keep", "enhance", "eliminate")
MOMENTS = 2


@dataclass(frozen=True)
class Said:
    """What one person says of one moment; level None: does not see it."""

    level: int | None
    decision: str = ""
    times: float | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Person:
    """group: an id as a text, or "" for none. said: one a moment."""

    view: str
    group: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Asking:
    """One round: who answered until each release."""

    releases: list[list[Person]]


@dataclass(frozen=True)
class House:
    """An organisation with its minimum group and its rounds, one after the other."""

    minimum: int
    rounds: list[Asking] = field(default_factory=list)


def random_house(seed: int) -> House:
    """One or two rounds with one to three releases each; between rounds some leave and some join."""
    source = Random(seed)
    house, people = House(source.choice((3, 5, 5, 7))), _people(source)
    for _ in range(source.choice((1, 2))):
        source.shuffle(people)
        house.rounds.append(Asking(_split(source, [_speak(source, person) for person in people])))
        people = [person for person in people if source.random() < 0.9] + _people(source)[: source.choice((0, 1, 4, 9))]
    return house


def _people(source: Random) -> list[Person]:
    views = ("staff", "customers")[: source.choice((1, 1, 2))]
    groups = [source.choice(("", GROUPS[0])), *GROUPS[: source.randint(1, len(GROUPS))]]
    return [Person(view, group, ()) for view in views for group in groups for _ in range(source.choice(SIZES))]


def _split(source: Random, people: list[Person]) -> list[list[Person]]:
    cuts = sorted(source.randint(0, len(people)) for _ in range(source.choice((0, 0, 1, 2))))
    return [people[start:end] for start, end in zip([0, *cuts], [*cuts, len(people)], strict=True)]


def _speak(source: Random, person: Person) -> Person:
    sees = source.choice((1, 0.9, 0.5))
    said = (_say(source) if source.random() < sees else Said(None) for _ in range(MOMENTS))
    return replace(person, said=tuple(said))


def _say(source: Random) -> Said:
    return Said(
        source.randint(1, 6),
        source.choice((*DECISIONS, "")),
        source.choice((None, 1, 5, 40.5)),
        source.choice((None, 10, 60, 95.5)),
    )


# The tables that figures stand in: what one person adds to each, None where nothing.

Reader = Callable[[Person], tuple[int, ...] | None]


def readers() -> dict[str, Reader]:
    """By name of the table."""
    found: dict[str, Reader] = {"responses": lambda person: (1,)}
    for place in range(MOMENTS):
        found |= {
            f"level {place}": lambda person, place=place: _one_of(range(1, 7), person.said[place].level),
            f"decision {place}": lambda person, place=place: _one_of(DECISIONS, person.said[place].decision or None),
            f"times {place}": lambda person, place=place: (1,) if person.said[place].times is not None else None,
            f"seconds {place}": lambda person, place=place: (1,) if person.said[place].seconds is not None else None,
        }
    return found


def _one_of(values: Iterable[Any], value: Any) -> tuple[int, ...] | None:
    return None if value is None else tuple(int(value == each) for each in values)


def total(people: Iterable[Person], read: Reader) -> tuple[int, ...]:
    """What these people say altogether; () where none of them says anything."""
    return tuple(map(sum, zip(*filter(None, map(read, people)), strict=True)))


def stored(people: list[Person]) -> dict[str, Any]:
    """The fields of a batch of these people, all of one view."""
    tallies: dict[str, dict[str, dict[str, list[int]]]] = {}
    for name, read in readers().items():
        question, _, place = name.partition(" ")
        if place:
            groups = {person.group for person in people}
            cells = {group: list(total([p for p in people if p.group == group], read)) for group in groups}
            tallies.setdefault(question, {})[place] = {group: counts for group, counts in cells.items() if counts}
    amounts = {
        name: {
            str(place): _histogram(getattr(person.said[place], name) for person in people) for place in range(MOMENTS)
        }
        for name in ("times", "seconds")
    }
    alike = Counter(sum((said.level or 0) << (3 * place) for place, said in enumerate(p.said)) for p in people)
    return {
        "response_counts": dict(Counter(p.group for p in people)),
        "tallies": tallies,
        "amounts": amounts,
        "profiles": [[packed, n] for packed, n in sorted(alike.items()) if packed],
    }


def _histogram(values: Iterable[float | None]) -> list[list[float]]:
    return [[value, n] for value, n in sorted(Counter(value for value in values if value is not None).items())]
