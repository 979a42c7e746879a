"""What one chooses before a report is made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.choices import ANSWER_LANGUAGES
from journeys.models import Journey
from reports.models import REPORT_PAPERS

JOURNEYS_MAX = 12


class ReportForm(forms.Form):
    """The language of the six, the paper, and whether it is for the archive."""

    language = forms.ChoiceField(
        label=_("Language"), choices=list(ANSWER_LANGUAGES.items()),
        help_text=_("Of the report's own words. What people wrote stays as they wrote it."),
    )  # fmt: skip
    paper = forms.ChoiceField(label=_("Paper"), choices=[(name, name) for name in REPORT_PAPERS], initial="A4")
    is_archive = forms.BooleanField(
        label=_("For the archive"), required=False,
        help_text=_("PDF/A-3, to be kept for decades, with the data as CSV inside the file."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class PortfolioForm(ReportForm):
    """Which journeys stand side by side, too. journeys: those of the organisation."""

    journeys = forms.ModelMultipleChoiceField(
        label=_("Journeys"), queryset=Journey.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose two journeys or more.")},
    )  # fmt: skip
    field_order = ("journeys", "language", "paper", "is_archive")

    def __init__(self, *args: Any, journeys: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["journeys"].queryset = journeys  # type: ignore[attr-defined]

    def clean_journeys(self) -> list[Journey]:
        """From two on, as many as can be compared on paper."""
        chosen = list(self.cleaned_data["journeys"])
        if len(chosen) < 2:
            raise forms.ValidationError(_("Choose two journeys or more."))
        if len(chosen) > JOURNEYS_MAX:
            said = ngettext("Choose %(most)d journey at most.", "Choose %(most)d journeys at most.", JOURNEYS_MAX)
            raise forms.ValidationError(said % {"most": JOURNEYS_MAX})
        return chosen
