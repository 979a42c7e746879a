"""What people type about a journey, its stages and moments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journeys.choices import Decision, Level
from journeys.figures import plain, ungrouped, whole
from journeys.limits import CONTACTS_PER_CUSTOMER_MAX, CUSTOMERS_PER_YEAR_MAX, SECONDS_MAX, TITLE_MAX
from journeys.models import Journey, Moment
from journeys.typed_figures import read_figure

LANGUAGES = sorted((code, info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info)


class FigureField(forms.Field):
    """A number from 0 to `most`, typed in any usual way. Its value is a float, or an int where `is_whole`."""

    widget = forms.TextInput

    def __init__(self, *, most: float, is_whole: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.is_whole = most, is_whole
        self.widget.attrs |= {"inputmode": "numeric" if is_whole else "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> float | int | None:
        if value in self.empty_values:
            return None
        try:
            number = read_figure(str(value), is_whole=self.is_whole)
        except ValueError:
            raise ValidationError(
                _("Type a number, for example %(example)s."), params={"example": self.example}
            ) from None
        if number < 0:
            raise ValidationError(_("This cannot be below 0."))
        if number > self.most:
            raise ValidationError(_("This can be %(most)s at most."), params={"most": plain(self.most)})
        return round(number) if self.is_whole else number

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int | float):
            return value
        return whole(value) if self.is_whole else ungrouped(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True

    @property
    def example(self) -> str:
        return plain(10_000_000 if self.is_whole else 0.5)


class JourneyForm(forms.ModelForm):
    """The journey's own fields."""

    customers_per_year = FigureField(label=_("Customers a year"), most=CUSTOMERS_PER_YEAR_MAX, is_whole=True)

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

    contacts_per_customer = FigureField(label=_("Contacts per customer a year"), most=CONTACTS_PER_CUSTOMER_MAX)
    seconds = FigureField(label=_("Seconds each"), most=SECONDS_MAX)
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
            "what_more", "serves_in_front", "stands_behind", "is_make_or_break",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name in ("experience", "expectation", "what_more"):
            self.fields[name].widget.attrs["rows"] = 2

    def validate_constraints(self) -> None:
        """The fields' own checks say the same, without a query."""


class TitleForm(forms.Form):
    """The title of a new or renamed stage or moment."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_MAX)
