"""What is asked of a link to what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from improvements.fields import PlainForm
from journeys.limits import TITLE_MAX
from journeys.models import Journey


class SaidLinkForm(PlainForm):
    """A new link."""

    label = forms.CharField(
        label=_("Whom is it for?"),
        max_length=TITLE_MAX,
        required=False,
        help_text=_("For you and your colleagues, to tell the links apart. Readers don't see it."),
    )
    journey = forms.ChoiceField(label=_("What does it show?"), required=False)

    def __init__(self, *args: Any, journeys: Sequence[Journey], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["journey"]
        field.choices = [("", _("All journeys")), *[(str(journey.pk), journey.title) for journey in journeys]]
