"""Somebody who adds and subtracts everything that was ever shown. Knows nothing of how the service decides.

Columns are the smallest sets of people that any figure could be about: those of one batch at one path. Rows are what
was shown: each says how the people of some columns answered, together. A set of columns is given away where rows can be
combined, with any fractions, into exactly that set: then its n and all its counts by level follow.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from itertools import combinations

Column = Hashable
Rows = list[frozenset[Column]]


def given_away(sizes: Mapping[Column, int], rows: Rows, minimum: int) -> list[frozenset[Column]]:
    """The sets of 1 to minimum - 1 people that the rows give away. sizes: people a column, none of them 0."""
    return [
        small
        for part in connected(rows)
        for null in [null_space(part, [row for row in rows if row <= part])]
        for small in small_sets({column: sizes[column] for column in part}, minimum)
        if all(sum(vector[column] for column in small) == 0 for vector in null)
    ]


def connected(rows: Rows) -> list[frozenset[Column]]:
    """Columns that share no row, even over others, can't help to give one another away."""
    parts: list[frozenset[Column]] = []
    for row in rows:
        touching = [part for part in parts if part & row]
        parts = [part for part in parts if not part & row] + [row.union(*touching)]
    return parts


def small_sets(sizes: Mapping[Column, int], minimum: int) -> Iterable[frozenset[Column]]:
    small = [column for column, size in sizes.items() if size < minimum]
    for count in range(1, min(len(small), minimum - 1) + 1):
        for chosen in combinations(small, count):
            if sum(sizes[column] for column in chosen) < minimum:
                yield frozenset(chosen)


def null_space(columns: Iterable[Column], rows: Rows) -> list[dict[Column, Fraction]]:
    """Vectors that span what is orthogonal to every row; what is orthogonal to all of them can be made of rows."""
    names = sorted(columns)
    pivots = eliminate([[Fraction(name in row) for name in names] for row in rows])
    free = [index for index in range(len(names)) if index not in pivots]
    return [
        {
            name: Fraction(1) if index == chosen else -pivots[index][chosen] if index in pivots else Fraction(0)
            for index, name in enumerate(names)
        }
        for chosen in free
    ]


def eliminate(matrix: list[list[Fraction]]) -> dict[int, list[Fraction]]:
    """Gauss and Jordan: the reduced rows by the position of their leading one."""
    pivots: dict[int, list[Fraction]] = {}
    for row in matrix:
        for lead, reduced in pivots.items():
            row = [a - row[lead] * b for a, b in zip(row, reduced, strict=True)]
        lead = next((index for index, value in enumerate(row) if value), None)
        if lead is not None:
            row = [value / row[lead] for value in row]
            for other, reduced in pivots.items():
                pivots[other] = [a - reduced[lead] * b for a, b in zip(reduced, row, strict=True)]
            pivots[lead] = row
    return pivots
