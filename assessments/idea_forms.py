"""What is typed about ideas: words to find, words to take out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.redacting import split_words


class RedactForm(forms.Form):
    """The words to take out of one idea."""

    words = forms.CharField(
        label=_("Name or words to take out"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("One a line, or with commas between them. Capitals make no difference."),
        error_messages={"required": _("Type the name or words to take out.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean_words(self) -> list[str]:
        return split_words(self.cleaned_data["words"])
