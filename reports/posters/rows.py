"""How moments fall into columns and columns into rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from reports.posters.content import PosterContent, PosterMoment
from reports.sizes import COLUMNS_MAX

COST_OF_A_CUT = 6  # of a stage that goes on in the next row, beside squares of what rows differ from the even length
Ends = dict[int, tuple[float, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Column:
    """One moment of a stage, or a stage that has none yet."""

    stage: int
    stage_title: str
    moment: PosterMoment | None
    opens_stage: bool


def columns_of(content: PosterContent) -> list[Column]:
    """A column a moment; an empty stage keeps one column."""
    columns = []
    for i, stage in enumerate(content.stages):
        for j, moment in enumerate(stage.moments or (None,)):
            columns.append(Column(i, stage.title, moment, opens_stage=j == 0))
    return columns


def split_rows(columns: Sequence[Column], count: int = 0) -> list[list[Column]]:
    """So many rows, or as few as hold all, of at most 12 columns, as even as can be.

    A row ends with its stage where that leaves the rows even enough.
    """
    count = count or ceil(len(columns) / COLUMNS_MAX)
    even = len(columns) / count
    ends: Ends = {0: (0.0, (0,))}
    for rows_left in range(count - 1, -1, -1):
        ends = _next_ends(columns, ends, rows_left, even)
    _cost, breaks = ends[len(columns)]
    return [list(columns[start:end]) for start, end in pairwise(breaks)]


def _next_ends(columns: Sequence[Column], ends: Ends, rows_left: int, even: float) -> Ends:
    """The cheapest way to each place where the next row may end, with so many rows after it."""
    found: Ends = {}
    for start, (cost, breaks) in sorted(ends.items(), reverse=True):
        for end in range(start + 1, min(start + COLUMNS_MAX, len(columns)) + 1):
            rest = len(columns) - end
            if not rows_left <= rest <= COLUMNS_MAX * rows_left:
                continue
            cuts = end < len(columns) and not columns[end].opens_stage
            total = cost + (end - start - even) ** 2 + (COST_OF_A_CUT if cuts else 0)
            # of two ways that cost the same, the one whose earlier rows are longer came first
            if end not in found or total < found[end][0] - 1e-9:
                found[end] = total, (*breaks, end)
    return found


def stages_of_row(row: Sequence[Column]) -> list[tuple[int, int, Column]]:
    """First column, number of columns and the column that opens each stage's stretch of a row."""
    starts = [i for i, column in enumerate(row) if i == 0 or row[i - 1].stage != column.stage]
    ends = [*starts[1:], len(row)]
    return [(start, end - start, row[start]) for start, end in zip(starts, ends, strict=True)]
