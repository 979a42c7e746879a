"""What is typed about a letter or message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from assessments.choices import View
from assessments.privacy import SMALLEST_MINIMUM
from improvements.communications.limits import (
    EVENTS_MAX,
    EXAMPLE_MAX,
    MINIMUM_MAX,
    PASTE_MAX,
    RECIPIENTS_MAX,
    TIMES_MAX,
)
from improvements.fields import PlainForm, words_field
from improvements.limits import SHORT_MAX
from improvements.models import Communication, CommunicationKind, Per
from journeys.choices import Level
from journeys.limits import TITLE_MAX
from journeys.models import Journey

RELEVANCE = (
    (1, _("1 Nobody needs it")),
    (2, _("2 Few need it")),
    (3, _("3 Some need it")),
    (4, _("4 Most need it")),
    (5, _("5 Customers would ask for it")),
)
LEVEL_CHOICES = [("", "–"), *[(str(level.value), f"{level.value} {level.label}") for level in Level]]


class CommunicationForm(PlainForm):
    """One row of the table."""

    name = words_field(_("Name"), TITLE_MAX, required=True, rows=1)
    kind = forms.ChoiceField(label=_("Kind"), choices=CommunicationKind.choices, initial=CommunicationKind.EMAIL)
    sent_by = words_field(_("Who sends it"), SHORT_MAX, rows=1)
    recipients = forms.IntegerField(label=_("To how many customers"), min_value=0, max_value=RECIPIENTS_MAX, initial=0)
    times = forms.FloatField(label=_("How often each gets it"), min_value=0, max_value=TIMES_MAX, initial=1)
    per = forms.ChoiceField(label=_("Counted"), choices=Per.choices, initial=Per.YEAR)
    events_per_year = forms.FloatField(
        label=_("Events a year"),
        min_value=0,
        max_value=EVENTS_MAX,
        required=False,
        help_text=_("Such as claims or bookings of one customer, where it is counted per event."),
    )
    purpose = words_field(_("What it is for"), SHORT_MAX)
    journey = forms.ChoiceField(label=_("Journey"), required=False)
    moment = words_field(_("Stage or moment"), TITLE_MAX, rows=1)
    example = words_field(
        _("Example"), EXAMPLE_MAX, rows=4, help_text=_("The text as customers get it, without names.")
    )
    relevance = forms.TypedChoiceField(
        label=_("Relevance, our own estimate"),
        choices=[("", "–"), *RELEVANCE],
        coerce=int,
        empty_value=None,
        required=False,
    )
    level = forms.TypedChoiceField(
        label=_("Level, our own estimate"), choices=LEVEL_CHOICES, coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        journeys = Journey.objects.in_organisation(organisation).filter(archived_at=None).only("pk", "title")
        self.journeys = {str(journey.pk): journey for journey in journeys}
        titles = [(pk, journey.title) for pk, journey in self.journeys.items()]
        self.fields["journey"].choices = [("", "–"), *titles]  # type: ignore[attr-defined]

    def clean_journey(self) -> Journey | None:
        return self.journeys.get(self.cleaned_data["journey"])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("per") == Per.EVENT and values.get("events_per_year") is None and not self.errors:
            self.add_error("events_per_year", _("Say how many such events a customer has in a year."))
        return values


class SurveyForm(PlainForm):
    """Who is asked, and of how few nothing is shown. prefix_id: parts two of them on one page."""

    view = forms.ChoiceField(choices=View.choices, widget=forms.HiddenInput)
    minimum_group = forms.IntegerField(
        label=_("Minimum group"),
        min_value=SMALLEST_MINIMUM,
        max_value=MINIMUM_MAX,
        help_text=_("What fewer people say is shown to nobody. It can't be lowered later."),
        error_messages={"min_value": _("At least 3, so that nobody can be singled out.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, prefix_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{prefix_id}-%s" if prefix_id else "id_%s", **kwargs)


def communication_values(row: Communication) -> dict[str, Any]:
    """A row as its form shows it."""
    values = {name: getattr(row, name) for name in CommunicationForm.base_fields if name != "journey"}
    return {**values, "journey": row.journey_id or ""}


class PasteForm(PlainForm):
    """A table from elsewhere."""

    table = forms.CharField(
        label=_("The table"),
        max_length=PASTE_MAX,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "spellcheck": "false"}),
        help_text=_("Copied from a spreadsheet, or CSV. The first line names the columns."),
    )

    def clean_table(self) -> str:
        text: str = self.cleaned_data["table"]
        if not text.strip():
            raise ValidationError(_("Paste at least the line with the columns and one more."))
        return text
