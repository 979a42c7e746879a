"""What is written down of each change, each step undone and done again, and named versions."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.acting import acting
from journeys import removals, sequence
from journeys.conflicts import MOMENTS, PLACE, STEPS, Since
from journeys.details import DetailLoop, link_detail
from journeys.filling import fill_journey
from journeys.limits import STAGES_MAX
from journeys.models import Event, Journey, Moment
from journeys.models.history import AppendOnly, EventKind
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.snapshot import plan_of
from journeys.states import state_of
from journeys.undoing import AlreadyUndone, ChangedSince, PartGone, last_step, run_of, undo, undo_run
from journeys.versions import name_version, restore_version
from tests.journeys.conftest import TRIP
from tests.journeys.test_sequence import moment_of, order_of, positions_of, stage_of


def told(journey: Journey) -> list[tuple[str, str, dict, dict]]:
    """The steps after the journey was made, the first one first."""
    events = Event.objects.filter(journey=journey).exclude(kind=EventKind.JOURNEY_MADE).order_by("id")
    return [(event.kind, event.title, event.before, event.after) for event in events]


def change(journey: Journey, title: str, **fields) -> Event:
    moment = moment_of(journey, title)
    return sequence.change_moment(moment, moment.version, **fields)


# Each function of the sequence, and what its step should say.
STEPS_DONE = {
    "journey_changed": lambda trip: sequence.change_journey(trip, title="A flight", customers_per_year=10_000_000),
    "stage_added": lambda trip: sequence.append_stage(trip, "Afterwards"),
    "stage_renamed": lambda trip: sequence.rename_stage(stage_of(trip, "Before"), "Long before"),
    "stage_moved": lambda trip: sequence.move_stage(stage_of(trip, "Before"), 2),
    "stage_removed": lambda trip: removals.remove_stage(stage_of(trip, "At the airport")),
    "moment_added": lambda trip: sequence.append_moment(stage_of(trip, "Before"), moment_of(trip, "A"), title="X"),
    "moment_changed": lambda trip: change(trip, "D", level=5, what_more="More."),
    "moment_moved": lambda trip: sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "After"), 0),
    "moment_removed": lambda trip: removals.remove_moment(moment_of(trip, "D")),
}


@pytest.mark.parametrize("kind", STEPS_DONE)
def test_each_change_is_one_step_by_its_actor(trip, manager, kind):
    with acting(manager):
        STEPS_DONE[kind](trip)

    event = Event.objects.first()
    version = Journey.objects.get(pk=trip.pk).version
    assert Event.objects.count() == 2
    assert (event.kind, event.actor, event.actor_name) == (kind, manager, "Manager")
    assert (event.journey_version, version, event.is_undo, event.undoes) == (2, 2, False, None)


@pytest.mark.parametrize("kind", STEPS_DONE)
def test_each_step_is_undone_and_done_again(trip, kind):
    before = state_of(trip)
    STEPS_DONE[kind](trip)
    after = state_of(trip)

    undone = undo(Event.objects.first())
    taken_back = state_of(trip)
    again = undo(undone)

    assert (taken_back, state_of(trip)) == (before, after)
    assert (undone.is_undo, again.is_undo, again.undoes) == (True, False, undone)
    assert positions_of(trip)[0] == list(range(trip.stages.count()))


def test_journey_made_is_the_first_step_and_stays(trip):
    event = Event.objects.get()

    with pytest.raises(AlreadyUndone):
        undo(event)

    assert (event.kind, event.after) == (EventKind.JOURNEY_MADE, {"stages": 3, "moments": 5})


def test_changed_fields_are_kept_from_and_to(trip):
    change(trip, "D", level=5, what_more="More.", channel="other")
    sequence.change_journey(trip, customers_per_year=5, title=trip.title)

    assert told(trip) == [
        ("moment_changed", "D", {"level": 2, "what_more": ""}, {"level": 5, "what_more": "More."}),
        ("journey_changed", trip.title, {"customers_per_year": 10_000_000}, {"customers_per_year": 5}),
    ]


def test_move_is_kept_with_the_names_of_its_stages(trip):
    before, after = stage_of(trip, "Before"), stage_of(trip, "After")

    sequence.move_moment(moment_of(trip, "B"), after, 9)

    assert told(trip) == [
        (
            "moment_moved",
            "B",
            {"stage": before.pk, "stage_title": "Before", "position": 1},
            {"stage": after.pk, "stage_title": "After", "position": 0},
        )
    ]


def test_what_changes_nothing_is_no_step(trip):
    assert sequence.move_moment(moment_of(trip, "B"), stage_of(trip, "Before"), 1) is None
    assert sequence.move_stage(stage_of(trip, "Before"), 0) is None
    assert sequence.rename_stage(stage_of(trip, "Before"), "Before") is None
    assert change(trip, "D", level=2) is None

    assert told(trip) == []


def test_refused_change_is_no_step(trip):
    moment = moment_of(trip, "D")
    sequence.change_moment(moment, 1, level=3)

    with pytest.raises(sequence.StaleWrite):
        sequence.change_moment(moment, 1, level=4)

    assert [after for _, _, _, after in told(trip)] == [{"level": 3}]


def test_history_is_only_added_to(trip):
    event = sequence.rename_stage(stage_of(trip, "After"), "Later")
    version = name_version(trip, "First")

    for row in (event, version):
        for forbidden in (row.save, row.delete, type(row).objects.all().delete):
            with pytest.raises(AppendOnly):
                forbidden()
        with pytest.raises(AppendOnly):
            type(row).objects.filter(pk=row.pk).update(at=timezone.now())

    assert Event.objects.count() == 2


def test_history_goes_with_its_journey_and_stays_when_its_actor_leaves(trip, manager):
    with acting(manager):
        sequence.append_stage(trip, "Afterwards")
        name_version(trip, "First")

    manager.delete()
    event = Event.objects.first()
    kept = (event.actor, event.actor_name)
    Journey.objects.get(pk=trip.pk).delete()

    assert kept == (None, "Manager")
    assert Event.objects.count() == 0


def test_deleted_stage_comes_back_with_the_ids_of_everything_in_it(trip):
    stage, moment = stage_of(trip, "At the airport"), moment_of(trip, "E")
    event = removals.remove_stage(stage_of(trip, "At the airport"))

    undo(event)

    assert stage_of(trip, "At the airport").pk == stage.pk
    assert moment_of(trip, "E").pk == moment.pk
    assert plan_of(trip) == TRIP


def test_undo_names_what_changed_since_and_overwrites_it_only_when_forced(trip):
    event = change(trip, "D", level=5, what_more="Mine.")
    change(trip, "D", what_more="Theirs.")

    with pytest.raises(ChangedSince) as refused:
        undo(event)
    kept = moment_of(trip, "D").what_more
    undo(event, is_forced=True)

    assert refused.value.changes == [Since("what_more", "Theirs.", "")]
    assert (kept, moment_of(trip, "D").what_more, moment_of(trip, "D").level) == ("Theirs.", "", 2)


def test_undo_of_other_fields_than_those_changed_since_keeps_those(trip):
    event = change(trip, "D", level=5)
    change(trip, "D", what_more="Theirs.")

    undo(event)

    assert (moment_of(trip, "D").level, moment_of(trip, "D").what_more) == (2, "Theirs.")


def test_undo_of_an_added_part_says_what_it_holds_since(trip):
    stage, moment = sequence.append_stage(trip, "New"), sequence.append_moment(stage_of(trip, "After"), title="X")
    added_stage, added_moment = Event.objects.filter(pk__gt=Event.objects.last().pk).order_by("id")
    sequence.append_moment(stage, title="Inside")
    change(trip, "X", level=4)

    with pytest.raises(ChangedSince) as in_stage:
        undo(added_stage)
    with pytest.raises(ChangedSince) as in_moment:
        undo(added_moment)

    assert in_stage.value.changes == [Since(MOMENTS, ["Inside"], [])]
    assert in_moment.value.changes == [Since("level", 4, "")]
    assert Moment.objects.filter(pk=moment.pk).exists()


def test_undo_of_a_move_says_that_the_part_moved_again(trip):
    event = sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "After"), 0)
    sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "At the airport"), 1)

    with pytest.raises(ChangedSince) as refused:
        undo(event)

    now = {"stage": stage_of(trip, "At the airport").pk, "stage_title": "At the airport", "position": 1}
    assert refused.value.changes == [Since(PLACE, now, event.before)]


def test_undo_of_a_move_does_not_mind_that_neighbours_moved(trip):
    event = sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "At the airport"), 1)
    sequence.move_moment(moment_of(trip, "D"), stage_of(trip, "After"), 0)

    undo(event)

    assert order_of(trip) == [("Before", "ABC"), ("At the airport", "E"), ("After", "D")]


def test_undo_minds_a_version_restored_since_only_where_it_left_something_else(trip):
    early = name_version(trip, "Early")
    first = sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "Before"), 1)
    sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "Before"), 2)
    late = name_version(trip, "Late")
    restore_version(early)
    undo(first)
    again = sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "Before"), 1)
    restore_version(late)

    with pytest.raises(ChangedSince) as refused:
        undo(again)

    assert refused.value.changes == [Since(PLACE, {**again.before, "position": 2}, again.before)]


def test_field_that_is_back_already_is_no_conflict(trip):
    event = change(trip, "D", level=5, what_more="Mine.")
    change(trip, "D", what_more="")

    undo(event)

    assert (moment_of(trip, "D").level, moment_of(trip, "D").what_more) == (2, "")


def test_undo_of_a_part_that_is_gone_says_so(trip):
    moved = sequence.move_moment(moment_of(trip, "D"), stage_of(trip, "Before"), 0)
    changed = change(trip, "E", level=1)
    removals.remove_stage(stage_of(trip, "At the airport"))

    for event in (moved, changed):
        with pytest.raises(PartGone):
            undo(event)


def test_removed_moment_with_no_stage_left_waits_for_one(trip):
    removed = removals.remove_moment(moment_of(trip, "A"))
    for title in ("Before", "At the airport", "After"):
        last = removals.remove_stage(stage_of(trip, title))

    with pytest.raises(PartGone):
        undo(removed)
    undo(last)
    undo(removed)

    assert order_of(trip) == [("After", "A")]


def test_stage_without_room_stays_undoable(trip):
    event = removals.remove_stage(stage_of(trip, "After"))
    for number in range(STAGES_MAX - 2):
        sequence.append_stage(trip, str(number))

    with pytest.raises(sequence.SequenceFull):
        undo(event)

    assert not Event.objects.filter(undoes=event).exists()


def test_saves_while_typing_are_undone_together_in_one_change(trip, manager, django_assert_num_queries):
    with acting(manager):
        for text in ("S", "Sp", "Speak"):
            event = change(trip, "D", what_more=text)
    version = Journey.objects.get(pk=trip.pk).version

    with django_assert_num_queries(14):
        undo_run(run_of(event))

    assert moment_of(trip, "D").what_more == ""
    assert Journey.objects.get(pk=trip.pk).version == version + 1
    assert Event.objects.filter(is_undo=True).count() == 3
    undo_run(run_of(Event.objects.first()))
    assert moment_of(trip, "D").what_more == "Speak"


def test_runs_undone_one_after_the_other_are_done_again_one_by_one(trip, manager):
    with acting(manager):
        with time_machine.travel(timezone.now() - timedelta(minutes=10)):
            change(trip, "D", what_more="first")
        change(trip, "D", what_more="first and")
        change(trip, "D", what_more="first and second")
        seen = []
        for is_redo in (False, False, True, True):
            undo_run(last_step(trip, manager, is_redo=is_redo))
            seen.append(moment_of(trip, "D").what_more)

    assert seen == ["first", "", "first", "first and second"]


def test_run_ends_where_somebody_paused_or_somebody_else_came_between(trip, manager, make_member, organisation):
    with acting(manager):
        change(trip, "D", what_more="1")
        with time_machine.travel(timezone.now() + timedelta(minutes=3)):
            paused = change(trip, "D", what_more="2")
            with acting(make_member(organisation, "leader")):
                other = change(trip, "D", what_more="3")
            last = change(trip, "D", what_more="4")

    assert [run_of(event) for event in (paused, other, last)] == [[paused], [other], [last]]


def test_last_step_walks_back_and_forth_through_ones_own_steps(trip, manager, make_member, organisation):
    with acting(manager):
        sequence.rename_stage(stage_of(trip, "Before"), "1")
        sequence.rename_stage(stage_of(trip, "After"), "2")
    with acting(make_member(organisation, "leader")):
        sequence.append_stage(trip, "Theirs")
    seen = []
    with acting(manager):
        for is_redo in (False, False, False, True, True, True, False):
            run = last_step(trip, manager, is_redo=is_redo)
            if run:
                undo_run(run)
            seen.append([stage.title for stage in trip.stages.all()])

    assert seen == [
        ["1", "At the airport", "After", "Theirs"],
        ["Before", "At the airport", "After", "Theirs"],
        ["Before", "At the airport", "After", "Theirs"],
        ["1", "At the airport", "After", "Theirs"],
        ["1", "At the airport", "2", "Theirs"],
        ["1", "At the airport", "2", "Theirs"],
        ["1", "At the airport", "After", "Theirs"],
    ]


def test_new_step_leaves_nothing_to_do_again(trip, manager):
    with acting(manager):
        undo(sequence.rename_stage(stage_of(trip, "Before"), "1"))
        sequence.append_stage(trip, "New")

        assert last_step(trip, manager, is_redo=True) == []


def test_version_restores_everything_with_its_ids_and_is_itself_undone(trip):
    version = name_version(trip, "Before the workshop")
    kept = state_of(trip)
    removals.remove_stage(stage_of(trip, "At the airport"))
    sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "After"), 0)
    sequence.append_moment(stage_of(trip, "Before"), title="New")
    sequence.append_stage(trip, "New stage")
    sequence.move_stage(stage_of(trip, "After"), 0)
    sequence.change_journey(trip, title="Other", customers_per_year=1)
    change(trip, "B", level=6)
    changed = state_of(trip)

    event = restore_version(version)
    restored = state_of(trip)
    undo(event)

    assert (restored, state_of(trip)) == (kept, changed)
    assert (event.kind, event.title) == (EventKind.VERSION_RESTORED, "Before the workshop")


def test_version_restored_makes_older_pages_of_its_moments_stale(trip):
    version = name_version(trip, "First")
    seen = change(trip, "D", level=5) and moment_of(trip, "D")
    restore_version(version)

    with pytest.raises(sequence.StaleWrite):
        sequence.change_moment(seen, seen.version, level=1)


def test_undo_of_a_restored_version_names_the_steps_since(trip):
    event = restore_version(name_version(trip, "First"))
    change(trip, "D", level=5)

    with pytest.raises(ChangedSince) as refused:
        undo(event)

    assert refused.value.changes == [Since(STEPS, ["D"], [])]


@pytest.mark.parametrize("size", [2, 40])
def test_restoring_takes_the_same_queries_for_any_size(in_scope, django_assert_num_queries, size):
    moments = tuple(MomentPlan(f"M{number}") for number in range(size))
    journey = sequence.create_journey(in_scope, JourneyPlan("Sized", stages=(StagePlan("S", moments),)))
    version = name_version(journey, "First")

    with django_assert_num_queries(16):
        restore_version(version)


@pytest.mark.parametrize("size", [24, 300])
def test_moved_moment_costs_the_same_queries_at_24_and_at_300(in_scope, django_assert_num_queries, size):
    stages = (StagePlan("S", tuple(MomentPlan(f"M{number}") for number in range(size))), StagePlan("T"))
    journey = sequence.create_journey(in_scope, JourneyPlan("Sized", stages=stages))
    moment, stage = moment_of(journey, "M1"), stage_of(journey, "T")

    with django_assert_num_queries(14):
        sequence.move_moment(moment, stage, 0)


def test_filled_journey_is_emptied_and_filled_again(trip):
    empty = sequence.create_journey(trip.organisation, JourneyPlan("Empty"))
    before = state_of(empty)
    filled = fill_journey(empty, TRIP)
    after = state_of(empty)

    undone = undo(filled)
    assert state_of(empty) == before
    undo(undone)

    assert state_of(empty) == after
    assert [stage["title"] for stage in after["stages"]] == [stage.title for stage in TRIP.stages]


def test_links_come_back_with_their_moments_unless_they_would_close_a_circle(trip):
    detail = sequence.create_journey(trip.organisation, JourneyPlan("D", stages=(StagePlan("S", (MomentPlan("M"),)),)))
    link_detail(moment_of(trip, "D"), detail)
    removed = removals.remove_stage(stage_of(trip, "At the airport"))
    back = undo(removed)
    assert moment_of(trip, "D").detail_journey_id == detail.pk

    undo(back)
    link_detail(moment_of(detail, "M"), trip)
    undo(Event.objects.filter(kind="stage_removed").first())

    assert moment_of(trip, "D").detail_journey_id is None


def test_link_is_undone_unless_that_would_close_a_circle(trip):
    detail = sequence.create_journey(trip.organisation, JourneyPlan("D", stages=(StagePlan("S", (MomentPlan("M"),)),)))
    linked = link_detail(moment_of(trip, "D"), detail)
    unlinked = undo(linked)
    assert moment_of(trip, "D").detail_journey_id is None

    link_detail(moment_of(detail, "M"), trip)

    with pytest.raises(DetailLoop):
        undo(unlinked)
