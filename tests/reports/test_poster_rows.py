"""Columns and rows."""

from __future__ import annotations

import pytest

from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from reports.posters.content import content_of
from reports.posters.rows import columns_of, split_rows, stages_of_row
from tests.reports.poster_inputs import inputs_of


def columns(*counts):
    stages = tuple(
        StagePlan(f"S{i}", tuple(MomentPlan(title=f"M{j}") for j in range(count))) for i, count in enumerate(counts)
    )
    return columns_of(content_of(inputs_of(JourneyPlan("J", 1, stages=stages))))


def test_empty_stage_keeps_a_column():
    assert [(column.stage_title, column.moment is None) for column in columns(1, 0, 2)] == [
        ("S0", False),
        ("S1", True),
        ("S2", False),
        ("S2", False),
    ]


@pytest.mark.parametrize(
    ("counts", "lengths"),
    [
        ((3,), [3]),
        ((12,), [12]),
        ((13,), [7, 6]),
        ((8, 5), [8, 5]),
        ((6, 7), [6, 7]),
        ((3, 10), [7, 6]),
        ((12, 12), [12, 12]),
        ((11, 13), [12, 12]),
        ((24,), [12, 12]),
        ((25,), [9, 8, 8]),
        ((60,), [12] * 5),
    ],
)
def test_rows_are_even_and_end_with_a_stage_where_that_is_cheap(counts, lengths):
    assert [len(row) for row in split_rows(columns(*counts))] == lengths


def test_stage_that_goes_on_in_the_next_row_is_named_again_as_continued():
    _, second = split_rows(columns(13))

    ((first, count, column),) = stages_of_row(second)

    assert (first, count, column.stage_title, column.opens_stage) == (0, 6, "S0", False)
