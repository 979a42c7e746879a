"""What an organisation chooses of its look."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jobs.picture_cleaning import CleanPicture, PictureRefused
from reports.contrast import WHITE, contrast, is_legible, nearest_legible
from reports.logo_program import UPLOAD_BYTES_MAX
from reports.logos import WORDS, clean_logo

COLOUR = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})\Z")


class AccentForm(forms.Form):
    """A colour; empty is ink."""

    accent = forms.CharField(
        label=_("Colour"),
        required=False,
        max_length=20,
        help_text=_("As #12508f. Large words and bars on paper take it; empty, they are ink."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    instead = ""

    def clean_accent(self) -> str:
        typed = self.cleaned_data["accent"].strip().lower()
        if not typed:
            return ""
        match = COLOUR.match(typed)
        if match is None:
            raise ValidationError(_("Write the colour as # and six digits or letters from a to f, such as #12508f."))
        digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
        return self._legible(f"#{digits}")

    def _legible(self, colour: str) -> str:
        if is_legible(colour):
            return colour
        self.instead = nearest_legible(colour)
        text = _(
            "On white, %(colour)s has a contrast of %(contrast)s to 1, and words need 4.5. The nearest colour that has "
            "it is %(instead)s."
        )
        said = {"colour": colour, "contrast": f"{contrast(colour, WHITE):.1f}", "instead": self.instead}
        raise ValidationError(text, params=said)


class LookForm(AccentForm):
    """Logo and colour."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG or SVG, at most 2 MB. It is kept as plain pixels on white."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.svg,image/png,image/jpeg,image/svg+xml"}),
    )
    removes_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    field_order = ["logo", "removes_logo", "accent"]

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        if not has_logo:
            del self.fields["removes_logo"]

    def clean_logo(self) -> CleanPicture | None:
        upload: UploadedFile | None = self.cleaned_data["logo"]
        if not upload:
            return None
        if upload.size is None or upload.size > UPLOAD_BYTES_MAX:
            raise ValidationError(str(WORDS["large"]))
        try:
            return clean_logo(upload.read())
        except PictureRefused as refusal:
            raise ValidationError(str(refusal)) from None
