"""How many people serve, for volumes from staff's medians."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PEOPLE_MAX = 1_000_000


class PeopleForm(forms.Form):
    """Who serves these moments, by number."""

    people = forms.IntegerField(
        label=_("People who serve these moments"), min_value=1, max_value=PEOPLE_MAX, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["people"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
