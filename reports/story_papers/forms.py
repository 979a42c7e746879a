"""What one chooses before stories are printed on a wall, or somebody is thanked on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.choices import ANSWER_LANGUAGES
from improvements.models import Story
from improvements.stories.feed import published_stories
from journeys.limits import TITLE_MAX
from journeys.models import Journey
from reports.forms import COLOUR, GREY, LANDSCAPE, PORTRAIT, Words, story_called
from reports.limits import CERTIFICATE_WORDS_MAX, SIGNED_MAX, THANKED_MAX, WALL_STORIES_MAX, WALL_STORIES_MIN
from reports.models import STORY_PAPERS
from reports.posters.story import featured_first
from reports.story_papers.words import CERTIFICATE_LETTERS, certificate_words, story_doer

OFFERED, CHOSEN_FIRST = 100, 12
PERIODS = {"30": _("The last 30 days"), "91": _("The last quarter"), "365": _("The last year")}
INKS = [(COLOUR, _("Colour")), (GREY, _("Grey"))]


class WallFilter(forms.Form):
    """Of which stories a wall is made. What is none of its choices is left out, so that an old link still works."""

    journey = forms.TypedChoiceField(label=_("Journey"), required=False, coerce=int, empty_value=None)
    since = forms.ChoiceField(label=_("Published in"), choices=[("", _("All time")), *PERIODS.items()], required=False)

    def __init__(self, data: Any, *, journeys: Sequence[Journey]) -> None:
        super().__init__(data, label_suffix="")
        self.journeys = {journey.pk: journey for journey in journeys}
        offered = [("", _("All journeys")), *((pk, journey.title) for pk, journey in self.journeys.items())]
        self.fields["journey"].choices = offered  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def journey_chosen(self) -> Journey | None:
        return self.journeys.get(self.cleaned_data.get("journey") or 0)

    def stories(self, organisation: Any) -> list[Story]:
        """Those that may be chosen, the featured ones first, then the newest."""
        found = published_stories(organisation)
        if self.journey_chosen:
            found = found.filter(journey=self.journey_chosen)
        if days := self.cleaned_data.get("since"):
            found = found.filter(published_at__gte=timezone.now() - timedelta(days=int(days)))
        return list(featured_first(found)[:OFFERED])


class WallForm(forms.Form):
    """Which stories, on which paper. stories: those that may be chosen, in the order of the wall."""

    stories = forms.MultipleChoiceField(label=_("Stories"), widget=forms.CheckboxSelectMultiple, required=False)
    title = Words(label=_("Heading"), max_length=TITLE_MAX, required=False)
    size = forms.ChoiceField(label=_("Size"), choices=[(name, name) for name in STORY_PAPERS], widget=forms.RadioSelect)
    orientation = forms.ChoiceField(
        label=_("Orientation"),
        choices=[(LANDSCAPE, _("Landscape")), (PORTRAIT, _("Portrait"))],
        widget=forms.RadioSelect,
        required=False,
    )
    ink = forms.ChoiceField(label=_("Ink"), choices=INKS, widget=forms.RadioSelect, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=list(ANSWER_LANGUAGES.items()), required=False)
    with_photos = forms.BooleanField(label=_("With photos"), required=False)

    def __init__(self, data: Any, *, stories: Sequence[Story], **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        self.offered = {str(story.pk): story for story in stories}
        self.fields["stories"].choices = [  # type: ignore[attr-defined]
            (pk, story_called(story)) for pk, story in self.offered.items()
        ]

    def clean_stories(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["stories"]
        if not WALL_STORIES_MIN <= len(set(chosen)) <= WALL_STORIES_MAX:
            text = _("Choose %(least)d to %(most)d stories; %(count)d are chosen.")
            numbers = {"least": WALL_STORIES_MIN, "most": WALL_STORIES_MAX, "count": len(set(chosen))}
            raise forms.ValidationError(text, params=numbers)
        return chosen

    def chosen_stories(self) -> list[Story]:
        """In the order of the list."""
        return [story for pk, story in self.offered.items() if pk in self.cleaned_data["stories"]]

    def chosen(self) -> dict[str, Any]:
        """How a valid form's wall is printed."""
        said = self.cleaned_data
        return {
            "size": said["size"],
            "language": said["language"] or usual_language(),
            "title": said["title"],
            "is_portrait": said["orientation"] == PORTRAIT,
            "is_grey": said["ink"] == GREY,
            "with_photos": said["with_photos"],
        }


def first_wall(stories: Sequence[Story]) -> dict[str, Any]:
    """What a new wall begins with: the first dozen stories, with photos."""
    ids = [str(story.pk) for story in stories[:CHOSEN_FIRST]]
    chosen = {"size": "A3", "orientation": LANDSCAPE, "ink": COLOUR, "language": usual_language(), "with_photos": "on"}
    return {**chosen, "stories": ids}


def usual_language() -> str:
    """The reader's own, where papers speak it."""
    language = (get_language() or "en").split("-")[0]
    return language if language in ANSWER_LANGUAGES else "en"


class CertificateForm(forms.Form):
    """Whom one thanks, for what, and who signs. A name other than the story's needs its bearer's consent."""

    to = Words(label=_("To whom"), max_length=THANKED_MAX)
    agreed = forms.BooleanField(label=_("They agreed to be named on it"), required=False)
    words = Words(label=_("For what"), max_length=CERTIFICATE_LETTERS, widget=forms.Textarea({"rows": 5}))
    signed_by = Words(label=_("Signed by"), max_length=SIGNED_MAX, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=list(ANSWER_LANGUAGES.items()), required=False)
    ink = forms.ChoiceField(label=_("Ink"), choices=INKS, widget=forms.RadioSelect, required=False)

    def __init__(self, data: Any = None, *, story: Story, signed_by: str = "") -> None:
        first = {
            "to": story_doer(story)[:THANKED_MAX],
            "words": certificate_words(story)[0],
            "signed_by": signed_by[:SIGNED_MAX],
            "language": usual_language(),
            "ink": COLOUR,
        }
        super().__init__(data, label_suffix="", initial=first)
        self.story = story

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        count = len(words.split())
        if count > CERTIFICATE_WORDS_MAX:
            text = _("A certificate has room for %(most)d words; these are %(count)d.")
            raise forms.ValidationError(text, params={"most": CERTIFICATE_WORDS_MAX, "count": count})
        return words

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("to") and values["to"] != story_doer(self.story) and not values.get("agreed"):
            self.add_error(
                "agreed", _("Ask first, then tick this. A team that you write in place of a name counts too.")
            )
        return values

    def chosen(self) -> dict[str, Any]:
        """What a valid form's certificate says."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("to", "words", "signed_by")},
            "language": said["language"] or usual_language(),
            "is_grey": said["ink"] == GREY,
        }
