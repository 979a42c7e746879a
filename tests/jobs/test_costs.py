"""How long a job will take, by its size."""

from __future__ import annotations

from jobs.costs import count_cells, expected_seconds, judge
from reports.models import Poster, Report
from tests.poster_rows import INPUTS


def test_cells_are_the_single_values_of_the_inputs():
    assert count_cells(INPUTS) == 15
    assert count_cells({"a": [1, 2, {"b": None}], "c": []}) == 3


def test_judge_takes_the_median_of_those_from_half_to_twice_the_size():
    runs = [(100, 1.0), (49, 50.0), (50, 3.0), (200, 2.0), (201, 99.0)]

    assert judge(runs, 100) == 2.0


def test_judge_takes_all_in_proportion_where_none_is_alike():
    assert judge([(10, 1.0), (20, 4.0), (0, 50.0)], 100) == 20.0


def test_judge_counts_the_newest_runs():
    assert judge([(10, 1.0)] * 20 + [(10, 99.0)] * 100, 10) == 1.0


def test_judge_knows_nothing_without_a_run():
    assert judge([], 10) is None


def test_expected_seconds_before_the_first_run_are_those_of_the_kind(db):
    assert [expected_seconds(model, 10) for model in (Poster, Report)] == [1.0, 20.0]
