"""What one chooses and types in a what-if."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journeys.choices import LEAVE_RATE_PERCENT
from journeys.figures import ungrouped
from journeys.formats.amounts import AmountError, read_bare
from journeys.forms import FigureField
from journeys.limits import TITLE_MAX
from journeys.risk import LEAVE_RATE_SOURCES

OWN = "own"


def read_percent(text: str) -> float:
    """0 to 100, with or without its sign. Raises AmountError for anything else."""
    amount = read_bare(text.strip().removesuffix("%").strip(), 100)
    if amount is None:
        raise AmountError(gettext("Type a number from 0 to 100."))
    return amount.value


class LeaveRateForm(forms.Form):
    """How many leave after a poor moment: one of the published rates, or one's own figure."""

    leave = forms.ChoiceField(
        label=_("Of the customers who meet a poor moment, how many leave?"),
        choices=[
            ("32", _("32% (PwC 2018)")),
            ("50", _("50% (Zendesk 2020)")),
            (OWN, _("Our own figure")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    leave_own = FigureField(label=_("Our own figure, in percent"), read=read_percent, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """One's own figure is needed where it is chosen."""
        values = super().clean() or {}
        if values.get("leave") == OWN and values.get("leave_own") is None and "leave_own" not in self.errors:
            self.add_error("leave_own", gettext("Type a number from 0 to 100."))
        return values

    @property
    def percent(self) -> float:
        """The chosen rate; the first published one where none is chosen or it is no number."""
        if not self.is_bound:
            return LEAVE_RATE_PERCENT
        self.is_valid()
        if self.cleaned_data.get("leave") == OWN and self.cleaned_data.get("leave_own") is not None:
            return float(self.cleaned_data["leave_own"])
        return 50.0 if self.cleaned_data.get("leave") == "50" else LEAVE_RATE_PERCENT


def leave_values(percent: float) -> dict[str, str]:
    """What the form's fields hold for a rate."""
    if percent in LEAVE_RATE_SOURCES:
        return {"leave": f"{percent:.0f}"}
    return {"leave": OWN, "leave_own": ungrouped(percent)}


class ScenarioForm(LeaveRateForm):
    """A scenario's name, with the targets as text: 12:4,15:5 (moment id, level)."""

    name = forms.CharField(label=_("Name"), max_length=TITLE_MAX)

    def __init__(self, *args: Any, targets: Mapping[int, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = targets or {}

    def clean(self) -> dict[str, Any]:
        """A scenario changes something."""
        values = super().clean()
        if not self.targets:
            self.add_error("name", gettext("Give at least one moment another level first."))
        return values
