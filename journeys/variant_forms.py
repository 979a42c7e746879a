"""What people type to copy a journey for another kind of customer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.formats.amounts import read_count
from journeys.forms import FigureField
from journeys.limits import TITLE_MAX


class CopyForm(forms.Form):
    """The three things in which a variant differs from the start."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_MAX)
    customer = forms.CharField(
        label=_("Who the customer is"),
        max_length=TITLE_MAX,
        required=False,
        help_text=_("The segment that this variant is for, such as families with small children."),
    )
    customers_per_year = FigureField(label=_("Customers a year"), read=read_count, inputmode="numeric")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name in ("title", "customer"):
            self.fields[name].widget.attrs["dir"] = "auto"
