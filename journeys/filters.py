"""Which moments of a map one wants to see: read from its address, so that it can be shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from journeys.choices import Channel, Decision, Level
from journeys.limits import TITLE_MAX
from journeys.models import Journey, Moment

UNDECIDED = "none"


@dataclass(frozen=True, slots=True)
class Filter:
    """Every part narrows the rest; an empty one asks nothing. below: levels under this one, 2 to 6."""

    channels: tuple[str, ...] = ()
    owner: str = ""
    decisions: tuple[str, ...] = ()
    below: int | None = None
    is_make_or_break: bool = False

    def __bool__(self) -> bool:
        return self != Filter()

    @property
    def query(self) -> str:
        """For an address; empty where nothing is asked."""
        return urlencode(self._asked())

    def form_data(self) -> QueryDict:
        """For the form that shows it."""
        return QueryDict(self.query)

    def _asked(self) -> list[tuple[str, Any]]:
        asked: list[tuple[str, Any]] = [("channel", channel) for channel in self.channels]
        asked += [("owner", self.owner)] if self.owner else []
        asked += [("decision", decision) for decision in self.decisions]
        asked += [("below", self.below)] if self.below else []
        asked += [("make_or_break", "on")] if self.is_make_or_break else []
        return asked

    def condition(self) -> Q:
        """As the database reads it."""
        wanted = Q()
        if self.channels:
            wanted &= Q(channel__in=self.channels)
        if self.owner:
            wanted &= Q(serves_in_front__icontains=self.owner) | Q(stands_behind__icontains=self.owner)
        if self.decisions:
            wanted &= Q(decision__in=["" if name == UNDECIDED else name for name in self.decisions])
        if self.below:
            wanted &= Q(level__lt=self.below)
        return wanted & Q(is_make_or_break=True) if self.is_make_or_break else wanted


class FilterForm(forms.Form):
    """What one may ask for. What makes no sense is left out, never an error."""

    channel = forms.MultipleChoiceField(
        label=_("Channel"), choices=Channel.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    owner = forms.CharField(label=_("Who serves or stands behind"), max_length=TITLE_MAX, required=False)
    decision = forms.MultipleChoiceField(
        label=_("Decision"),
        choices=[*Decision.choices, (UNDECIDED, _("None yet"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    below = forms.TypedChoiceField(
        label=_("Level below"),
        choices=[("", _("Any level")), *(choice for choice in reversed(Level.choices) if choice[0] > 1)],
        required=False,
        coerce=int,
        empty_value=None,
    )
    make_or_break = forms.BooleanField(label=_("Only make or break"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="filter_%s", label_suffix="")
        self.fields["owner"].widget.attrs |= {"list": "owners", "autocomplete": "off"}

    def chosen(self) -> Filter:
        """What the address asks."""
        self.is_valid()
        asked = self.cleaned_data
        return Filter(
            channels=tuple(asked.get("channel", ())),
            owner=asked.get("owner", ""),
            decisions=tuple(asked.get("decision", ())),
            below=asked.get("below"),
            is_make_or_break=asked.get("make_or_break", False),
        )


def ids_shown(journey: Journey, chosen: Filter) -> frozenset[int] | None:
    """The moments that a filter leaves on the map, one query; None where nothing is asked: all of them."""
    if not chosen:
        return None
    rows = Moment.objects.filter(chosen.condition(), stage__journey=journey)
    return frozenset(rows.values_list("pk", flat=True))
