"""What happened to an action, in words: who changed what from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Field
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from improvements.choices import ActionState
from improvements.models import Action, ActionEvent
from journeys.choices import Level
from journeys.figures import short

QUIET = {"done_on", "contacts_saved_per_year", "help_asked_on", "is_told"}
"""Columns that follow from others, or speak for themselves in the line's first words."""
LABELS = {"owner_id": "owner"}
TEXT_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Shown:
    """How one column is called and written. names: of people, by id."""

    column: str
    names: Mapping[int, str]

    @property
    def field(self) -> Field[Any, Any]:
        field: Any = Action._meta.get_field(LABELS.get(self.column, self.column))
        return field

    @property
    def label(self) -> str:
        words = {"owner_id": _("owner"), "state": _("state"), "decision": _("it is to"), "did": _("what we did"),
                 "dropped_reason": _("why not")}  # fmt: skip
        return words.get(self.column) or str(self.field.verbose_name)

    def say(self, value: Any) -> str:
        """A value as people read it; a dash for none."""
        if value in (None, ""):
            return "–"
        if self.column == "owner_id":
            return self.names.get(value, _("somebody who has left"))
        if self.column in ("level_from", "level_to"):
            return f"{value} {Level(value).label}"
        if isinstance(value, date) or self.column.endswith("_on"):
            return date_format(value if isinstance(value, date) else parse_date(value) or date.min, "DATE_FORMAT")
        choices = dict(self.field.flatchoices)
        return str(choices[value]) if value in choices else Truncator(str(value)).chars(TEXT_SHOWN)


@dataclass(frozen=True, slots=True)
class Line:
    """One step. title: what it was; changes: label, before and after of the rest; may_undo: it can be taken back."""

    event: ActionEvent
    at: datetime
    who: str
    title: str
    changes: tuple[tuple[str, str, str], ...]
    may_undo: bool


def lines_of(action: Action, events: Iterable[ActionEvent]) -> list[Line]:
    """The steps, the newest first; two queries for all of them."""
    rows = list(events)
    ids = {value for row in rows for side in (row.before, row.after) if (value := side.get("owner_id"))}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
    undone = {row.undoes_id for row in rows if row.undoes_id}
    return [_line(action, row, names, is_undone=row.pk in undone) for row in rows]


def _line(action: Action, event: ActionEvent, names: Mapping[int, str], *, is_undone: bool) -> Line:
    changes = tuple(
        (Shown(name, names).label, Shown(name, names).say(event.before.get(name)), Shown(name, names).say(after))
        for name, after in event.after.items()
        if name not in QUIET and event.before
    )
    return Line(event, event.at, _who(event), _title(event, is_undone=is_undone), changes,
                bool(event.before) and not is_undone and _stands(action, event))  # fmt: skip


def _stands(action: Action, event: ActionEvent) -> bool:
    """Whether nobody has changed the same since."""
    now = {name: getattr(action, name) for name in event.after}
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in now.items()} == event.after


def _who(event: ActionEvent) -> str:
    name = event.actor_name or _("the product itself")
    return _("%s, by the link of a mail") % name if event.is_by_link else name


def _title(event: ActionEvent, *, is_undone: bool) -> str:
    if not event.before:
        return _("proposed it")
    if event.undoes_id:
        return _("took a step back")
    state = event.after.get("state")
    words = _("asked for help") if event.after.get("help_words") else _("changed it")
    if state:
        words = {ActionState.DONE: _("finished it"), ActionState.DROPPED: _("dropped it")}.get(state, _("moved it"))
    if "is_told" in event.after and not state:
        words = _("told it under “You said, we did”") if event.after["is_told"] else _("told it no longer")
    if contacts := event.after.get("contacts_saved_per_year"):
        words = _("%(words)s; contacts saved a year: %(contacts)s") % {"words": words, "contacts": short(contacts)}
    return _("%s (undone since)") % words if is_undone else words
