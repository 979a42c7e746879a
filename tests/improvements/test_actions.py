"""Actions made, changed, taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.acting import acting
from improvements.actions.changing import CannotUndo, StaleAction, change_action, undo_event
from improvements.choices import ActionState
from improvements.models import Action, ActionEvent
from journeys.choices import Decision
from tests.assessments.rounds import make_journey
from tests.improvements.made_actions import make_one, moment_of

DUE = date(2026, 12, 4)


def now(action: Action, *names: str) -> tuple:
    row = Action.objects.get(pk=action.pk)
    return tuple(getattr(row, name) for name in names)


@pytest.mark.parametrize(
    ("is_owned", "due_on", "state"),
    [(True, DUE, "planned"), (True, None, "proposed"), (False, DUE, "proposed"), (False, None, "proposed")],
)
def test_action_with_owner_and_date_is_planned_and_any_other_proposed(in_scope, manager, is_owned, due_on, state):
    action = make_one(in_scope, owner_id=manager.pk if is_owned else None, due_on=due_on)

    assert action.state == state


def test_new_action_is_written_down_with_who_proposed_it(in_scope, manager):
    with acting(manager):
        action = make_one(in_scope, effort=2)

    assert (action.made_by, action.moment_title) == (manager, "Waits at the gate")
    assert list(action.events.values_list("before", "after", "actor_name")) == [
        ({}, {"what": "Speak every 15 minutes", "decision": "enhance", "effort": 2, "state": "proposed"}, "Manager")
    ]


def test_change_writes_down_what_was_before_and_raises_the_version(in_scope, manager):
    action = make_one(in_scope)

    with acting(manager):
        event = change_action(action, 1, {"due_on": DUE, "what": action.what})

    assert (event.before, event.after, event.actor) == ({"due_on": None}, {"due_on": "2026-12-04"}, manager)
    assert now(action, "due_on", "version") == (DUE, 2)
    assert (action.due_on, action.version) == (DUE, 2)


def test_change_to_what_is_there_changes_nothing(in_scope):
    action = make_one(in_scope)

    assert change_action(action, 1, {"what": action.what}) is None
    assert now(action, "version") == (1,)
    assert action.events.count() == 1


def test_change_of_an_older_version_is_refused_and_shows_theirs(in_scope):
    action, theirs = make_one(in_scope), Action.objects.get()
    change_action(theirs, 1, {"effort": 1})

    with pytest.raises(StaleAction) as refusal:
        change_action(action, 1, {"effort": 4})

    assert refusal.value.theirs.effort == 1
    assert now(action, "effort", "version") == (1, 2)


def test_dropping_needs_a_reason(in_scope):
    action = make_one(in_scope)

    with pytest.raises(ValidationError, match="Say why"):
        change_action(action, 1, {"state": "dropped", "dropped_reason": "  "})

    assert now(action, "state") == ("proposed",)


def test_reason_goes_when_a_dropped_action_comes_back(in_scope):
    action = make_one(in_scope)
    change_action(action, 1, {"state": "dropped", "dropped_reason": "Too dear"})

    change_action(action, 2, {"state": "planned"})

    assert now(action, "state", "dropped_reason") == ("planned", "")


def test_done_gets_its_day_and_loses_it_with_what_was_told(in_scope, time_machine):
    time_machine.move_to("2026-11-22T12:00:00Z")
    action = make_one(in_scope)

    change_action(action, None, {"state": "done", "is_told": True})
    done = now(action, "done_on", "is_told", "contacts_saved_per_year")
    change_action(action, None, {"state": "doing"})

    assert done == (date(2026, 11, 22), True, None)
    assert now(action, "done_on", "is_told") == (None, False)


def test_done_elimination_keeps_the_contacts_that_it_saved(in_scope):
    journey = make_journey(in_scope, customers=10_000)
    moment = moment_of(journey)
    action = make_one(in_scope, moment, decision=Decision.ELIMINATE)

    change_action(action, None, {"state": ActionState.DONE})
    moment.delete()

    assert now(action, "contacts_saved_per_year", "moment_title") == (10_000.0, "Waits at the gate")


def test_a_call_for_help_ends_with_the_next_state(in_scope):
    action = make_one(in_scope)
    change_action(action, None, {"help_words": "A key", "help_asked_on": DUE})

    change_action(action, None, {"state": "doing"})

    assert now(action, "help_words", "help_asked_on") == ("", None)


def test_undo_puts_all_of_a_step_back_and_can_be_undone(in_scope):
    action = make_one(in_scope)
    event = change_action(action, None, {"state": "dropped", "dropped_reason": "Too dear"})

    undone = undo_event(event)
    after_undo = now(action, "state", "dropped_reason")
    undo_event(undone)

    assert after_undo == ("proposed", "")
    assert now(action, "state", "dropped_reason") == ("dropped", "Too dear")


def test_undo_brings_days_back_as_days(in_scope):
    action = make_one(in_scope, due_on=DUE)
    event = change_action(action, None, {"due_on": None})

    undo_event(event)

    assert now(action, "due_on") == (DUE,)


def test_undo_is_refused_a_second_time_and_where_the_same_was_changed_since(in_scope):
    action = make_one(in_scope)
    first = change_action(action, None, {"effort": 1})
    change_action(action, None, {"effort": 2})
    other = change_action(action, None, {"more": "Ask Sanna"})
    undo_event(other)

    for event in (first, other):
        with pytest.raises(CannotUndo):
            undo_event(event)

    assert now(action, "effort", "more") == (2, "")


def test_undo_leaves_what_else_was_changed_since(in_scope):
    action = make_one(in_scope)
    first = change_action(action, None, {"effort": 1})
    change_action(action, None, {"more": "Ask Sanna"})

    undo_event(first)

    assert now(action, "effort", "more") == (None, "Ask Sanna")


def test_making_can_not_be_undone(in_scope):
    action = make_one(in_scope)

    with pytest.raises(CannotUndo):
        undo_event(ActionEvent.objects.get(action=action))
