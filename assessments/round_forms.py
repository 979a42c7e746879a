"""What is asked of a round that is planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import ANSWER_LANGUAGES, Audience
from assessments.group_lines import GroupLine, read_groups, write_groups
from assessments.limits import GROUP_NAME_MAX, GROUPS_MAX
from assessments.local_times import LocalTimeField
from assessments.planned_end import PlannedEnd
from assessments.privacy import SMALLEST_MINIMUM
from journeys.models import Moment

GROUPS_TEXT_MAX = GROUPS_MAX * (GROUP_NAME_MAX + 20)


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
        error_messages: ClassVar[dict[str, Any]] = {
            "minimum_group": {"min_value": _("At least 3, so that nobody can be singled out.")}
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
