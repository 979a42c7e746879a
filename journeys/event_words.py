"""The steps of a history in words: who did what, and each field before and after."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journeys.conflicts import MOMENTS, PLACE, STEPS
from journeys.figures import ungrouped, whole
from journeys.models import Event, Journey, Moment, Stage
from journeys.models.history import EventKind

_CONTEXT, _LONG, _NAMED = 40, 160, 5

SENTENCES: dict[EventKind, str | Promise] = {
    EventKind.JOURNEY_MADE: gettext_lazy("{who} made the journey {title}"),
    EventKind.JOURNEY_CHANGED: gettext_lazy("{who} changed what is said about the journey"),
    EventKind.JOURNEY_FILLED: gettext_lazy("{who} filled in stages"),
    EventKind.STAGE_ADDED: gettext_lazy("{who} added the stage {title}"),
    EventKind.STAGE_RENAMED: gettext_lazy("{who} renamed the stage {from_title} to {title}"),
    EventKind.STAGE_MOVED: gettext_lazy("{who} moved the stage {title} from place {from_place} to {to_place}"),
    EventKind.STAGE_REMOVED: gettext_lazy("{who} took the stage {title} off the map"),
    EventKind.MOMENT_ADDED: gettext_lazy("{who} added {title}"),
    EventKind.MOMENT_CHANGED: gettext_lazy("{who} changed {title}"),
    EventKind.MOMENT_MOVED: gettext_lazy("{who} moved {title} from {from_stage} to {to_stage}"),
    EventKind.MOMENT_LINKED: gettext_lazy("{who} linked {title} to the journey {to_journey}"),
    EventKind.MOMENT_REMOVED: gettext_lazy("{who} took {title} off the map"),
    EventKind.VERSION_RESTORED: gettext_lazy("{who} restored the version {title}"),
}
MOVED_WITHIN = gettext_lazy("{who} moved {title} within {to_stage} from place {from_place} to {to_place}")
UNLINKED = gettext_lazy("{who} ended the link of {title} to the journey {from_journey}")
LEFT = gettext_lazy("{who} left {title} in its place")
ARCHIVED = gettext_lazy("{who} archived the journey")
UNARCHIVED = gettext_lazy("{who} took the journey out of the archive")
BROUGHT_BACK = {
    EventKind.STAGE_ADDED: gettext_lazy("{who} brought the stage {title} back"),
    EventKind.MOMENT_ADDED: gettext_lazy("{who} brought {title} back"),
    EventKind.VERSION_RESTORED: gettext_lazy("{who} took the restored version {title} back"),
    EventKind.JOURNEY_FILLED: gettext_lazy("{who} took the filled in stages back"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a step, ready to be shown."""

    label: str
    before: str
    after: str


def who(event: Event) -> str:
    """The actor's name as it was."""
    return event.actor_name or _("The system")


def sentence_of(event: Event, language: str) -> SafeString:
    """What was done, as escaped HTML. language: of the journey's texts, as in <html lang>."""
    before, after = event.before, event.after
    parts = {
        "who": format_html("<b><bdi>{}</bdi></b>", who(event)),
        "title": _quoted(event.title, language),
        "from_title": _quoted(before.get("title", ""), language),
        "from_stage": _quoted(before.get("stage_title", ""), language),
        "to_stage": _quoted(after.get("stage_title", ""), language),
        "from_journey": _quoted(before.get("journey_title", ""), language),
        "to_journey": _quoted(after.get("journey_title", ""), language),
        "from_place": whole(before.get("position", 0) + 1),
        "to_place": whole(after.get("position", 0) + 1),
    }
    return format_html("{}{}", format_html(str(_pattern(event)), **parts), _size(event))


def words_of(event: Event) -> str:
    """What was done, as plain text."""
    return unescape(strip_tags(sentence_of(event, "")))


def _quoted(title: str, language: str) -> SafeString:
    return format_html('“<bdi lang="{}">{}</bdi>”', language, title)


def _pattern(event: Event) -> str | Promise:
    kind = EventKind(event.kind)
    if kind in (EventKind.MOMENT_MOVED, EventKind.STAGE_MOVED) and event.before == event.after:
        return LEFT
    if kind == EventKind.MOMENT_MOVED and event.before.get("stage") == event.after.get("stage"):
        return MOVED_WITHIN
    if kind == EventKind.MOMENT_LINKED and not event.after.get("journey"):
        return UNLINKED
    if "archived_at" in event.after:
        return ARCHIVED if event.after["archived_at"] else UNARCHIVED
    if event.is_undo and kind in BROUGHT_BACK:
        return BROUGHT_BACK[kind]
    return SENTENCES[kind]


def _size(event: Event) -> str:
    """How many moments a stage had that came or went."""
    count = len((event.before or event.after).get("moments", [])) if event.kind.startswith("stage_") else 0
    return ngettext(", with %d moment", ", with %d moments", count) % count if count else ""


def changes_of(event: Event, earlier: dict[str, Any]) -> list[FieldChange]:
    """Each field of a step. earlier: the fields' values before the run of steps that this one ends."""
    model = {EventKind.MOMENT_CHANGED: Moment, EventKind.JOURNEY_CHANGED: Journey}.get(EventKind(event.kind))
    if model is None:
        return []
    return [
        FieldChange(label_of(model, name), *_trimmed(shown(model, name, earlier.get(name)), shown(model, name, value)))
        for name, value in event.after.items()
        if earlier.get(name) != value and name != "archived_at"
    ]


def since_words(event: Event, field: str, value: Any) -> str:
    """One side of what changed since a step."""
    if field in (MOMENTS, STEPS):
        more = "" if len(value) <= _NAMED else " …"
        return ", ".join(f"“{title}”" for title in value[:_NAMED]) + more or _("(nothing)")
    if field == PLACE:
        place = _("place %s") % whole(value["position"] + 1)
        return f"“{value['stage_title']}”, {place}" if "stage_title" in value else place
    return shown(_model(event), field, value)


def since_label(event: Event, field: str) -> str:
    """What changed since a step, in a word."""
    words = {PLACE: _("Place"), MOMENTS: _("Moments added or changed"), STEPS: _("Steps since then")}
    return words.get(field) or label_of(_model(event), field)


def _model(event: Event) -> type[models.Model]:
    return Journey if event.kind.startswith("journey") else Stage if event.kind.startswith("stage") else Moment


def label_of(model: type[models.Model], name: str) -> str:
    """A column's name for people."""
    field = _field(model, name)
    return capfirst(str(field.verbose_name)) if field else name


def shown(model: type[models.Model], name: str, value: Any) -> str:
    """A stored value for people."""
    choices = dict(getattr(_field(model, name), "flatchoices", ()))
    if value in choices:
        return str(choices[value])
    if type(_field(model, name)) is models.DateField and value:
        return date_format(parse_date(str(value)) or value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return whole(value)
    if isinstance(value, float):
        return ungrouped(value)
    return str(value) if value not in (None, "") else _("(nothing)")


def _field(model: type[models.Model], name: str) -> Any:
    return next((field for field in model._meta.concrete_fields if field.attname == name), None)


def _trimmed(before: str, after: str) -> tuple[str, str]:
    """Two long texts around the place where they differ."""
    if max(len(before), len(after)) <= _LONG:
        return before, after
    start = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    first = max(0, (min(len(before), len(after)) if start is None else start) - _CONTEXT)
    return _window(before, first), _window(after, first)


def _window(text: str, first: int) -> str:
    last = first + _LONG
    return ("…" if first else "") + text[first:last] + ("…" if len(text) > last else "")
