"""The order of stages and moments: positions stay unique and without gaps whatever is done."""

from __future__ import annotations

import pytest
from django_scopes import scope
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Organisation
from journeys import removals, sequence
from journeys.limits import MOMENTS_MAX, STAGES_MAX
from journeys.models import Journey, Moment, Stage
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.snapshot import plan_of
from journeys.undoing import AlreadyUndone, undo
from tests.journeys.conftest import TRIP


def order_of(journey: Journey) -> list[tuple[str, str]]:
    return [(stage.title, "".join(moment.title for moment in stage.moments)) for stage in plan_of(journey).stages]


def positions_of(journey: Journey) -> tuple[list[int], list[list[int]]]:
    stages = list(journey.stages.all())
    return [stage.position for stage in stages], [
        list(stage.moments.values_list("position", flat=True)) for stage in stages
    ]


def moment_of(journey: Journey, title: str) -> Moment:
    return Moment.objects.select_related("stage__journey").get(stage__journey=journey, title=title)


def stage_of(journey: Journey, title: str) -> Stage:
    return Stage.objects.select_related("journey").get(journey=journey, title=title)


def test_create_journey_gives_the_plan_back(trip):
    assert plan_of(trip) == TRIP


@pytest.mark.parametrize(
    ("title", "stage", "position", "expected"),
    [
        ("A", "Before", 2, [("Before", "BCA"), ("At the airport", "DE"), ("After", "")]),
        ("C", "Before", 0, [("Before", "CAB"), ("At the airport", "DE"), ("After", "")]),
        ("B", "Before", 1, [("Before", "ABC"), ("At the airport", "DE"), ("After", "")]),
        ("A", "At the airport", 1, [("Before", "BC"), ("At the airport", "DAE"), ("After", "")]),
        ("E", "After", 99, [("Before", "ABC"), ("At the airport", "D"), ("After", "E")]),
        ("E", "Before", -5, [("Before", "EABC"), ("At the airport", "D"), ("After", "")]),
    ],
)
def test_move_moment_puts_it_where_asked(trip, title, stage, position, expected):
    sequence.move_moment(moment_of(trip, title), stage_of(trip, stage), position)

    assert order_of(trip) == expected
    assert positions_of(trip) == ([0, 1, 2], [list(range(len(moments))) for _, moments in expected])


@pytest.mark.parametrize(
    ("title", "step", "expected"),
    [
        ("A", -1, ["ABC", "DE", ""]),
        ("A", +1, ["BAC", "DE", ""]),
        ("C", +1, ["AB", "CDE", ""]),
        ("D", -1, ["ABCD", "E", ""]),
        ("E", +1, ["ABC", "D", "E"]),
    ],
)
def test_step_moment_crosses_stages(trip, title, step, expected):
    sequence.step_moment(moment_of(trip, title), step)

    assert [moments for _, moments in order_of(trip)] == expected


def test_move_stage_takes_its_moments_along(trip):
    sequence.move_stage(stage_of(trip, "Before"), 2)

    assert order_of(trip) == [("At the airport", "DE"), ("After", ""), ("Before", "ABC")]
    assert positions_of(trip)[0] == [0, 1, 2]


def test_append_moment_goes_behind_the_given_one(trip):
    sequence.append_moment(stage_of(trip, "Before"), after=moment_of(trip, "A"), title="X")

    assert order_of(trip)[0] == ("Before", "AXBC")


def test_append_moment_goes_last_where_the_given_one_is_elsewhere(trip):
    sequence.append_moment(stage_of(trip, "Before"), after=moment_of(trip, "D"), title="X")

    assert order_of(trip)[0] == ("Before", "ABCX")


def test_every_change_raises_the_version(trip):
    before = Journey.objects.get(pk=trip.pk)

    sequence.append_stage(trip, "Afterwards")

    after = Journey.objects.get(pk=trip.pk)
    assert after.version == before.version + 1
    assert after.changed_at > before.changed_at


