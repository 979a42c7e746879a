"""What is asked of a screen on the wall."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from assessments.answers import clean_text
from assessments.choices import View
from improvements.limits import SLIDE_SECONDS_MAX, SLIDE_SECONDS_MIN
from improvements.models import Display
from improvements.walls.slide_kinds import SlideKind
from journeys.models import Journey

PASSERS_BY = [(View.STAFF, _("Staff")), (View.CUSTOMERS, _("Customers"))]


class DisplayForm(forms.ModelForm):
    """Where the screen hangs, what it shows and how fast."""

    journeys = forms.MultipleChoiceField(
        label=_("Journeys"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all, also those to come. Those with results come first, eight at most."),
    )
    slides = forms.MultipleChoiceField(
        label=_("Slides"),
        choices=SlideKind.choices,
        initial=SlideKind.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind of slide.")},
    )
    asks = forms.ChoiceField(
        label=_("Who passes by?"),
        choices=PASSERS_BY,
        initial=View.STAFF,
        widget=forms.RadioSelect,
        help_text=_("Whose QR code is shown while a round is open. Customers see your levels and stories too."),
    )

    class Meta:
        model = Display
        fields = ("name", "slides", "seconds", "language", "asks", "team")
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("Where it hangs: “Canteen, second floor”. Only you and your colleagues see it."),
            "seconds": _("From %(min)s to %(max)s. Twenty are enough to read any slide.")
            % {"min": SLIDE_SECONDS_MIN, "max": SLIDE_SECONDS_MAX},
            "language": _("Of the screen's own words and numbers. What people wrote stays as they wrote it."),
            "team": _("Where a round has a code for each team: whose is shown here. Empty: those of all, up to four."),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        listed = Journey.objects.in_organisation(organisation).filter(archived_at=None)
        self.listed = {str(journey.pk): journey for journey in listed}
        chosen: Any = self.fields["journeys"]
        chosen.choices = [(key, journey.title) for key, journey in self.listed.items()]
        if self.instance.pk:
            chosen.initial = [str(pk) for pk in self.instance.journeys.values_list("pk", flat=True)]
        for name in ("asks", "slides", "journeys"):
            self.fields[name].widget.attrs["aria-describedby"] = f"id_{name}_helptext"

    def clean_name(self) -> str:
        return clean_text(self.cleaned_data["name"])

    def clean_team(self) -> str:
        return clean_text(self.cleaned_data["team"])

    def clean_slides(self) -> list[str]:
        """In the order in which they are shown."""
        chosen = self.cleaned_data["slides"]
        return [kind for kind in SlideKind.values if kind in chosen]

    def parts(self) -> tuple[dict[str, Any], list[Journey]]:
        """Fields and journeys, once the form is valid."""
        fields = {name: value for name, value in self.cleaned_data.items() if name != "journeys"}
        return fields, [self.listed[key] for key in self.cleaned_data["journeys"]]
