"""What one chooses for a schedule: what, when, in which language, for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.languages import LANGUAGES
from accounts.models import Organisation, User
from reports.models import Schedule, ScheduleKind
from reports.schedulable import kinds
from reports.schedule_times import Rhythm, Timing
from reports.schedule_words import LAST_DAY, WEEKS
from reports.schedules import members_who_may

PREFIX = "schedule"
MEMBERS_LISTED = 60
ADDRESSES_MAX = 500
NAMED_MAX = 5
TIMING = ("rhythm", "weekday", "week", "day", "hour")
PAPERS = [("A4", "A4"), ("Letter", "Letter")]


class ScheduleForm(forms.Form):
    """Beside the poster's own choices. Fields that a rhythm or kind does not use may hold anything that they offer."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    paper = forms.ChoiceField(label=_("Paper"), choices=PAPERS, required=False)
    is_archive = forms.BooleanField(
        label=_("For the archive"), required=False, help_text=_("PDF/A-3, with the figures as an attached table.")
    )
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, widget=forms.RadioSelect)
    week = forms.TypedChoiceField(
        label=_("On"),
        choices=[("", _("a day of the month")), *((number, _("the %s") % word) for number, word in WEEKS.items())],
        coerce=int,
        empty_value=None,
        required=False,
    )
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=list(WEEKDAYS.items()), coerce=int)
    day = forms.TypedChoiceField(
        label=_("Day"),
        choices=[*((day, str(day)) for day in range(1, LAST_DAY)), (LAST_DAY, _("last"))],
        coerce=int,
    )
    hour = forms.TypedChoiceField(
        label=_("At"),
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        coerce=int,
    )
    members = forms.TypedMultipleChoiceField(
        label=_("Members"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    addresses = forms.CharField(
        label=_("By address"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 2, "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("One a line. Only members can be chosen: the link asks for sign-in."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=list(LANGUAGES.items()),
        help_text=_("For those who have chosen none in their account."),
    )
    is_attached = forms.BooleanField(
        label=_("Attach the PDF"), required=False, help_text=_("Up to 5 MB; beyond that the mail holds the link alone.")
    )

    def __init__(self, *args: Any, organisation: Organisation, listed: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "prefix": PREFIX, **kwargs})
        self.organisation = organisation
        choices: dict[str, Any] = {
            "kind": [(name, ScheduleKind(name).label) for name in kinds()],
            "members": [
                (user.pk, f"{user} · {LANGUAGES[user.language]}" if user.language else str(user)) for user in listed
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if not organisation.attaches_reports:
            del self.fields["is_attached"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "kind" not in values or "members" not in values or "addresses" not in values:
            return values
        typed = _addresses_in(values["addresses"])
        if len(typed) > ADDRESSES_MAX:
            raise ValidationError({"addresses": _("At most %(most)d addresses.") % {"most": ADDRESSES_MAX}})
        may = members_who_may(self.organisation, kinds()[values["kind"]].actions)
        by_address = {user.email.lower(): user for user in may.filter(email__in=typed)}
        if unknown := [address for address in typed if address not in by_address]:
            raise ValidationError({"addresses": _unknown(unknown)})
        chosen = set(may.filter(pk__in=values["members"])) | set(by_address.values())
        if not chosen:
            self.add_error("members", _("Choose at least one person to send it to."))
        values["recipients"] = sorted(chosen, key=lambda user: user.pk)
        return values

    @property
    def timing(self) -> Timing | None:
        """When, after validation; None where that is not chosen."""
        said = self.cleaned_data
        return Timing(**{name: said[name] for name in TIMING}) if all(name in said for name in TIMING) else None


def initial_of(schedule: Schedule, listed: Sequence[User]) -> dict[str, Any]:
    """A schedule as its form shows it; people who are not listed stand as addresses."""
    names = ("kind", *TIMING, "language", "is_attached")
    known, people = {user.pk for user in listed}, list(schedule.recipients.order_by("email")) if schedule.pk else []
    return {
        **{name: getattr(schedule, name) for name in names},
        "week": schedule.week or "",
        "paper": schedule.options.get("paper", "A4"),
        "is_archive": schedule.options.get("is_archive", False),
        "members": [user.pk for user in people if user.pk in known],
        "addresses": "\n".join(user.email for user in people if user.pk not in known),
    }


def _addresses_in(text: str) -> list[str]:
    return list(dict.fromkeys(filter(None, re.split(r"[\s,;]+", text.lower()))))


def _unknown(addresses: Sequence[str]) -> str:
    named = ", ".join(address[:80] for address in addresses[:NAMED_MAX]) + (" …" if len(addresses) > NAMED_MAX else "")
    return _("No member who may see it: %(addresses)s. Invite them first, or take them out.") % {"addresses": named}
