"""Actions made, changed and taken back. Each function opens a transaction and holds the action's row.

Every change is written down with what was before, so that it can be taken back while nobody has changed it since.
Call inside the organisation's scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acting import acting_user
from accounts.models import Organisation, User
from assessments.models import Idea
from improvements.actions.events import FOLLOWED, Values, log_event, plain_of, value_of, write_values
from improvements.actions.figures import contacts_of
from improvements.choices import ActionState
from improvements.models import Action, ActionEvent, Story
from journeys.choices import Decision
from journeys.models import Comment, Journey


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an action comes from: always a journey, mostly a moment, and what somebody said or told."""

    journey: Journey
    idea: Idea | None = None
    comment: Comment | None = None
    story: Story | None = None
    moment_id: int | None = None
    moment_title: str = ""


class StaleAction(Exception):
    """Somebody else changed the action meanwhile. `theirs`: as it is now."""

    def __init__(self, theirs: Action) -> None:
        super().__init__(theirs.pk)
        self.theirs = theirs


class CannotUndo(Exception):
    """The step was taken back already, or something else has happened to the same words since."""


@transaction.atomic
def make_action(organisation: Organisation, origin: Origin, values: Values) -> Action:
    """An action; planned where it has an owner and a date, proposed otherwise."""
    user = acting_user()
    action = Action(
        organisation=organisation,
        journey=origin.journey,
        moment_id=origin.moment_id,
        moment_title=origin.moment_title,
        idea=origin.idea,
        comment=origin.comment,
        story=origin.story,
        made_by=user,
        **values,
    )
    if action.state == ActionState.PROPOSED and action.owner_id and action.due_on:
        action.state = ActionState.PLANNED
    action.save()
    log_event(action, {}, {name: plain_of(getattr(action, name)) for name in FOLLOWED if getattr(action, name)}, user)
    return action


@transaction.atomic
def change_action(
    action: Action, version: int | None, values: Values, *, user: User | None = None, is_by_link: bool = False
) -> ActionEvent | None:
    """Write new values and what follows from them; None where nothing changed. `action` then holds them too.

    version: the one that the change was made on, None for the newest. Raises StaleAction; ValidationError where it is
    dropped without a reason.
    """
    row = _held(action)
    if version is not None and row.version != version:
        raise StaleAction(row)
    event = write_values(row, {**values, **_what_follows(row, values)}, user or acting_user(), is_by_link=is_by_link)
    _take_over(action, row)
    return event


@transaction.atomic
def undo_event(event: ActionEvent) -> ActionEvent:
    """Put the values of before back. Raises CannotUndo where they changed since, or the step was undone already."""
    row = _held(event.action)
    now = {name: plain_of(getattr(row, name)) for name in event.after}
    if not event.before or now != event.after or ActionEvent.objects.filter(undoes=event).exists():
        raise CannotUndo
    back = {name: value_of(name, event.before.get(name)) for name in event.after}
    undone = write_values(row, back, acting_user(), undoes=event)
    assert undone is not None  # noqa: S101  # what is put back differs from what is there
    return undone


def _held(action: Action) -> Action:
    held: Action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    held.organisation = action.organisation
    return held


def _what_follows(row: Action, values: Values) -> dict[str, Any]:
    """What a new state brings with it and what it takes away."""
    state = values.get("state", row.state)
    if state == row.state:
        return {}
    follows: dict[str, Any] = {"help_words": "", "help_asked_on": None}
    if state == ActionState.DROPPED:
        if not values.get("dropped_reason", "").strip():
            raise ValidationError(_("Say why it is dropped, so that nobody has to ask later."))
    else:
        follows["dropped_reason"] = ""
    if state == ActionState.DONE:
        follows["done_on"] = values.get("done_on") or timezone.localdate()
        is_elimination = values.get("decision", row.decision) == Decision.ELIMINATE
        follows["contacts_saved_per_year"] = contacts_of(row) if is_elimination else None
    else:
        follows |= {"done_on": None, "contacts_saved_per_year": None, "is_told": False}
    return follows


def _take_over(action: Action, row: Action) -> None:
    for name in (*FOLLOWED, "version"):
        setattr(action, name, getattr(row, name))
