"""What is asked of a new share link, and the passcode of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.limits import TITLE_MAX
from journeys.sharing import NewLink

PASSCODE_MIN, PASSCODE_MAX = 6, 100


class ShareForm(forms.Form):
    """A new link."""

    label = forms.CharField(
        label=_("Whom is it for?"),
        max_length=TITLE_MAX,
        required=False,
        help_text=_("For you and your colleagues, to tell the links apart. Readers don't see it."),
    )
    hides_notes = forms.BooleanField(
        label=_("Hide the notes"),
        required=False,
        help_text=_(
            "What the customer sees, hears and feels; what the customer expects; what more you will do; "
            "and the decision to keep, enhance or eliminate."
        ),
    )
    hides_back_stage = forms.BooleanField(
        label=_("Hide the back stage"),
        required=False,
        help_text=_("Who stands behind, and the systems that take part."),
    )
    passcode = forms.CharField(
        label=_("Passcode"),
        required=False,
        min_length=PASSCODE_MIN,
        max_length=PASSCODE_MAX,
        error_messages={"min_length": _("Too short: write at least 6 characters.")},
        help_text=_(
            "At least 6 characters. Tell it to the readers by another way than the link; it is not shown again."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("It works until the end of this day. Empty: until you revoke it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["last_day"].widget.attrs["min"] = timezone.localdate().isoformat()

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over. Choose today or a later one."))
        if day and day.year > 9000:
            raise ValidationError(_("Choose an earlier day, or none."))
        return day

    def new_link(self) -> NewLink:
        """What was asked, once the form is valid."""
        return NewLink(**self.cleaned_data)


class PasscodeForm(forms.Form):
    """The passcode of a shared map."""

    passcode = forms.CharField(
        label=_("Passcode"),
        max_length=PASSCODE_MAX,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
