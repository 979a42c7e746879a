"""Somebody who keeps every sheet that was ever shown, and writes down which people each new number is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any

from tests.assessments.attacker import Column, Rows, given_away
from tests.assessments.houses import MOMENTS, Person, readers, total

COMMENTS_MINIMUM = 10
Path = tuple[str, ...]


class Onlooker:
    """Sees the releases of one round, one after the other. who: of each release and path, the people."""

    def __init__(self, minimum: int) -> None:
        self.minimum = minimum
        self.who: dict[tuple[int, Path], list[Person]] = {}
        self.rows: dict[str, Rows] = {name: [] for name in (*readers(), "ideas")}
        self.last: dict[tuple[str, Path], tuple[float, ...]] = {}
        self.releases = 0

    def look(self, figures: dict[str, Any], new: list[Person]) -> None:
        """See the sheet after a release that brought new people."""
        release, self.releases = self.releases, self.releases + 1
        for person in new:
            self.who.setdefault((release, _path(person)), []).append(person)
        now = dict(numbers_of(figures))
        assert self.last.keys() <= now.keys(), "What was shown stays shown."
        for (name, path), shown in now.items():
            grown = _less(shown, self.last.get((name, path)))
            if any(grown):
                self.rows[name].append(self._explain(release, name, path, grown))
        self.last = now
        self._check_medians(figures)

    def read_ideas(self, release: int, path: Path) -> None:
        """Ideas that were shown under a view or group are those of all who came with them."""
        self.rows["ideas"].append(self._columns(release, path))

    def finds(self) -> list[tuple[str, frozenset[Column]]]:
        """The tables with the groups below the minimum that can be worked out."""
        found = []
        for name, rows in self.rows.items():
            minimum = max(self.minimum, COMMENTS_MINIMUM) if name == "ideas" else self.minimum
            sizes = self._sizes("responses" if name == "ideas" else name)
            known = [frozenset(column for column in row if column in sizes) for row in rows]
            found += [(name, small) for small in given_away(sizes, known, minimum)]
        return found

    def _explain(self, release: int, name: str, path: Path, grown: tuple[float, ...]) -> frozenset[Column]:
        """A number grows by all the new people it is about, or it would be about some that the rules do not know."""
        columns = self._columns(release, path)
        said = _as_shown(name, path, total((p for column in columns for p in self.who[column]), readers()[name]))
        assert grown == said, f"{name} {path}: {grown} is not {said}"
        return columns

    def _check_medians(self, figures: dict[str, Any]) -> None:
        """A median is about the people who are counted beside it, and about no others."""
        for moment in figures["moments"]:
            for name, column in (("times_per_week", "times"), ("seconds", "seconds")):
                if said := moment["volumes"][name]:
                    place = moment["position"]
                    counted = {column for row in self.rows[f"{column} {place}"] for column in row}
                    amounts = [getattr(p.said[place], column) for key in counted for p in self.who[key]]
                    assert said["median"] == median(amount for amount in amounts if amount is not None)

    def _columns(self, release: int, path: Path) -> frozenset[Column]:
        return frozenset((came, at) for came, at in self.who if came == release and at[: len(path)] == path)

    def _sizes(self, name: str) -> dict[Column, int]:
        read = readers()[name]
        sizes = {column: sum(read(person) is not None for person in people) for column, people in self.who.items()}
        return {column: size for column, size in sizes.items() if size}


def numbers_of(figures: dict[str, Any]) -> Iterator[tuple[tuple[str, Path], tuple[float, ...]]]:
    """By table and path, all that the sheet shows which adds up: counts, and sums of levels from means."""
    for view in figures["views"]:
        yield from _shown("responses", (view,), _n(figures["responses"][view]["n"]))
        for group, n in figures["responses"][view]["groups"].items():
            yield from _shown("responses", (view, group), _n(n))
        for moment in figures["moments"][:MOMENTS]:
            place, score = moment["position"], moment["views"][view]
            yield from _shown(f"level {place}", (view,), score and tuple(score["counts"]))
            for group, cell in moment["groups"][view].items():
                sums = cell and (cell["n"], round(cell["n"] * cell["mean"]))
                yield from _shown(f"level {place}", (view, group), sums)
    for moment in figures["moments"][:MOMENTS]:
        place, volumes = moment["position"], moment["volumes"]
        yield from _shown(f"decision {place}", ("staff",), moment["decisions"] and tuple(moment["decisions"].values()))
        for question, name in (("times", "times_per_week"), ("seconds", "seconds")):
            yield from _shown(f"{question} {place}", ("staff",), volumes[name] and (volumes[name]["n"],))


def _as_shown(name: str, path: Path, counts: tuple[int, ...]) -> tuple[float, ...]:
    """Groups show no counts by level but how many there are and their sum."""
    if name.startswith("level") and len(path) > 1:
        return (sum(counts), sum(level * n for level, n in enumerate(counts, start=1)))
    return counts


def _shown(name: str, path: Path, numbers: Any) -> Iterable[tuple[tuple[str, Path], tuple[float, ...]]]:
    return [((name, path), numbers)] if numbers else []


def _n(n: int | None) -> tuple[int, ...] | None:
    return None if n is None else (n,)


def _less(now: tuple[float, ...], before: tuple[float, ...] | None) -> tuple[float, ...]:
    return tuple(a - b for a, b in zip(now, before or (0,) * len(now), strict=True))


def _path(person: Person) -> Path:
    return (person.view, person.group) if person.group else (person.view,)
