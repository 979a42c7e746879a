"""What people type about a journey, its stages and moments."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journeys.choices import Decision, Level
from journeys.figures import plain, ungrouped, whole
from journeys.formats.amounts import AmountError, read_bare, read_count, read_rate, read_seconds
from journeys.formats.numbers import Amount
from journeys.limits import CONTACTS_PER_CUSTOMER_MAX, SECONDS_MAX, TITLE_MAX
from journeys.models import Journey, Moment

LANGUAGES = sorted((code, info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info)


class FigureField(forms.Field):
    """A number typed in any usual way. read: gives its value within limits, or raises AmountError with the reason."""

    widget = forms.TextInput

    def __init__(self, *, read: Callable[[str], float], inputmode: str = "decimal", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read
        self.widget.attrs |= {"inputmode": inputmode, "autocomplete": "off"}

    def to_python(self, value: Any) -> float | None:
        if value in self.empty_values:
            return None
        try:
            return self.read(str(value))
        except AmountError as error:
            raise ValidationError(str(error)) from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return whole(value)
        return ungrouped(value) if isinstance(value, float) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


def read_contacts(text: str) -> float:
    """Contacts per customer a year, bare or as a rate: 0.55, 0,55, 1/month. Raises AmountError for anything else."""
    return _value(read_rate(text) or read_bare(text, CONTACTS_PER_CUSTOMER_MAX))


def read_duration(text: str) -> float:
    """Seconds, bare or with a unit: 15, 15 s, 2 min. Raises AmountError for anything else."""
    return _value(read_seconds(text) or read_bare(text, SECONDS_MAX))


def _value(amount: Amount | None) -> float:
    if amount is None:
        raise AmountError(gettext("Type a number, for example %s.") % plain(0.5))
    return amount.value


class JourneyForm(forms.ModelForm):
    """The journey's own fields."""

    customers_per_year = FigureField(label=_("Customers a year"), read=read_count, inputmode="numeric")

    language = forms.ChoiceField(label=_("Language of its words"), choices=LANGUAGES)

    class Meta:
        model = Journey
        fields = ("title", "customers_per_year", "customer", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["customer"].help_text = _("For example: business travellers on short flights.")

    def validate_constraints(self) -> None:
        """The fields' own checks say the same, without a query."""


class MomentForm(forms.ModelForm):
    """All that is said of one moment."""

    contacts_per_customer = FigureField(label=_("Contacts per customer a year"), read=read_contacts)
    seconds = FigureField(label=_("Seconds each"), read=read_duration)
    decision = forms.ChoiceField(
        label=_("Decision"), choices=[("", _("Open")), *Decision.choices], required=False, widget=forms.RadioSelect
    )
    level = forms.TypedChoiceField(
        label=_("Level, our own estimate"),
        choices=[("", _("Not judged")), *reversed(Level.choices)],
        required=False,
        coerce=int,
        empty_value=None,
    )

    class Meta:
        model = Moment
        fields = (
            "title", "experience", "expectation", "contacts_per_customer", "seconds", "channel", "level", "decision",
            "what_more", "serves_in_front", "stands_behind", "systems", "is_make_or_break",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["stands_behind"].help_text = _(
            "Who never sees this customer but shapes the moment; commas part teams."
        )
        for name in ("experience", "expectation", "what_more"):
            self.fields[name].widget.attrs["rows"] = 2
        for name in ("title", "experience", "expectation", "what_more", "serves_in_front", "stands_behind", "systems"):
            self.fields[name].widget.attrs["dir"] = "auto"

    def clean(self) -> dict[str, Any]:
        """Browsers send each line end as two characters; one is kept."""
        values = super().clean() or {}
        return {
            name: re.sub(r"\r\n?", "\n", value) if isinstance(value, str) else value for name, value in values.items()
        }

    def validate_constraints(self) -> None:
        """The fields' own checks say the same, without a query."""


class TitleForm(forms.Form):
    """The title of a new or renamed stage or moment."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_MAX)
