"""Changes of actions, written down: what was before, what is after, by whom, and what each takes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.models import User
from improvements.models import Action, ActionEvent

Values = Mapping[str, Any]
"""New values of an action's columns, by attribute: owner_id, due_on, state."""
FOLLOWED = (
    "what", "more", "decision", "owner_id", "due_on", "level_from", "level_to", "effort", "state", "dropped_reason",
    "done_on", "relied_on_by", "last_seen_on", "contacts_saved_per_year", "help_words", "help_asked_on", "said", "did",
    "is_told",
)  # fmt: skip


def write_values(
    row: Action,
    values: Values,
    user: User | None,
    *,
    is_by_link: bool = False,
    undoes: ActionEvent | None = None,
) -> ActionEvent | None:
    """Write and note what differs; None where nothing does. row: held by the transaction."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return None
    before = {name: plain_of(getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    return log_event(row, before, {name: plain_of(value) for name, value in changed.items()}, user, is_by_link, undoes)


def log_event(
    action: Action,
    before: dict[str, Any],
    after: dict[str, Any],
    user: User | None,
    is_by_link: bool = False,
    undoes: ActionEvent | None = None,
) -> ActionEvent:
    """Note a change. before: empty for an action that is new."""
    event: ActionEvent = ActionEvent.objects.create(
        organisation=action.organisation,
        action=action,
        before=before,
        after=after,
        actor=user,
        actor_name=str(user) if user else "",
        is_by_link=is_by_link,
        undoes=undoes,
    )
    return event


def plain_of(value: Any) -> Any:
    """As JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def value_of(name: str, plain: Any) -> Any:
    """What `plain_of` got."""
    field: Any = Action._meta.get_field(name)
    return field.to_python(plain)
