"""What may be asked of a round whether it has opened or not: title, end, reminder, coming again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import Repeats
from assessments.group_lines import PEOPLE_MAX
from assessments.local_times import LocalTimeField, months_later
from assessments.models import Round, RoundGroup
from assessments.repeat_times import MONTHS

REMINDER_DAYS_MAX = 60
REPEAT_CHOICES = [("", _("Never")), *Repeats.choices]


class PlannedEnd(forms.ModelForm):
    """Title, end, reminder and coming again: what may be changed of an open round too."""

    closes_at = LocalTimeField(label=_("Closes"), required=False, help_text=_("Empty: you close it by hand."))
    reminder_days = forms.IntegerField(
        label=_("Remind by mail"),
        required=False,
        min_value=1,
        max_value=REMINDER_DAYS_MAX,
        help_text=_("So many days before it closes, those who were invited by mail and have not answered. Empty: no."),
    )
    repeats = forms.ChoiceField(
        label=_("Comes again"),
        choices=REPEAT_CHOICES,
        required=False,
        help_text=_("The next round opens and closes by itself, with the same groups, links and people."),
    )

    class Meta:
        model = Round
        fields: ClassVar[Any] = ("title", "closes_at", "reminder_days", "repeats")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["reminder_days"].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_end(values)
        self._check_repeats(values)
        if values.get("reminder_days") and not values.get("closes_at") and "closes_at" not in self.errors:
            self.add_error(
                "reminder_days", _("Days before which end? Choose when the round closes, or leave this empty.")
            )
        return values

    def opens(self, values: Mapping[str, Any]) -> datetime | None:
        """When it opens or opened, as far as that is known."""
        return self.instance.opened_at or values.get("opens_at", self.instance.opens_at)

    def _check_end(self, values: Mapping[str, Any]) -> None:
        ends, begins = values.get("closes_at"), self.opens(values)
        if ends is None or (ends == self.instance.closes_at and not self.instance.is_draft):
            return
        if ends <= timezone.now():
            self.add_error("closes_at", _("This time is over. Choose a later one, or leave it empty."))
        elif begins and ends <= begins:
            self.add_error("closes_at", _("The round would close before it opens. Choose a later end."))

    def _check_repeats(self, values: Mapping[str, Any]) -> None:
        months, ends, begins = MONTHS.get(values.get("repeats", "")), values.get("closes_at"), self.opens(values)
        if months is None or "closes_at" in self.errors or self.instance.has_ended:
            return
        if ends is None:
            self.add_error("closes_at", _("A round that comes again needs an end, so that it can close by itself."))
        elif ends > months_later(begins or timezone.now(), months, timezone.get_current_timezone()):
            self.add_error("closes_at", _("It would still be open when the next one opens. Choose an earlier end."))


class OpenedForm(PlannedEnd):
    """What may still be changed of a round that has opened, with the people of each group."""

    def __init__(self, *args: Any, groups: Sequence[RoundGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        if self.instance.has_ended:
            del self.fields["closes_at"], self.fields["reminder_days"]
        for group in groups:
            self.fields[f"people-{group.pk}"] = forms.IntegerField(
                label=group.name, required=False, min_value=1, max_value=PEOPLE_MAX, initial=group.people
            )

    def round_fields(self) -> dict[str, Any]:
        """What of the Round changes, once the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}

    def people(self) -> dict[int, int | None]:
        """How many could answer, by group id."""
        return {group.pk: self.cleaned_data[f"people-{group.pk}"] for group in self.groups}

    def people_fields(self) -> list[forms.BoundField]:
        return [self[f"people-{group.pk}"] for group in self.groups]
