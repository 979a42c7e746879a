"""What is asked of a list of recipients, and of one of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.choices import ANSWER_LANGUAGES
from assessments.models import Recipient, Round
from assessments.recipient_lists import RecipientList, read_recipients
from journeys.formats.rows import TableError
from journeys.limits import FILE_MAX


class ListForm(forms.Form):
    """A list, typed or as a file. `found` says what it was read as, once validated."""

    view = forms.ChoiceField(label=_("Who they are"), widget=forms.RadioSelect)
    # A plain Field: a CharField would refuse the whole list for one character.
    people = forms.Field(
        label=_("Addresses"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 6, "spellcheck": "false", "placeholder": "anna@example.org, Anna Berg, Gate team, sv"}
        ),
        help_text=_("One a line; behind it name, group and language, as far as you know them, in any order."),
    )
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        help_text=_("CSV or Excel (XLSX), up to 5 MB and 20,000 rows. You see what is read before anything is stored."),
        error_messages={"empty": _("Choose a file that holds something.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    found: RecipientList | None = None

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.round = round_
        choices = [(view.value, view.label) for view in round_.views]
        self.fields["view"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("view", choices[0][0])
        if len(choices) == 1:
            self.fields["view"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        upload, typed = values.get("file"), str(values.get("people") or "")
        place = "file" if upload else "people"
        if upload and upload.size > FILE_MAX:
            raise ValidationError({"file": _("This file is larger than 5 MB. Take a part of it.")})
        content = upload.read() if upload else typed.strip().encode("utf-8", "replace")
        if not content:
            raise ValidationError({"people": _("Type or paste addresses, or choose a file.")})
        try:
            self.found = read_recipients(self.round, values["view"], content)
        except TableError as refusal:
            raise ValidationError({place: str(refusal)}) from None
        return values


class RecipientForm(forms.ModelForm):
    """Address, name and language of one."""

    language = forms.ChoiceField(label=_("Language"))

    class Meta:
        model = Recipient
        fields: ClassVar[Any] = ("email", "name", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        codes = self.instance.round.languages
        self.fields["language"].choices = [(code, ANSWER_LANGUAGES[code]) for code in codes]  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
