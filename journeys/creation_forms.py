"""What people type to begin a journey."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from journeys.formats import read_text
from journeys.formats.amounts import read_count
from journeys.formats.outline import NO_TITLE
from journeys.forms import FigureField
from journeys.limits import TITLE_MAX
from journeys.models import Journey
from journeys.plan import JourneyPlan
from journeys.preview import Preview, preview_of


class EmptyJourneyForm(forms.Form):
    """A journey that starts without any moment."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_MAX, help_text=_("For example: A trip with us."))
    customers_per_year = FigureField(label=_("Customers a year"), read=read_count, inputmode="numeric", required=False)
    customer = forms.CharField(
        label=_("Who the customer is"),
        max_length=TITLE_MAX,
        required=False,
        help_text=_("For example: business travellers on short flights."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def plan(self) -> JourneyPlan:
        """The valid form's journey, its words in the language in use."""
        values = self.cleaned_data
        return JourneyPlan(
            title=values["title"],
            customers_per_year=values["customers_per_year"] or 0,
            customer=values["customer"],
            language=get_language() or "en",
        )


class OutlineForm(forms.Form):
    """A journey as text. What is typed comes back as typed; `preview` says what it was read as, once validated."""

    # A plain Field: a CharField would strip the text and refuse U+0000 without naming its line.
    outline = forms.Field(
        label=_("Outline, list, rows of a spreadsheet or Mermaid text"),
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "aria-describedby": "paste-findings"}),
        error_messages={"required": _("Paste or type an outline first.")},
    )
    preview: Preview | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def read(self, text: str) -> Preview:
        """What a text is read as."""
        return preview_of(*read_text(text), text)

    def clean_outline(self) -> str:
        text = str(self.cleaned_data["outline"])
        if not text.strip():
            raise ValidationError(self.fields["outline"].error_messages["required"], code="required")
        self.preview = self.read(text)
        if errors := self.preview.error_count:
            message = ngettext("%(n)s line has to be mended first.", "%(n)s lines have to be mended first.", errors)
            raise ValidationError(message, params={"n": errors})
        return text


class FillForm(OutlineForm):
    """A text for a journey that has its title and perhaps more already; the text need not say them."""

    def __init__(self, journey: Journey, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.journey = journey

    def read(self, text: str) -> Preview:
        plan, findings = read_text(text)
        plan = replace(
            plan,
            title=self.journey.title,
            customers_per_year=self.journey.customers_per_year or plan.customers_per_year,
            customer=self.journey.customer or plan.customer,
        )
        return preview_of(plan, [finding for finding in findings if finding.text != str(NO_TITLE)], text)
