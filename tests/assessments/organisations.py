"""Random organisations: views, groups of very different sizes, sub-groups, people who belong nowhere, batches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from assessments.privacy import Counts, Path, Table, publish
from tests.assessments.attacker import Column, Rows

SIZES = (0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7, 9, 12, 20)


@dataclass(frozen=True)
class Asked:
    """One question about one moment: a table a batch, and the minimum of the round."""

    batches: list[Table]
    minimum: int

    @property
    def sizes(self) -> dict[Column, int]:
        """People by batch and path, where there are any."""
        cells = (
            (index, path, sum(counts)) for index, table in enumerate(self.batches) for path, counts in table.items()
        )
        return {(index, path): size for index, path, size in cells if size}

    def seen(self) -> Rows:
        """What somebody sees who keeps each release: what every shown cell grew by, as sets of columns."""
        rows, before = [], {}
        for index in range(len(self.batches)):
            now = {path: counts for path, counts in publish(self.batches[: index + 1], self.minimum).items() if counts}
            assert before.keys() <= now.keys(), "What was shown stays shown."
            for path, counts in now.items():
                grown = _less(counts, before.get(path, (0,) * len(counts)))
                if any(grown):
                    assert grown == _total(self.batches[index], path), "What is shown is what was said."
                    rows.append(self.people(index, path))
            before = now
        return rows

    def people(self, batch: int, path: Path) -> frozenset[Column]:
        return frozenset((index, at) for index, at in self.sizes if index == batch and at[: len(path)] == path)


def random_organisation(seed: int) -> list[Asked]:
    """Some questions to the same people; who does not see a moment does not answer, so sizes differ between them."""
    source = Random(seed)
    minimum = source.choice((3, 5, 5, 5, 7))
    paths = [path for view in ("staff", "customers")[: source.randint(1, 2)] for path in _paths(source, (view,))]
    people = [{path: source.choice(SIZES) for path in paths} for _ in range(source.choice((1, 1, 2, 3)))]
    return [Asked([_table(source, batch) for batch in people], minimum) for _ in range(2)]


def _paths(source: Random, view: Path) -> Iterable[Path]:
    if source.random() < 0.3:
        yield view
    for group in "abcdefg"[: source.randint(1, 7)]:
        parts = source.choice((0, 0, 2, 3))
        if not parts or source.random() < 0.2:
            yield (*view, group)
        for part in range(parts):
            yield (*view, group, str(part))


def _table(source: Random, people: dict[Path, int]) -> Table:
    sees = source.choice((1, 0.9, 0.6))
    return {path: _answers(source, sum(source.random() < sees for _ in range(size))) for path, size in people.items()}


def _answers(source: Random, size: int) -> Counts:
    levels = source.choices(range(6), k=size)
    return tuple(levels.count(level) for level in range(6))


def _less(counts: Counts, others: Counts) -> Counts:
    return tuple(a - b for a, b in zip(counts, others, strict=True))


def _total(table: Table, path: Path) -> Counts:
    under = [counts for at, counts in table.items() if at[: len(path)] == path]
    return tuple(map(sum, zip(*under, strict=True)))
