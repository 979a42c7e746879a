"""What one chooses before a poster is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.models import Scenario
from reports.models import Sheet, Size
from reports.poster_tiles import may_split

LANDSCAPE, PORTRAIT = "landscape", "portrait"
COLOUR, GREY = "colour", "grey"
CHOSEN_FIRST = {"size": Size.A3, "orientation": LANDSCAPE, "ink": COLOUR, "tiles": "", "scenario": ""}


class PosterForm(forms.Form):
    """Paper, ink, sheets and, where there is any, a scenario. Only the size has to be given."""

    size = forms.ChoiceField(label=_("Size"), choices=Size.choices, widget=forms.RadioSelect)
    orientation = forms.ChoiceField(
        label=_("Orientation"),
        choices=[(LANDSCAPE, _("Landscape")), (PORTRAIT, _("Portrait"))],
        widget=forms.RadioSelect,
        required=False,
    )
    ink = forms.ChoiceField(
        label=_("Ink"), choices=[(COLOUR, _("Colour")), (GREY, _("Grey"))], widget=forms.RadioSelect, required=False
    )
    tiles = forms.ChoiceField(
        label=_("Printed on"), choices=[("", _("One sheet of its size")), *Sheet.choices], required=False
    )
    scenario = forms.ChoiceField(label=_("What it shows"), required=False)

    def __init__(self, data: Any, *, scenarios: Sequence[Scenario] = ()) -> None:
        super().__init__(data)
        names = [(str(scenario.pk), _("Today and “%s”") % scenario.name) for scenario in scenarios]
        self.fields["scenario"].choices = [("", _("Today")), *names]  # type: ignore[attr-defined]
        if not scenarios:
            del self.fields["scenario"]

    def clean_orientation(self) -> str:
        return str(self.cleaned_data["orientation"] or LANDSCAPE)

    def clean_ink(self) -> str:
        return str(self.cleaned_data["ink"] or COLOUR)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        size, tiles = cleaned.get("size"), cleaned.get("tiles")
        if size and tiles and not may_split(size, tiles):
            text = _("A poster in %(size)s is not larger than its sheets. Choose a larger poster, or one sheet.")
            self.add_error("tiles", forms.ValidationError(text, params={"size": size}))
        return cleaned

    @property
    def print_(self) -> dict[str, Any]:
        """How the poster is printed, as its inputs name it."""
        chosen = self.cleaned_data
        return {
            "is_portrait": chosen["orientation"] == PORTRAIT,
            "is_grey": chosen["ink"] == GREY,
            "tiles": chosen["tiles"],
        }
