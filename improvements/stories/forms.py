"""What is typed of a story of whatever kind, with an account and without."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from improvements.choices import StoryKind
from improvements.limits import PHOTO_UPLOAD_BYTES_MAX, SHORT_MAX, STORY_MAX
from improvements.stories.fields import Words
from improvements.stories.photos import WORDS, clean_photo
from improvements.stories.places import Places
from improvements.stories.telling import Told
from jobs.picture_cleaning import PictureRefused

EARLIEST = date(1950, 1, 1)
WORDS_OF_A_STORY = (
    "what_happened",
    "who",
    "team",
    "customer_said",
    "cost",
    "what_changed",
    "what_we_did",
    "stayed",
    "photo_words",
)


class StoryForm(forms.Form):
    """What both kinds ask. places: to choose from; empty where the page lists none."""

    kind = StoryKind.IMPACT
    FIRST: tuple[str, ...] = ()
    MORE: tuple[str, ...] = ()

    what_happened = Words(
        label=_("What happened?"),
        rows=5,
        max_length=STORY_MAX,
        error_messages={"required": _("Tell what happened; two sentences are enough.")},
    )
    journey = forms.ChoiceField(label=_("On which journey?"), required=False)
    moment = forms.ChoiceField(label=_("At which moment?"), required=False)
    team = Words(
        label=_("Which team?"), required=False, max_length=SHORT_MAX, help_text=_("As you say it: “our gate team”.")
    )
    happened_on = forms.DateField(
        label=_("When?"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as 2026-03-31, or choose it.")},
    )
    customer_said = Words(label=_("What did the customer say?"), required=False, rows=2, max_length=SHORT_MAX)
    cost = Words(
        label=_("What did it cost?"), required=False, max_length=SHORT_MAX, help_text=_("Money, time, or nothing.")
    )
    what_changed = Words(label=_("What did it change?"), required=False, rows=2, max_length=SHORT_MAX)
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        allow_empty_file=True,
        help_text=_("JPEG or PNG, at most 15 MB. Place and camera are taken out of it. Show faces only with consent."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    photo_words = Words(
        label=_("What does the photo show?"),
        required=False,
        max_length=SHORT_MAX,
        help_text=_("For people who can't see it."),
    )

    def __init__(self, *args: Any, places: Places, has_photo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.places = places
        wrong = {"invalid_choice": _t("This is not there any more, or belongs to another journey. Choose again.")}
        for name, choices in (("journey", places.journey_choices()), ("moment", places.moment_choices())):
            field: Any = self.fields[name]
            field.choices = choices
            field.error_messages |= wrong
        if not places.journeys:
            del self.fields["journey"]
        if not places.moments:
            del self.fields["moment"]
        if has_photo:
            self.fields["removes_photo"] = forms.BooleanField(label=_("Take the photo away"), required=False)
        for name, bound in self.fields.items():
            about = [f"{self[name].auto_id}_helptext"] if bound.help_text else []
            bound.widget.attrs["aria-describedby"] = " ".join([*about, f"{self[name].auto_id}_problem"])

    def first(self) -> list[forms.BoundField]:
        """The fields that everybody sees."""
        return [self[name] for name in self.FIRST if name in self.fields]

    def more(self) -> list[forms.BoundField]:
        """Those behind "More"."""
        return [self[name] for name in self.MORE if name in self.fields]

    def has_more(self) -> bool:
        """Whether something stands, or is wrong, behind "More"."""
        return any(field.errors or field.value() for field in self.more())

    def clean_happened_on(self) -> date | None:
        day: date | None = self.cleaned_data["happened_on"]
        if day and not EARLIEST <= day <= timezone.localdate() + timedelta(days=1):
            raise ValidationError(_("Choose the day on which it happened; it can't lie ahead."))
        return day

    def clean_photo(self) -> Any:
        upload: UploadedFile | None = self.cleaned_data["photo"]
        if upload and (upload.size is None or upload.size > PHOTO_UPLOAD_BYTES_MAX):
            raise ValidationError(str(WORDS["large"]))
        return upload

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if upload := values.get("photo"):
            values["photo"] = self._cleaned_photo(upload)
        return values

    def _cleaned_photo(self, upload: UploadedFile) -> Any:
        """Opened only once all else is right; a browser does not send a file twice by itself."""
        if self.errors:
            self.add_error("photo", _("Your words are kept, but browsers forget photos: choose it again."))
            return None
        try:
            return clean_photo(upload.read())
        except PictureRefused as refusal:
            self.add_error("photo", str(refusal))
            return None

    def told(self) -> Told:
        """What was typed. Only of a valid form."""
        values = self.cleaned_data
        words = {name: values.get(name, "") for name in WORDS_OF_A_STORY}
        return Told(
            kind=self.kind,
            journey=self.places.journeys.get(values.get("journey", "")),
            moment=self.places.moments.get(values.get("moment", "")),
            happened_on=values["happened_on"],
            photo=values["photo"] or None,
            removes_photo=values.get("removes_photo", False),
            **words,
        )
