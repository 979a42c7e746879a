"""What is typed about reviews: how often, who meets, the minutes."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, User
from improvements.fields import PlainForm, check_year, day_field, words_field
from improvements.limits import SHORT_MAX
from improvements.models import Review, ReviewRhythm
from improvements.reviews.dates import ReviewEvery
from improvements.reviews.limits import ADDRESSES_MAX, MEMBERS_MAX, MINUTES_MAX, REMIND_DAYS_MAX

NAMED_MAX, EMAIL_MAX = 5, 254


class RhythmForm(PlainForm):
    """How often, when next, who meets and where, and how long before the mail leaves."""

    rhythm = forms.ChoiceField(
        label=_("How often"), choices=ReviewEvery.choices, initial=ReviewEvery.QUARTERLY, widget=forms.RadioSelect
    )
    next_on = day_field(
        _("Next review"),
        required=True,
        help_text=_("Later ones follow from it: the same day of the month, or the Monday after a weekend."),
    )
    place = words_field(_("Where"), SHORT_MAX, rows=1, help_text=_("A room, an hour, or the link to a call."))
    members = forms.TypedMultipleChoiceField(
        label=_("Who meets"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    addresses = forms.CharField(
        label=_("People without an account"),
        required=False,
        max_length=ADDRESSES_MAX * EMAIL_MAX,
        widget=forms.Textarea(attrs={"rows": 2, "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_(
            "E-mail addresses, one a line. They get the agenda by mail, with published results, stories and overdue "
            "actions, but no way in."
        ),
    )
    remind_days = forms.TypedChoiceField(
        label=_("The agenda is mailed"),
        coerce=int,
        initial=5,
        choices=[(1, _("1 day before")), *((n, _("%d days before") % n) for n in range(2, REMIND_DAYS_MAX + 1))],
    )

    def __init__(self, *args: Any, organisation: Organisation, next_now: Any = None, **kwargs: Any) -> None:
        """next_now: the day that is planned, which may stay though it is over."""
        super().__init__(*args, **kwargs)
        memberships = Membership.objects.filter(organisation=organisation, user__is_active=True).select_related("user")
        self.people: dict[int, User] = {member.user_id: member.user for member in memberships}
        self.next_now = next_now
        self.fields["members"].choices = [(pk, str(user)) for pk, user in self.people.items()]  # type: ignore[attr-defined]

    def clean_next_on(self) -> Any:
        day = check_year(self.cleaned_data["next_on"])
        if day < timezone.localdate() and day != self.next_now:
            raise ValidationError(_("This day is over. Choose today or later."))
        return day

    def clean_members(self) -> list[User]:
        chosen = [self.people[pk] for pk in self.cleaned_data["members"]]
        if len(chosen) > MEMBERS_MAX:
            raise ValidationError(_("At most %(most)d people.") % {"most": MEMBERS_MAX})
        return chosen

    def clean_addresses(self) -> list[str]:
        typed = list(dict.fromkeys(filter(None, re.split(r"[\s,;]+", self.cleaned_data["addresses"].lower()))))
        if len(typed) > ADDRESSES_MAX:
            raise ValidationError(_("At most %(most)d addresses.") % {"most": ADDRESSES_MAX})
        if wrong := [address for address in typed if not _is_address(address)]:
            named = ", ".join(address[:80] for address in wrong[:NAMED_MAX])
            raise ValidationError(_("Not an e-mail address: %(wrong)s.") % {"wrong": named})
        return typed

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not values.get("members") and not values.get("addresses") and not self.errors:
            self.add_error("members", _("Choose at least one person who meets."))
        return values


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= EMAIL_MAX


def rhythm_values(rhythm: ReviewRhythm | None) -> dict[str, Any]:
    """A rhythm as its form shows it."""
    if rhythm is None:
        return {}
    return {
        "rhythm": rhythm.rhythm,
        "next_on": rhythm.journey.review_on,
        "place": rhythm.place,
        "members": [user.pk for user in rhythm.members.all()],
        "addresses": "\n".join(rhythm.addresses),
        "remind_days": rhythm.remind_days,
    }


class MinutesForm(PlainForm):
    """What was said and decided, by whom."""

    held_on = day_field(_("Held on"), required=True)
    who_was_there = words_field(_("Who was there"), SHORT_MAX)
    minutes = words_field(_("What was said"), MINUTES_MAX, rows=8)
    decisions = words_field(
        _("What was decided"), MINUTES_MAX, rows=4, help_text=_("One a line: who does what, until when.")
    )

    def clean_held_on(self) -> Any:
        day = check_year(self.cleaned_data["held_on"])
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day


def minutes_values(review: Review) -> dict[str, Any]:
    """Minutes as their form shows them."""
    return {name: getattr(review, name) for name in MinutesForm.base_fields}


class CloseForm(PlainForm):
    """When they meet again."""

    next_on = day_field(
        _("Next review"), required=True, help_text=_("By the rhythm; choose another day where it does not suit.")
    )

    def clean_next_on(self) -> Any:
        day = check_year(self.cleaned_data["next_on"])
        if day <= timezone.localdate():
            raise ValidationError(_("Choose a day after today."))
        return day
