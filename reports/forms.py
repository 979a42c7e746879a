"""What one chooses before a poster is made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import Size
from reports.preflight import Problem


class PosterForm(forms.Form):
    """The size. `findings` tells by size what does not fit; a size with a blocking finding is refused."""

    size = forms.ChoiceField(
        label=_("Size, landscape"), choices=Size.choices, widget=forms.RadioSelect, initial=Size.A3
    )

    def __init__(self, *args: Any, findings: dict[str, list[Problem]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = findings

    def clean_size(self) -> str:
        size = self.cleaned_data["size"]
        blocking = [problem.text for problem in self.findings[size] if problem.is_blocking]
        if blocking:
            raise forms.ValidationError(blocking)
        return str(size)
