"""A page of history: steps as lines, a person's saves of one text as one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from journeys.event_words import FieldChange, changes_of, sentence_of
from journeys.models import Event, Journey
from journeys.models.history import WHOLE, EventKind
from journeys.undoing import continues, is_undone


@dataclass(slots=True)
class Line:
    """One line: `event` and the saves that ran before it, down to `oldest`."""

    event: Event
    sentence: SafeString
    oldest: Event
    saves: int = 1
    earlier: dict[str, Any] = field(default_factory=dict)
    later: dict[str, Any] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)

    @property
    def day(self) -> date:
        """In the organisation's time zone."""
        return timezone.localtime(self.event.at).date()

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return is_undone(self.event)

    @property
    def can_be_undone(self) -> bool:
        """A journey's own making is not undone: one archives it."""
        return not self.is_undone and self.event.kind != EventKind.JOURNEY_MADE

    def take_in(self, event: Event) -> None:
        """Another save of the same run, before those that are in."""
        self.oldest, self.saves = event, self.saves + 1
        self.earlier |= event.before
        self.later = {**event.after, **self.later}


def events_of(journey: Journey, actor_id: int | None = None, moment_id: int | None = None) -> QuerySet[Event]:
    """The newest first, without the two sides of each."""
    events = Event.objects.filter(journey=journey).select_related("undone_by", "undoes").order_by("-id")
    sides = ("before", "after")
    events = events.defer(*(prefix + side for prefix in ("", "undone_by__", "undoes__") for side in sides))
    if actor_id is not None:
        events = events.filter(actor=actor_id)
    return events.filter(moment_id=moment_id) if moment_id is not None else events


def lines_of(events: Iterable[Event], language: str) -> list[Line]:
    """Lines of one page of events; two queries."""
    rows = list(events)
    _read_sides(rows)
    lines: list[Line] = []
    newest: dict[tuple[int | None, str], Line] = {}
    for event in rows:
        part = (event.moment_id, event.kind if event.moment_id is None else "")
        line = newest.get(part)
        if line and continues(line.oldest, event):
            line.take_in(event)
            continue
        newest[part] = Line(event, sentence_of(event, language), event, 1, dict(event.before), dict(event.after))
        lines.append(newest[part])
    for line in lines:
        line.event.after = line.later
        line.changes = changes_of(line.event, line.earlier)
    return lines


def _read_sides(rows: list[Event]) -> None:
    """But of those whose sides are whole journeys."""
    sides = Event.objects.filter(pk__in=[event.pk for event in rows]).exclude(kind__in=WHOLE)
    known = {pk: (before, after) for pk, before, after in sides.values_list("pk", "before", "after")}
    for event in rows:
        event.before, event.after = known.get(event.pk, ({}, {}))