def test_change_moment_refuses_a_stale_version(trip):
    moment = moment_of(trip, "A")
    sequence.change_moment(moment, version=1, title="First")

    with pytest.raises(sequence.StaleWrite):
        sequence.change_moment(moment, version=1, title="Second")

    moment.refresh_from_db()
    assert (moment.title, moment.version) == ("First", 2)


def test_moment_is_gone_leaves_the_journey_alone(trip):
    moment, other = moment_of(trip, "A"), moment_of(trip, "A")
    removals.remove_moment(moment)
    version = Journey.objects.get(pk=trip.pk).version

    with pytest.raises(Moment.DoesNotExist):
        sequence.move_moment(other, stage_of(trip, "After"), 0)

    assert Journey.objects.get(pk=trip.pk).version == version


def test_limits_refuse_one_more(in_scope):
    stages = tuple(StagePlan(f"S{number}") for number in range(STAGES_MAX - 1))
    moments = tuple(MomentPlan(f"M{number}") for number in range(MOMENTS_MAX))
    journey = sequence.create_journey(in_scope, JourneyPlan("Full", stages=(StagePlan("All", moments), *stages)))

    with pytest.raises(sequence.SequenceFull):
        sequence.append_moment(stage_of(journey, "S0"), title="One more")
    with pytest.raises(sequence.SequenceFull):
        sequence.append_stage(journey, "One more")


@pytest.mark.parametrize("title", ["A", "B", "E"])
def test_removed_moment_comes_back_where_it_was(trip, title):
    removal = removals.remove_moment(moment_of(trip, title))
    assert title not in "".join(moments for _, moments in order_of(trip))

    undo(removal)

    assert plan_of(trip) == TRIP


def test_removed_stage_comes_back_with_its_moments(trip):
    removal = removals.remove_stage(stage_of(trip, "At the airport"))
    assert order_of(trip) == [("Before", "ABC"), ("After", "")]

    undo(removal)

    assert plan_of(trip) == TRIP


def test_removed_moment_without_its_stage_comes_back_at_the_end(trip):
    removal = removals.remove_moment(moment_of(trip, "D"))
    removals.remove_stage(stage_of(trip, "At the airport"))

    undo(removal)

    assert order_of(trip) == [("Before", "ABC"), ("After", "D")]


def test_removal_comes_back_once(trip):
    removal = removals.remove_moment(moment_of(trip, "D"))
    undo(removal)

    with pytest.raises(AlreadyUndone):
        undo(removal)


class TestAnyOrder(TestCase):
    """Whatever sequence of moves, adds, removals and returns: positions are 0, 1, 2 ... and nothing is lost."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(0, 3), st.integers(-1, 6)), max_size=8))
    def test_positions_stay_contiguous(self, steps):
        organisation, _ = Organisation.objects.get_or_create(name="Any", slug="any")
        with scope(organisation=organisation):
            journey = sequence.create_journey(organisation, TRIP)
            expected = 5
            for kind, which, where, position in steps:
                expected += apply_step(journey, kind, which, where, position)

            stages, moments = positions_of(journey)

        assert stages == list(range(len(stages)))
        assert moments == [list(range(len(row))) for row in moments]
        assert sum(len(row) for row in moments) == expected


def apply_step(journey: Journey, kind: int, which: int, where: int, position: int) -> int:
    """Do one step and say by how many moments the journey grew."""
    moments = list(Moment.objects.filter(stage__journey=journey).select_related("stage__journey"))
    stages = list(Stage.objects.filter(journey=journey).select_related("journey"))
    moment, stage = moments[which % len(moments)], stages[where % len(stages)]
    if kind == 0:
        sequence.step_moment(moment, -1 if position % 2 else 1)
    elif kind == 1:
        sequence.move_stage(stage, position)
    elif kind == 2:
        sequence.append_moment(stage, after=moment, title="new")
        return 1
    elif kind == 3:
        undo(removals.remove_stage(stage))
    elif kind == 4:
        undo(removals.remove_moment(moment))
    else:
        sequence.move_moment(moment, stage, position)
    return 0
