"""The map as rows of a table: which columns, in what order, and the form of one row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import F, OrderBy, QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from journeys.filters import Filter
from journeys.forms import MomentForm
from journeys.models import Journey, Moment

COLUMNS: dict[str, Any] = {
    "stage": _("Stage"),
    "title": _("Moment"),
    "channel": _("Channel"),
    "contacts_per_customer": _("Contacts per customer a year"),
    "seconds": _("Seconds"),
    "level": _("Level"),
    "decision": _("Decision"),
    "is_make_or_break": _("Make or break"),
    "serves_in_front": _("In front"),
    "stands_behind": _("Behind"),
    "what_more": _("What more will we do?"),
}
IN_ROW = tuple(name for name in COLUMNS if name != "stage")
TEXTS = {"title", "serves_in_front", "stands_behind", "what_more"}


def rows_of(journey: Journey, chosen: Filter, sort: str = "") -> QuerySet[Moment]:
    """The moments that a filter leaves. sort: a column's name, with - in front for downwards; else the map's order."""
    moments = Moment.objects.filter(chosen.condition(), stage__journey=journey).select_related("stage")
    return moments.order_by(*_order(sort), "stage__position", "position")


def _order(sort: str) -> list[OrderBy]:
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    if name not in COLUMNS:
        return []
    column = F("stage__position") if name == "stage" else Lower(name) if name in TEXTS else F(name)
    return [column.desc(nulls_last=True) if is_down else column.asc(nulls_last=True)]


def owners_of(journey: Journey) -> list[str]:
    """Who serves in front or stands behind anywhere on the map, by name; one query."""
    pairs = Moment.objects.filter(stage__journey=journey).order_by()
    names = {name for pair in pairs.values_list("serves_in_front", "stands_behind") for name in pair if name}
    return sorted(names, key=str.casefold)


class RowForm(MomentForm):
    """A moment's form within a table's row: fields named by their column, tied to the row's form by its id."""

    def __init__(self, data: QueryDict | None = None, *, instance: Moment, focus: str = "") -> None:
        super().__init__(data, instance=instance, auto_id=f"row_{instance.pk}_%s")
        decision = self.fields["decision"]
        decision.widget = forms.Select(choices=getattr(decision, "choices", ()))
        self.fields["what_more"].widget.attrs["rows"] = 1
        focus = focus if focus in IN_ROW else IN_ROW[0]
        for name in IN_ROW:
            attrs = {"form": f"row-form-{instance.pk}", "aria-label": self.fields[name].label}
            self.fields[name].widget.attrs |= attrs | ({"autofocus": True} if name == focus else {})
            self.fields[name].widget.attrs["aria-describedby"] = f"row_{instance.pk}_{name}_problem"

    def cells(self) -> list[forms.BoundField]:
        """The row's fields in the order of the columns."""
        return [self[name] for name in IN_ROW]


def with_the_rest(posted: QueryDict, moment: Moment) -> QueryDict:
    """A row's fields as they were sent; those that the table does not show as they are stored."""
    data = posted.copy()
    for name in MomentForm.base_fields:
        if name not in IN_ROW:
            data[name] = getattr(moment, name)
    return data
