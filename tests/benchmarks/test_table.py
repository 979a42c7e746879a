import pytest

from benchmarks import table
from benchmarks.__main__ import choose
from benchmarks.interleaved import interleave
from benchmarks.table import Row


@pytest.mark.parametrize(
    ("row", "is_kept"),
    [
        (Row("render", 2.5, limit=2.5), True),
        (Row("render", 2.51, limit=2.5), False),
        (Row("answer 304", 10, limit=10, is_floor=True), True),
        (Row("answer 304", 9.9, limit=10, is_floor=True), False),
    ],
)
def test_promise_is_kept_up_to_its_limit(row, is_kept):
    assert row.is_kept is is_kept


def test_line_tells_measure_spread_and_limit():
    row = Row("render of 60 moments", 1.234, limit=2.5, low=1.1, high=1.3456)

    assert table.line(row).split() == [
        "ok",
        "render",
        "of",
        "60",
        "moments",
        "1.23",
        "x",
        "1.1",
        "to",
        "1.35",
        "<=",
        "2.5",
        "x",
    ]


def test_line_of_a_missed_floor_says_so():
    assert " ".join(table.line(Row("304", 3, limit=10, is_floor=True)).split()) == "MISSED 304 3 x >= 10 x"


@pytest.mark.parametrize(("value", "text"), [(0.01234, "0.0123"), (12.34, "12.3"), (1234.5, "1234")])
def test_figure_has_three_digits_and_no_exponent(value, text):
    assert table.figure(value) == text


def test_interleaved_runs_take_turns():
    calls = []

    interleave(lambda: calls.append("a"), lambda: calls.append("b"), runs=3, warmups=1)

    assert "".join(calls) == "ab" + "ab" + "ba" + "ab"


def test_ratio_lies_within_its_spread():
    ratio = interleave(lambda: sum(range(2000)), lambda: sum(range(1000)), runs=5)

    assert ratio.low <= ratio.median <= ratio.high
    assert min(ratio.a_seconds, ratio.b_seconds) > 0


def test_only_the_named_benchmarks_are_chosen(monkeypatch):
    monkeypatch.setattr(table, "BENCHMARKS", {"one": list, "two": list, "three": list})

    assert choose(["--only", "two", "--only", "one"]) == ["two", "one"]
    assert choose([]) == ["one", "three", "two"]
