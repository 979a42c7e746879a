"""What one chooses before a poster is made."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.answers import clean_text
from assessments.choices import ANSWER_LANGUAGES
from improvements.models import Story
from reports.limits import IMPACT_MAX, PLEDGE_MAX, WHO_MAX
from reports.models import PosterKind, Sheet, Size
from reports.posters.choices import WORDS, PosterChoice, PosterChoices
from reports.posters.parts import side_names
from reports.posters.tiles import may_split
from reports.print_forms import name_of
from reports.story_papers.words import shorten_story, story_doer, story_text

LANDSCAPE, PORTRAIT = "landscape", "portrait"
FEATURED = "featured"
COLOUR, GREY = "colour", "grey"
STORY_SHOWN = 60  # letters of one in the list
SIZES = [choice for choice in Size.choices if choice[0] != Size.A6]
CARDS = [(Size.A6, _("One, A6")), (Size.A4, _("Four, on an A4"))]
CHOSEN_FIRST = {"kind": PosterKind.WALL, "card_size": Size.A6, "size": Size.A3, "orientation": LANDSCAPE, "ink": COLOUR}


def first_choices(choices: PosterChoices, asked: Mapping[str, str]) -> dict[str, str]:
    """The form's values as an address asks for them, and where it is silent the most likely ones: the newest results,
    a QR code to the round that is open, and the featured story."""
    likely = {
        **{name: str(value) for name, value in CHOSEN_FIRST.items()},
        "shows": f"round-{choices.rounds[0].pk}" if choices.rounds else "",
        "leads_to": str(choices.links[0].pk) if choices.links else "",
        "story": FEATURED if featured_of(choices) else "",
    }
    if scenario := asked.get("scenario"):
        likely["shows"] = f"scenario-{scenario}"
    return {name: asked.get(name, likely.get(name, "")) for name in PosterForm.base_fields}


class Words(forms.CharField):
    """A few words that are printed, without what no paper shows."""

    def to_python(self, value: Any) -> str:
        return clean_text(str(super().to_python(value) or ""))


class PosterForm(forms.Form):
    """What is shown, on which paper, in which ink and language, with which words. Only the size has to be given."""

    kind = forms.ChoiceField(label=_("What"), choices=PosterKind.choices, widget=forms.RadioSelect, required=False)
    subject = forms.ChoiceField(label=_("Whose moments"), required=False)
    moment = forms.ChoiceField(label=_("Which moment"), required=False)
    shows = forms.ChoiceField(label=_("What it shows"), required=False)
    card_size = forms.ChoiceField(label=_("Cards"), choices=CARDS, widget=forms.RadioSelect, required=False)
    size = forms.ChoiceField(label=_("Size"), choices=SIZES, widget=forms.RadioSelect, required=False)
    orientation = forms.ChoiceField(
        label=_("Orientation"),
        choices=[(LANDSCAPE, _("Landscape")), (PORTRAIT, _("Portrait"))],
        widget=forms.RadioSelect,
        required=False,
    )
    ink = forms.ChoiceField(
        label=_("Ink"), choices=[(COLOUR, _("Colour")), (GREY, _("Grey"))], widget=forms.RadioSelect, required=False
    )
    tiles = forms.ChoiceField(
        label=_("Printed on"), choices=[("", _("One sheet of its size")), *Sheet.choices], required=False
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    leads_to = forms.ChoiceField(label=_("QR code leads to"), required=False)
    pledge = Words(label=_("Our pledge"), max_length=PLEDGE_MAX, required=False)
    story = forms.ChoiceField(label=_("A story that was told"), required=False)
    said_done = forms.ChoiceField(label=_("You said, we did"), required=False)
    impact = Words(
        label=_("A moment of impact"), max_length=IMPACT_MAX, required=False, widget=forms.Textarea({"rows": 3})
    )
    impact_who = Words(label=_("Who, and when"), max_length=WHO_MAX, required=False)

    def __init__(self, data: Any, *, choices: PosterChoices) -> None:
        super().__init__(data, label_suffix="")
        self.choices = choices
        self._offer("subject", _("Choose a channel or team"), _grouped_parts(choices))
        moments = [(str(pk), moment.title) for pk, moment in zip(choices.moment_ids, choices.plan.moments, strict=True)]
        self._offer("moment", _("Choose a moment"), moments)
        rounds = [(f"round-{row.pk}", _("Results of “%s”") % row.title) for row in choices.rounds]
        scenarios = [(f"scenario-{row.pk}", _("Today and “%s”") % row.name) for row in choices.scenarios]
        self._offer("shows", _("Our own estimate of today"), [*rounds, *scenarios])
        self._offer("language", _("The journey’s own"), list(ANSWER_LANGUAGES.items()))
        links = [(str(link.pk), f"{link.round.title}: {_whom(link)}") for link in choices.links]
        self._offer("leads_to", _("The map as it is today"), links)
        stories = [(str(story.pk), story_called(story)) for story in choices.stories]
        is_asked = featured_of(choices) or (data or {}).get("story") == FEATURED
        featured = [(FEATURED, _("The featured story"))] if stories and is_asked else []
        self._offer("said_done", _("Leave it out"), [("on", _("The newest, up to three"))] if choices.said else [])
        self._offer("story", _("None, or your own words"), [*featured, *stories])

    def _offer(self, name: str, empty: Any, offered: list[Any]) -> None:
        """A choice; none where there is nothing to choose from."""
        field: Any = self.fields[name]
        field.choices = [("", empty), *offered]
        if not offered:
            del self.fields[name]

    def clean_kind(self) -> str:
        return str(self.cleaned_data["kind"] or PosterKind.WALL)

    def clean_orientation(self) -> str:
        return str(self.cleaned_data["orientation"] or LANDSCAPE)

    def clean_ink(self) -> str:
        return str(self.cleaned_data["ink"] or COLOUR)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, size, tiles = cleaned.get("kind"), cleaned.get("size"), cleaned.get("tiles")
        if kind == PosterKind.TEAM and not cleaned.get("subject"):
            self.add_error("subject", _("Choose whose moments the team sheet shows."))
        if kind == PosterKind.CARD and not cleaned.get("moment"):
            self.add_error("moment", _("Choose the moment of the card."))
        if kind == PosterKind.CARD:
            self._clean_card(str(cleaned.get("shows") or ""))
        elif not size and "size" not in self.errors:
            self.add_error("size", self.fields["size"].error_messages["required"])
        elif size and tiles and not may_split(size, tiles):
            text = _("A poster in %(size)s is not larger than its sheets. Choose a larger poster, or one sheet.")
            self.add_error("tiles", forms.ValidationError(text, params={"size": size}))
        return cleaned

    def _clean_card(self, shows: str) -> None:
        """A card has paper of its own, so what is chosen for posters does not matter."""
        for name in ("size", "tiles"):
            self.errors.pop(name, None)
        self.cleaned_data |= {"size": self.cleaned_data.get("card_size") or Size.A6, "tiles": ""}
        if shows.startswith("scenario"):
            self.add_error("shows", _("A card has no room for a scenario. Choose our own estimate, or a round."))

    def chosen(self) -> PosterChoice:
        """What a valid form asks for."""
        values = self.cleaned_data
        kind, (what, _dash, pk) = values["kind"], values.get("shows", "").partition("-")
        places, subject = self._shown(kind)
        return PosterChoice(
            size=values["size"],
            kind=kind,
            places=places,
            subject=subject,
            round=_by_pk(self.choices.rounds, pk) if what == "round" else None,
            scenario=_by_pk(self.choices.scenarios, pk) if what == "scenario" else None,
            link=_by_pk(self.choices.links, values.get("leads_to", "")),
            language=values["language"],
            print_=self.print_,
            words={name: values[name] for name in WORDS},
            story=self._story(values.get("story", "")),
            has_said=bool(values.get("said_done")),
        )

    def _story(self, chosen: str) -> Story | None:
        """The one that was chosen; of the featured one, the one that is so now."""
        return featured_of(self.choices) if chosen == FEATURED else _by_pk(self.choices.stories, chosen)

    def _shown(self, kind: str) -> tuple[list[int] | None, str]:
        """The places of the moments that are shown, None for all, and what the sheet is called."""
        if kind == PosterKind.TEAM:
            part = next(part for part in self.choices.parts if part.key == self.cleaned_data["subject"])
            return list(part.places), part.name
        if kind == PosterKind.CARD:
            place = list(self.choices.moment_ids).index(int(self.cleaned_data["moment"]))
            return [place], self.choices.plan.moments[place].title
        return None, ""

    @property
    def print_(self) -> dict[str, Any]:
        """How the poster is printed, as its inputs name it."""
        chosen = self.cleaned_data
        is_card = chosen["kind"] == PosterKind.CARD
        return {
            "is_portrait": is_card or chosen["orientation"] == PORTRAIT,
            "is_grey": chosen["ink"] == GREY,
            "tiles": chosen["tiles"],
        }


def _grouped_parts(choices: PosterChoices) -> list[Any]:
    names = side_names()
    return [
        (names[side], [(part.key, f"{part.name} ({len(part.places)})") for part in parts])
        for side, parts in groupby(choices.parts, key=lambda part: part.side)
    ]


def featured_of(choices: PosterChoices) -> Story | None:
    """The story that stands for the journey, if there is one."""
    return next((story for story in choices.stories if story.featured_at), None)


def story_called(story: Story) -> str:
    """Its first words, and who did it."""
    return " · ".join(filter(None, (shorten_story(story_text(story), STORY_SHOWN)[0], story_doer(story))))


def _whom(link: Any) -> str:
    return name_of(link, link.round)


def _by_pk(rows: Any, pk: str) -> Any:
    return next((row for row in rows if str(row.pk) == pk), None)
