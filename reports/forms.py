"""What one chooses before a poster is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.models import Scenario
from reports.models import Size
from reports.preflight import Problem


class PosterForm(forms.Form):
    """The size and, where there is any, a scenario.

    findings: by size, what does not fit; a size with a blocking finding is refused.
    """

    size = forms.ChoiceField(
        label=_("Size, landscape"), choices=Size.choices, widget=forms.RadioSelect, initial=Size.A3
    )

    scenario = forms.ChoiceField(label=_("What it shows"), required=False)

    def __init__(
        self, *args: Any, findings: dict[str, list[Problem]], scenarios: Sequence[Scenario] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.findings = findings
        names = [(str(scenario.pk), _("Today and “%s”") % scenario.name) for scenario in scenarios]
        self.fields["scenario"].choices = [("", _("Today")), *names]  # type: ignore[attr-defined]
        if not scenarios:
            del self.fields["scenario"]

    def clean_size(self) -> str:
        size = self.cleaned_data["size"]
        blocking = [problem.text for problem in self.findings[size] if problem.is_blocking]
        if blocking:
            raise forms.ValidationError(blocking)
        return str(size)
