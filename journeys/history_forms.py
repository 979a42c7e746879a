"""What people type about a journey's history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.limits import TITLE_MAX


class VersionForm(forms.Form):
    """A name for the present state."""

    name = forms.CharField(
        label=_("Name"),
        max_length=TITLE_MAX,
        help_text=_("For example: before the workshop."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
