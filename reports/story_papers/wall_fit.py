"""What a story wall would be like, told before it is made: its type, its columns, and which stories are cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.posters.words import spoken_language
from reports.preflight import Problem
from reports.sizes import SIZES, Size
from reports.story_papers.wall_content import wall_of
from reports.story_papers.wall_layout import WallLayout, lay_out_wall
from reports.story_papers.words import shorten_story

NAMED_MOST, NAMED_LETTERS = 5, 40


@dataclass(frozen=True, slots=True)
class WallFit:
    """problems: all that is to be known or mended; words: of a wall that fits, empty otherwise."""

    problems: list[Problem]
    words: str


def sheet_of_wall(inputs: Mapping[str, Any]) -> Size:
    """The sheet that a wall's inputs name."""
    size = SIZES[inputs["size"]]
    return size.turned if inputs["is_portrait"] else size


def fit_of_wall(inputs: Mapping[str, Any]) -> WallFit:
    """The pre-flight of a wall's inputs, in the language that is active. Nothing is drawn."""
    with translation.override(spoken_language(inputs["language"])):
        layout = lay_out_wall(wall_of(inputs), sheet_of_wall(inputs))
    if layout is None:
        text = _("%(count)d stories do not fit on %(size)s at a readable size. Choose fewer, or a larger sheet.")
        return WallFit([Problem("size", text % {"count": len(inputs["stories"]), "size": inputs["size"]})], "")
    return WallFit(_notes(layout, inputs), _said(layout))


def _said(layout: WallLayout) -> str:
    columns = len(layout.columns)
    said = ngettext(
        "It fits in one column, in type of %(points)d pt.",
        "It fits in %(columns)d columns, in type of %(points)d pt.",
        columns,
    )
    return said % {"columns": columns, "points": layout.body}


def _notes(layout: WallLayout, inputs: Mapping[str, Any]) -> list[Problem]:
    """Stories that are cut, by their first words, and photos for which there is no room."""
    notes = []
    if cut := layout.cut:
        names = ", ".join(f"“{shorten_story(story.words, NAMED_LETTERS)[0]}”" for story in cut[:NAMED_MOST])
        more = _(" and %(count)d more") % {"count": len(cut) - NAMED_MOST} if len(cut) > NAMED_MOST else ""
        text = _(
            "Too long for this sheet, so they end early with “…”: %(names)s%(more)s. "
            "A larger sheet or fewer stories show them whole."
        )
        notes.append(Problem("stories", text % {"names": names, "more": more}, is_blocking=False))
    photos = not layout.attempt.has_photos and inputs.get("photos")
    said = layout.attempt.is_dense and any(story["said"] for story in inputs["stories"])
    places = not layout.attempt.has_places
    parts = ((_("the photos"), photos), (_("what customers said"), said), (_("where and when it was"), places))
    left_out = [words for words, is_so in parts if is_so]
    if left_out:
        text = _("There is no room for %(what)s beside so many words.") % {"what": ", ".join(left_out)}
        notes.append(Problem("photos", text, is_blocking=False))
    return notes
