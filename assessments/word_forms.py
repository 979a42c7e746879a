"""Words in the respondents' languages: an organisation's levels, and what a map's moments are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.wording import LevelWords
from journeys.choices import Level
from journeys.limits import TEXT_MAX, TITLE_MAX
from journeys.models import Moment
from journeys.models.levels import LEVEL_MEANING_MAX, LEVEL_NAME_MAX


class _PlainForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class LevelWordsForm(_PlainForm):
    """Names and meanings of the six levels in one language; an empty name stands for the usual words."""

    def __init__(self, *args: Any, usual: Iterable[LevelWords], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = list(usual)
        for words in self.usual:
            self.fields[f"name_{words.level}"] = _text(gettext_lazy("Name"), LEVEL_NAME_MAX, words.name)
            self.fields[f"meaning_{words.level}"] = _text(
                gettext_lazy("What it means"), LEVEL_MEANING_MAX, words.meaning
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for words in self.usual:
            if cleaned.get(f"meaning_{words.level}") and not cleaned.get(f"name_{words.level}"):
                self.add_error(f"name_{words.level}", _("Name the level too, or leave both empty."))
        self._refuse_doubles(cleaned)
        return cleaned

    def _refuse_doubles(self, cleaned: Mapping[str, Any]) -> None:
        seen: dict[str, int] = {}
        for words in self.usual:
            name = (cleaned.get(f"name_{words.level}") or words.name).casefold()
            if name in seen:
                at_fault = words.level if cleaned.get(f"name_{words.level}") else seen[name]
                self.add_error(f"name_{at_fault}", _("Two levels can't have the same name."))
            seen[name] = words.level

    @property
    def rows(self) -> list[tuple[LevelWords, forms.BoundField, forms.BoundField]]:
        """From 6 down to 1: the usual words, and the two fields."""
        return [(words, self[f"name_{words.level}"], self[f"meaning_{words.level}"]) for words in self.usual]

    def words(self) -> list[LevelWords]:
        """What was asked, once the form is valid: the levels that are named."""
        said = self.cleaned_data
        return [
            LevelWords(level.value, said[f"name_{level}"], said[f"meaning_{level}"])
            for level in Level
            if said[f"name_{level}"]
        ]


class MomentWordsForm(_PlainForm):
    """Titles and experiences of a map's moments in one language; what is empty is shown as on the map."""

    def __init__(self, *args: Any, moments: Iterable[Moment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moments = list(moments)
        for moment in self.moments:
            self.fields[f"title_{moment.pk}"] = _text(gettext_lazy("Title"), TITLE_MAX)
            if moment.experience:
                self.fields[f"experience_{moment.pk}"] = _text(
                    gettext_lazy("What the customer sees, hears and feels"), TEXT_MAX, widget=forms.Textarea
                )

    @property
    def rows(self) -> list[tuple[Moment, forms.BoundField, forms.BoundField | None]]:
        """The moments in order, with their fields."""
        return [
            (moment, self[f"title_{moment.pk}"], self[f"experience_{moment.pk}"] if moment.experience else None)
            for moment in self.moments
        ]

    def words(self) -> dict[int, tuple[str, str]]:
        """Title and experience by the moment's id, once the form is valid."""
        said = self.cleaned_data
        return {
            moment.pk: (said[f"title_{moment.pk}"], said.get(f"experience_{moment.pk}", "")) for moment in self.moments
        }


def _text(label: Any, longest: int, placeholder: str = "", widget: type[forms.Widget] = forms.TextInput) -> forms.Field:
    attributes = {"placeholder": placeholder, "dir": "auto", "autocomplete": "off"}
    if widget is forms.Textarea:
        attributes["rows"] = "2"
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget(attrs=attributes))
