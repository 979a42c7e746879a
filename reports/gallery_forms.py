"""What one looks for among all that was made, and how a file is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from journeys.limits import TITLE_MAX
from reports.gallery import Chosen, journeys_shown, kind_choices, rounds_shown


class GalleryForm(forms.Form):
    """Filters of the gallery. What is none of its choices is left out, so that an old link still shows something."""

    q = forms.CharField(
        label=_("Title"), required=False, max_length=TITLE_MAX, widget=forms.TextInput(attrs={"type": "search"})
    )
    what = forms.ChoiceField(label=_("What"), required=False)
    journey = forms.TypedChoiceField(label=_("Journey"), required=False, coerce=int, empty_value=None)
    round = forms.TypedChoiceField(label=_("Round"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, organisation: Organisation, parts: Sequence[str]) -> None:
        super().__init__(data, label_suffix="")
        choices: dict[str, Sequence[tuple[Any, Any]]] = {
            "what": kind_choices(parts),
            "journey": journeys_shown(organisation, parts),
            "round": rounds_shown(organisation, parts),
        }
        for name, known in choices.items():
            self.fields[name].choices = [("", _("All")), *known]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Chosen:
        """What is looked for."""
        self.full_clean()
        valid = self.cleaned_data
        return Chosen(valid.get("q", ""), valid.get("what", ""), valid.get("journey"), valid.get("round"))


class NameForm(forms.Form):
    """Another name for a file."""

    title = forms.CharField(
        label=_("Name"),
        max_length=TITLE_MAX,
        help_text=_("In lists, and of the file when it is downloaded. What is printed on it stays as it is."),
    )
