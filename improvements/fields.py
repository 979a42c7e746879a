"""Fields that forms about change share: a few words, a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LAST_YEAR = 2199


def words_field(
    label: Any, most: int, *, required: bool = False, rows: int = 2, help_text: Any = ""
) -> forms.CharField:
    """A few words or lines."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        if rows > 1
        else forms.TextInput(attrs={"dir": "auto"}),
    )


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date", "max": f"{LAST_YEAR}-12-31"}, format="%Y-%m-%d"),
    )


def check_year(day: Any) -> Any:
    """A typing error in a year would hide an action for ever."""
    if day and not 2000 <= day.year <= LAST_YEAR:
        raise ValidationError(_("Look at the year again."))
    return day


class PlainForm(forms.Form):
    """Labels without a colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
