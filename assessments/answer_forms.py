"""One moment's answer as it is typed, on a form or from a device's queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.answers import NOT_SEEN, Answer, clean_text
from assessments.limits import IDEA_MAX, SECONDS_MAX, TIMES_PER_WEEK_MAX
from assessments.models import Round
from assessments.scoring import LEVELS
from assessments.tokens import plain_code
from journeys.choices import Decision
from journeys.figures import plain, ungrouped
from journeys.formats.amounts import AmountError, read_bare, read_seconds
from journeys.formats.numbers import Amount

NO_NUMBER = _("This is no number. Write digits, such as 40, or leave it empty.")


class AmountField(forms.Field):
    """A number from 0 to `largest`, in any usual way of writing and in any script's digits."""

    def __init__(self, largest: float, read: Callable[[str], Amount | None], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.largest, self.read = largest, read

    def to_python(self, value: Any) -> float | None:
        text = clean_text(str(value or "")).replace("٫", ".").replace("٬", ",")
        if not text:
            return None
        try:
            amount = self.read(text) or read_bare(text, float("inf"))
        except AmountError:
            amount = None
        if amount is None:
            raise ValidationError(NO_NUMBER)
        if amount.value > self.largest:
            raise ValidationError(_("This is too much: at most %(limit)s.") % {"limit": plain(self.largest)})
        return amount.value


class IdeaField(forms.CharField):
    """Words of any kind, without what no database keeps."""

    def to_python(self, value: Any) -> str:
        return clean_text(str(value or ""))


class AnswerForm(forms.Form):
    """What a round asks of one moment; every field may stay empty."""

    level = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, choices=[(number, number) for number in (NOT_SEEN, *LEVELS)]
    )
    times = AmountField(TIMES_PER_WEEK_MAX, lambda text: None, label=_("Times a week"))
    seconds = AmountField(SECONDS_MAX, read_seconds, label=_("Seconds each"))
    decision = forms.ChoiceField(required=False, choices=[("", ""), *Decision.choices])
    idea = IdeaField(
        required=False,
        max_length=IDEA_MAX,
        label=_("What more could we do?"),
        error_messages={
            "max_length": _("This is too long: %(show_value)d letters, at most %(limit_value)d fit. Please shorten it.")
        },
    )

    def __init__(self, data: Any, *, round_: Round, is_for_staff: bool) -> None:
        super().__init__(data)
        for name, is_wanted in questions_of(round_, is_for_staff=is_for_staff).items():
            if not is_wanted:
                del self.fields[name]

    def answer(self) -> Answer:
        """What can be kept; call after `is_valid`, whatever it said."""
        said = self.cleaned_data
        return Answer(
            level=said.get("level"),
            times_per_week=said.get("times"),
            seconds=said.get("seconds"),
            decision=said.get("decision", ""),
            idea=said.get("idea", "") or self._too_long_idea(),
        )

    def _too_long_idea(self) -> str:
        return clean_text(str(self.data.get("idea", "")))[:IDEA_MAX] if "idea" in self.errors else ""


def questions_of(round_: Round, *, is_for_staff: bool) -> dict[str, bool]:
    """Which fields beside the level are asked."""
    return {
        "times": round_.asks_times and is_for_staff,
        "seconds": round_.asks_seconds and is_for_staff,
        "decision": round_.asks_decision and is_for_staff,
        "idea": round_.asks_idea,
    }


def typed(answer: Answer) -> dict[str, str]:
    """An answer as its form's fields show it."""
    numbers = {"times": answer.times_per_week, "seconds": answer.seconds}
    return {
        "level": "" if answer.level is None else str(answer.level),
        **{name: "" if value is None else ungrouped(value) for name, value in numbers.items()},
        "decision": answer.decision,
        "idea": answer.idea,
    }


class CodeForm(forms.Form):
    """A short address, typed from a poster."""

    code = forms.CharField(
        label=_("Your code"),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "inputmode": "text"}
        ),
        error_messages={"required": _("Type the code that stands below the picture to scan.")},
    )

    def clean_code(self) -> str:
        if not (code := plain_code(self.cleaned_data["code"])):
            raise ValidationError(_("A code has twelve letters and digits, such as k7m2-9xqt-4b3d. Look once more."))
        return code
