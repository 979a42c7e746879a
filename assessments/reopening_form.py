"""What is asked of who opens a round again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.local_times import LocalTimeField
from assessments.rounds import REASON_MAX


class ReopenForm(forms.Form):
    """Why, and until when."""

    reason = forms.CharField(
        label=_("Why is it opened again?"),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who sees the round's log will read it."),
        error_messages={"required": _("Say why: everybody who sees the round's log will read it.")},
    )
    closes_at = LocalTimeField(label=_("Closes"), required=False, help_text=_("Empty: you close it by hand."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_closes_at(self) -> datetime | None:
        ends: datetime | None = self.cleaned_data["closes_at"]
        if ends and ends <= timezone.now():
            raise ValidationError(_("This time is over. Choose a later one, or leave it empty."))
        return ends
