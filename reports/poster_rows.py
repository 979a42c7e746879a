"""How moments fall into columns and columns into rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from reports.poster_content import PosterContent, PosterMoment
from reports.sizes import COLUMNS_MAX


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


def split_rows(columns: Sequence[Column]) -> list[list[Column]]:
    """Rows of at most 12 columns, as even as can be; a row ends with its stage where that costs one column at most."""
    rows: list[list[Column]] = []
    rest = list(columns)
    for rows_left in range(ceil(len(columns) / COLUMNS_MAX), 0, -1):
        end = _end_of_row(rest, rows_left)
        rows.append(rest[:end])
        rest = rest[end:]
    return rows


def _end_of_row(columns: Sequence[Column], rows: int) -> int:
    even = ceil(len(columns) / rows)
    for end in (even, even + 1, even - 1):
        fits = 0 < end <= COLUMNS_MAX and len(columns) - end <= COLUMNS_MAX * (rows - 1)
        if fits and end < len(columns) and columns[end].opens_stage:
            return end
    return even


def stages_of_row(row: Sequence[Column]) -> list[tuple[int, int, Column]]:
    """First column, number of columns and the column that opens each stage's stretch of a row."""
    starts = [i for i, column in enumerate(row) if i == 0 or row[i - 1].stage != column.stage]
    ends = [*starts[1:], len(row)]
    return [(start, end - start, row[start]) for start, end in zip(starts, ends, strict=True)]
