"""What one says of a contact log: what its columns are, and how doubtful values are meant."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journeys.contacts.mapping import ROLES, UNITS, Mapping
from journeys.contacts.sample import Doubt

DOUBTS = ("time_zone", "day_first", "decimal_comma")
_LABELS = {
    "customer": _("Customer"),
    "start": _("Start"),
    "start_time": _("Start: time"),
    "end": _("End"),
    "end_time": _("End: time"),
    "seconds": _("Duration"),
    "touchpoint": _("Touchpoint or activity"),
    "channel": _("Channel"),
    "lifecycle": _("Says start or complete"),
    "instance": _("Tells simultaneous contacts apart"),
}
_DATE_LABELS = {"start": _("Start: date"), "end": _("End: date")}
_HELP = {
    "start_time": _("The time of day, where the start is a date alone."),
    "end_time": _("The time of day, where the end is a date alone, or has the date of the start."),
}
_UNIT_WORDS = {
    "seconds": _("seconds"),
    "minutes": _("minutes"),
    "hours": _("hours"),
    "milliseconds": _("milliseconds"),
}
_ZONE = _("Time zone of the times in this file")
_YES, _NO = "yes", "no"


class ColumnsForm(forms.Form):
    """A mapping. asked: the doubts that are shown as questions."""

    seconds_unit = forms.ChoiceField(
        label=_("Durations are in"),
        choices=[(unit, _UNIT_WORDS[unit]) for unit in sorted(UNITS, key=list(_UNIT_WORDS).index)],
    )
    zero_means_unknown = forms.BooleanField(label=_("A duration of 0 means that it was not measured"), required=False)
    unknown_customers = forms.CharField(
        label=_("Customer ids that stand for nobody"),
        required=False,
        max_length=1_000,
        help_text=_("Such as 0, NA: with commas between. An empty id always stands for nobody."),
    )
    repeated_rows = forms.ChoiceField(
        label=_("Rows that repeat an earlier one"),
        choices=[
            ("report", _("count, and name them")),
            ("once", _("count once")),
            ("count", _("count, don't look for them (quickest)")),
        ],
    )
    touchpoint_name = forms.CharField(
        label=_("Name of all contacts, where no column names the touchpoint"), max_length=200, required=False
    )
    day_first = forms.ChoiceField(
        label=_("Which comes first?"),
        required=False,
        choices=[("", "—"), (_YES, _("the day: 31/12/2024")), (_NO, _("the month: 12/31/2024"))],
    )
    decimal_comma = forms.ChoiceField(
        label=_("What is the mark in these numbers?"),
        required=False,
        choices=[
            ("", "—"),
            (_YES, _("a comma is a decimal mark: 1,5 is one and a half")),
            (_NO, _("a comma parts thousands: 1,500 is fifteen hundred")),
        ],
    )
    keeps_file = forms.BooleanField(label=_("Keep the file on the server after the import"), required=False)

    def __init__(
        self, *args: Any, columns: Sequence[str], doubts: Sequence[Doubt] = (), zone: str = "UTC", **kwargs: Any
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        choices = [("", gettext("– none –")), *((column, column) for column in columns)]
        for role in ROLES:
            self.fields[role] = forms.ChoiceField(
                label=_LABELS[role], choices=choices, required=False, help_text=_HELP.get(role, "")
            )
        for role, label in _DATE_LABELS.items():
            if self[f"{role}_time"].value():
                self.fields[role].label = label
        zones = [(name, name) for name in sorted(zoneinfo.available_timezones())]
        self.fields["time_zone"] = forms.ChoiceField(label=_ZONE, choices=[("", "—"), *zones], required=False)
        self.initial.setdefault("time_zone", zone)
        self.ask(doubts)

    def ask(self, doubts: Sequence[Doubt]) -> None:
        """Show these as questions, with values of the file as examples; others are not asked."""
        self.asked = {doubt.kind: doubt for doubt in doubts}
        for kind, doubt in self.asked.items():
            said = gettext("“%(column)s” reads %(examples)s.")
            self[kind].help_text = said % {"column": doubt.column, "examples": ", ".join(doubt.examples)}

    @property
    def roles(self) -> list[forms.BoundField]:
        return [self[role] for role in ROLES if role not in self._rare]

    @property
    def rare_roles(self) -> list[forms.BoundField]:
        """Those that most files have no use for."""
        return [self[role] for role in ROLES if role in self._rare]

    @property
    def _rare(self) -> set[str]:
        clocks = {role for role in ("start_time", "end_time") if not self[role].value()}
        return {"lifecycle", "instance", *clocks}

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[kind] for kind in DOUBTS if kind in self.asked]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        taken: dict[str, str] = {}
        for role in ROLES:
            column = values.get(role)
            if column and column in taken:
                self.add_error(role, gettext("This column is “%s” already.") % _LABELS[taken[column]])
            elif column:
                taken[column] = role
        if not values.get("start") and not values.get("end") and not self.errors:
            self.add_error("start", gettext("Say which column holds the start of a contact, or its end."))
        if values.get("start_time") and not values.get("start") and not self.errors:
            self.add_error("start", gettext("Say which column holds the date of the start."))
        return values

    def mapping(self) -> Mapping:
        """What was said. Raises Refused."""
        values = self.cleaned_data
        unknown = [part.strip() for part in values["unknown_customers"].split(",")]
        return Mapping(
            **{role: values[role] for role in ROLES},
            touchpoint_name=values["touchpoint_name"].strip() or "Contact",
            unknown_customers=tuple(dict.fromkeys(part for part in unknown if part)),
            zero_means_unknown=values["zero_means_unknown"],
            time_zone=values["time_zone"] or None,
            day_first=_truth(values["day_first"]),
            seconds_unit=values["seconds_unit"],
            decimal_comma=_truth(values["decimal_comma"]),
            repeated_rows=values["repeated_rows"],
        )


def _truth(said: str) -> bool | None:
    return {_YES: True, _NO: False}.get(said)


def values_of(told: dict[str, Any]) -> dict[str, Any]:
    """What the form's fields hold for a mapping as it is kept."""
    values = {"seconds_unit": "seconds", "repeated_rows": "report", "touchpoint_name": "Contact", **told}
    for kind in ("day_first", "decimal_comma"):
        said = told.get(kind)
        values[kind] = "" if said is None else _YES if said else _NO
    values["unknown_customers"] = ", ".join(told.get("unknown_customers", ()))
    return values
