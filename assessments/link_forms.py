"""What is asked of an open link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.limits import RESPONSES_A_LINK_MAX


class CapForm(forms.Form):
    """How many responses a link takes."""

    cap = forms.IntegerField(
        label=_("At most"), min_value=1, max_value=RESPONSES_A_LINK_MAX, widget=forms.NumberInput(attrs={"min": 1})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
