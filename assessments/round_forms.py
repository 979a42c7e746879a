"""What is asked of a round that is planned, or that runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import ANSWER_LANGUAGES, Audience, Repeats
from assessments.group_lines import PEOPLE_MAX, GroupLine, read_groups, write_groups
from assessments.limits import GROUP_NAME_MAX, GROUPS_MAX
from assessments.local_times import LocalTimeField, months_later
from assessments.models import Round, RoundGroup
from assessments.privacy import SMALLEST_MINIMUM
from assessments.repeating import MONTHS
from journeys.models import Moment

GROUPS_TEXT_MAX = GROUPS_MAX * (GROUP_NAME_MAX + 20)
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


class RoundForm(PlannedEnd):
    """A draft: everything may be chosen. journey: of a new round, whose map gives the moments."""

    groups = forms.CharField(
        label=_("Groups"),
        required=False,
        max_length=GROUPS_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "placeholder": "Gate team, 24\nLounge, 12"}),
        help_text=_(
            "Teams or branches, one a line, each with a link of its own. Put how many people behind a comma to see "
            "how many have answered. Empty: all in one."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=list(ANSWER_LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People are asked in their own where it is among these."),
        error_messages={"required": _("Choose at least one language.")},
    )
    opens_at = LocalTimeField(label=_("Opens"), required=False, help_text=_("Empty: you open it by hand."))
    moments_shown = forms.CharField(required=False, max_length=10_000, widget=forms.HiddenInput)

    class Meta(PlannedEnd.Meta):
        fields = (
            "title",
            "audience",
            "languages",
            "privacy",
            "minimum_group",
            "asks_times",
            "asks_seconds",
            "asks_decision",
            "asks_idea",
            "opens_at",
            "closes_at",
            "reminder_days",
            "repeats",
            "release",
        )
        labels: ClassVar[dict[str, Any]] = {"minimum_group": _("Minimum group")}
        help_texts: ClassVar[dict[str, Any]] = {
            "minimum_group": _(
                "What fewer people said is shown to nobody, you included. At least 3; fixed once the round has opened."
            )
        }
        widgets: ClassVar[dict[str, Any]] = {
            "audience": forms.RadioSelect,
            "privacy": forms.RadioSelect,
            "release": forms.RadioSelect,
        }

    def __init__(self, *args: Any, moments: Sequence[Moment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moments = moments
        self.fields["minimum_group"].widget.attrs |= {"min": SMALLEST_MINIMUM, "inputmode": "numeric"}
        self.initial.setdefault("moments_shown", ",".join(str(moment.pk) for moment in moments))
        if self.instance.pk and not self.is_bound:
            self.initial["groups"] = write_groups(self.instance.groups.all())

    def clean_groups(self) -> list[GroupLine]:
        return read_groups(self.cleaned_data["groups"])

    def clean_opens_at(self) -> datetime | None:
        opens: datetime | None = self.cleaned_data["opens_at"]
        if opens and opens <= timezone.now() and opens != self.instance.opens_at:
            raise ValidationError(_("This time is over. Choose a later one, or leave it empty and open it by hand."))
        return opens

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("audience") in (Audience.CUSTOMERS, Audience.BOTH) and self.moments:
            left_out = self._left_out()
            if not [moment for moment in self.moments if moment.pk not in left_out]:
                self.add_error(None, _("Choose at least one moment that customers are asked about."))
        return values

    def questions(self) -> list[forms.BoundField]:
        """Those that may be left out."""
        return [self[name] for name in ("asks_times", "asks_seconds", "asks_decision", "asks_idea")]

    @property
    def asked_of_customers(self) -> set[int]:
        """Ids of the moments that are ticked."""
        left_out = self._left_out() if self.is_bound else set(self.initial.get("not_for_customers", ()))
        if self.instance.pk and not self.is_bound:
            left_out = set(self.instance.not_for_customers)
        return {moment.pk for moment in self.moments} - left_out

    def _left_out(self) -> set[int]:
        """Moments that the form showed and that came back without their tick; one mapped since is asked about."""
        ticked = set(self.data.getlist("customer_moments"))  # type: ignore[attr-defined]
        shown = set(self.data.get("moments_shown", "").split(",")[:1000])
        return {moment.pk for moment in self.moments if str(moment.pk) in shown - ticked}

    def round_fields(self) -> dict[str, Any]:
        """What a Round is made of, once the form is valid."""
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if fields["audience"] != Audience.STAFF:
            fields["not_for_customers"] = sorted(self._left_out())
        return fields


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
