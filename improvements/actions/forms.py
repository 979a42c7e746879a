"""What is asked about an action."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from improvements.actions.rows import people_of
from improvements.choices import Effort
from improvements.fields import PlainForm, check_year, day_field, words_field
from improvements.limits import REASON_MAX
from improvements.models import Action
from journeys.choices import Decision, Level
from journeys.limits import TEXT_MAX, TITLE_MAX

LEVEL_CHOICES = [("", "–"), *[(str(level.value), f"{level.value} {level.label}") for level in Level]]


class ActionForm(PlainForm):
    """What, who, until when, from which level to which."""

    VALUES: ClassVar[tuple[str, ...]] = (
        "what", "more", "decision", "due_on", "relied_on_by", "last_seen_on", "said",
    )  # fmt: skip

    what = words_field(_("What will be done"), TITLE_MAX, required=True, rows=1)
    decision = forms.ChoiceField(
        label=_("It is to"),
        choices=[(Decision.ENHANCE, _("Enhance the moment")), (Decision.ELIMINATE, _("Eliminate it"))],
        initial=Decision.ENHANCE,
        widget=forms.RadioSelect,
    )
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    due_on = day_field(_("Due"), help_text=_("With an owner and a date it is planned, without them proposed."))
    level_from = forms.ChoiceField(label=_("Level now"), choices=LEVEL_CHOICES, required=False)
    level_to = forms.ChoiceField(label=_("Level expected"), choices=LEVEL_CHOICES, required=False)
    effort = forms.ChoiceField(label=_("Effort"), choices=[("", "–"), *Effort.choices], required=False)
    more = words_field(_("More about it"), TEXT_MAX, rows=3)
    relied_on_by = words_field(
        _("Who still relies on it?"), REASON_MAX, help_text=_("Ask before it goes: customers, colleagues, a regulator.")
    )
    last_seen_on = day_field(_("When was it last seen?"), help_text=_("By a customer, as far as you know."))
    said = words_field(
        _("What people said"),
        REASON_MAX,
        help_text=_("In a sentence, for “You said, we did”. Typed here to be published: name nobody."),
    )

    def __init__(self, *args: Any, organisation: Organisation, action: Action | None = None, **kwargs: Any) -> None:
        """action: the one that is changed; its owner can stay, even one who has left."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        people = people_of(organisation)
        if action and action.owner and action.owner_id not in dict(people):
            people.append((action.owner.pk, _("%s (has left)") % action.owner))
        field.choices = [("", _("Nobody yet")), *people]

    def clean_due_on(self) -> Any:
        return check_year(self.cleaned_data["due_on"])

    def clean_last_seen_on(self) -> Any:
        day = check_year(self.cleaned_data["last_seen_on"])
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("level_from"), cleaned.get("level_to")
        if cleaned.get("decision") != Decision.ELIMINATE and low and high and int(high) <= int(low):
            self.add_error("level_to", _("Choose a level above the one it has now."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The columns of an action, once the form is valid."""
        said = self.cleaned_data
        numbers = {"owner_id": "owner", "level_from": "level_from", "level_to": "level_to", "effort": "effort"}
        chosen = {column: int(said[name]) if said[name] else None for column, name in numbers.items()}
        return {name: said[name] for name in self.VALUES} | chosen


def values_of(action: Action) -> dict[str, Any]:
    """What a form about an action begins with."""
    same = {name: getattr(action, name) for name in ActionForm.VALUES}
    numbers = {"owner": action.owner_id, "level_from": action.level_from, "level_to": action.level_to}
    return same | numbers | {"effort": action.effort}


class DropForm(PlainForm):
    """Why something will not be done."""

    dropped_reason = words_field(
        _("Why will it not be done?"),
        REASON_MAX,
        required=True,
        help_text=_("Colleagues who ask for it again read this."),
    )


class DoneForm(PlainForm):
    """What is told of something that is done."""

    done_on = day_field(_("Done on"), required=True)
    did = words_field(
        _("What we did"),
        REASON_MAX,
        help_text=_("In a sentence that customers understand. Empty: what was to be done stands for it."),
    )
    said = words_field(
        _("What people said"),
        REASON_MAX,
        help_text=_("Without this, the words of the idea stand there while they may be shown."),
    )
    is_told = forms.BooleanField(
        label=_("Tell it under “You said, we did”"),
        required=False,
        help_text=_("Colleagues see it there, and so does everybody who has a link to it."),
    )

    def clean_done_on(self) -> Any:
        day = check_year(self.cleaned_data["done_on"])
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day
