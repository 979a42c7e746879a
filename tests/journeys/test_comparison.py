"""Two journeys side by side: which moments are one, which came, went, moved or changed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.comparison import compare_journeys, longest_rise
from journeys.comparison_picture import draw_twin
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from tests.journeys.plans import PLANS


def journey(**stages: str) -> JourneyPlan:
    """Stages by their names, with moments of one letter."""
    return JourneyPlan(
        "T", stages=tuple(StagePlan(title, tuple(map(MomentPlan, names))) for title, names in stages.items())
    )


def told(left: JourneyPlan, right: JourneyPlan) -> list[tuple[str | None, str | None, str]]:
    """Each row: left title, right title, what is said of it."""
    return [
        (
            row.left.title if row.left else None,
            row.right.title if row.right else None,
            " ".join((*row.differences, *(["moved"] if row.is_moved else []))),
        )
        for row in compare_journeys(left, right).rows
    ]


@given(plan=PLANS)
@settings(max_examples=60, deadline=None)
def test_journey_beside_itself_is_the_same(plan):
    comparison = compare_journeys(plan, plan)

    assert [row.is_same for row in comparison.rows] == [True] * len(plan.moments)
    assert [stage.left for stage in comparison.stages] == [stage.title for stage in plan.stages]


@given(left=PLANS, right=PLANS)
@settings(max_examples=100, deadline=None)
def test_every_moment_of_both_stands_in_one_row(left, right):
    rows = compare_journeys(left, right).rows

    assert sorted(row.left_place for row in rows if row.left) == list(range(1, len(left.moments) + 1))
    assert [row.right_place for row in rows if row.right] == list(range(1, len(right.moments) + 1))
    assert all(row.left == left.moments[row.left_place - 1] for row in rows if row.left)
    assert all(row.right == right.moments[row.right_place - 1] for row in rows if row.right)


def test_moments_that_came_and_went_are_told():
    assert told(journey(S="ABCD"), journey(S="AXBD")) == [
        ("A", "A", ""), (None, "X", ""), ("B", "B", ""), ("C", None, ""), ("D", "D", ""),
    ]  # fmt: skip


def test_moment_that_changed_place_is_the_only_one_that_moved():
    assert told(journey(S="ABCDE"), journey(S="BCDAE")) == [
        ("B", "B", ""), ("C", "C", ""), ("D", "D", ""), ("A", "A", "moved"), ("E", "E", ""),
    ]  # fmt: skip


def test_moment_in_another_stage_moved_there():
    comparison = compare_journeys(journey(S="AB", T="C"), journey(S="A", T="BC"))

    (moved,) = [row for row in comparison.rows if row.is_moved]
    assert (moved.left_stage, moved.left_place, moved.right_place) == ("S", 2, 2)
    assert (comparison.added, comparison.removed, comparison.moved, comparison.changed) == (0, 0, 1, 0)


def test_fields_that_differ_are_named():
    left = journey(S="A")
    changed = replace(left.moments[0], level=2, what_more="More.")

    assert told(left, JourneyPlan("T", stages=(StagePlan("S", (changed,)),))) == [("A", "A", "what_more level")]


def test_similar_titles_and_a_lonely_one_between_the_same_neighbours_are_pairs():
    left = JourneyPlan("T", stages=(StagePlan("S", tuple(map(MomentPlan, ("Waits at the gate", "B", "Queue", "D")))),))
    right = JourneyPlan("T", stages=(StagePlan("S", tuple(map(MomentPlan, ("Waits at gate 5", "B", "Stands", "D")))),))

    assert told(left, right) == [
        ("Waits at the gate", "Waits at gate 5", "title"), ("B", "B", ""), ("Queue", "Stands", "title"), ("D", "D", ""),
    ]  # fmt: skip


def test_renamed_stage_is_known_by_its_moments_and_others_came_or_went():
    comparison = compare_journeys(journey(One="AB", Gone="C", Last="Z"), journey(Eins="AB", Neu="Q", Last="Z"))

    assert [(stage.left, stage.right) for stage in comparison.stages] == [
        ("One", "Eins"), ("Gone", None), (None, "Neu"), ("Last", "Last"),
    ]  # fmt: skip


def test_largest_journeys_without_a_common_word_are_compared():
    left, right = (
        JourneyPlan("T", stages=(StagePlan("S", tuple(MomentPlan(f"{word} {n}" * 20) for n in range(300))),))
        for word in ("abc", "xyz")
    )

    comparison = compare_journeys(left, right)

    assert (comparison.added + comparison.changed, comparison.moved) == (300, 0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), unique=True, max_size=12))
def test_longest_rise_rises_and_cannot_be_extended(values):
    kept = sorted(longest_rise(values))

    rising = [values[number] for number in kept]
    assert rising == sorted(rising)
    assert not values or kept


def test_picture_has_both_curves_over_the_same_columns():
    left = JourneyPlan("T", stages=(StagePlan("S", (MomentPlan("A", level=2), MomentPlan("B", level=4))),))
    right = JourneyPlan(
        "T", stages=(StagePlan("S", (MomentPlan("A", level=3), MomentPlan("X", level=6), MomentPlan("B"))),)
    )

    picture = draw_twin(compare_journeys(left, right))

    assert [(dot.x, dot.level) for dot in picture.left_dots] == [(149.0, 2), (329.0, 4)]
    assert [(dot.x, dot.level) for dot in picture.right_dots] == [(149.0, 3), (239.0, 6)]
    assert picture.left_path.startswith("M149,")
