"""What an owner may answer by the link of a mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from improvements.choices import ActionState
from improvements.fields import PlainForm, check_year, day_field, words_field
from improvements.limits import REASON_MAX


class AnswerForm(PlainForm):
    """One answer."""

    def values(self) -> dict[str, Any]:
        """The columns that it changes, once it is valid: what was typed, where an answer says no more."""
        return dict(self.cleaned_data)


class DoneAnswer(AnswerForm):
    def values(self) -> dict[str, Any]:
        return {"state": ActionState.DONE}


class NewDateAnswer(AnswerForm):
    due_on = day_field(_("New date"), required=True)

    def clean_due_on(self) -> Any:
        day = check_year(self.cleaned_data["due_on"])
        if day < timezone.localdate():
            raise ValidationError(_("This day is over. Choose today or a later one."))
        return day

    def values(self) -> dict[str, Any]:
        return {"due_on": self.cleaned_data["due_on"], "help_words": "", "help_asked_on": None}


class DropAnswer(AnswerForm):
    dropped_reason = words_field(_("Why will it not be done?"), REASON_MAX, required=True)

    def values(self) -> dict[str, Any]:
        return {"state": ActionState.DROPPED, "dropped_reason": self.cleaned_data["dropped_reason"]}


class HelpAnswer(AnswerForm):
    help_words = words_field(_("What do you need, and from whom?"), REASON_MAX, required=True)

    def values(self) -> dict[str, Any]:
        return {"help_words": self.cleaned_data["help_words"], "help_asked_on": timezone.localdate()}


ANSWERS: dict[str, type[AnswerForm]] = {
    "done": DoneAnswer,
    "date": NewDateAnswer,
    "drop": DropAnswer,
    "help": HelpAnswer,
}


def forms_of(action_id: int, given: str = "", typed: Any = None) -> dict[str, forms.Form]:
    """A form of each answer, with ids of its own; `given` names the one that was sent."""
    return {name: form(typed if name == given else None, auto_id=f"a{action_id}_%s") for name, form in ANSWERS.items()}
