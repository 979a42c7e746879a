"""What keeps a journey from becoming a poster, said before the job is queued and again when it runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.plan import JourneyPlan
from reports.models import PosterKind
from reports.posters.card import CardLayout, lay_out_card
from reports.posters.content import PosterContent, content_of
from reports.posters.layout import Layout, fits_somehow, holds, lay_out
from reports.posters.misfits import misfits_of, misfits_of_card
from reports.posters.rows import columns_of
from reports.posters.series import Sheet, lay_out_series
from reports.posters.words import spoken_language
from reports.sizes import Size, larger_sheets, sheet_of
from reports.typesetting import missing_letters, printable

UNBROKEN_MAX, NEW_LINES_MAX = 2_000, 1_000  # beyond these the renderer slows down for everyone
LETTERS_NAMED, CUT_SHOWN = 5, 50
TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to know or to mend before printing. field: what it is about; text: in the language that is active."""

    field: str
    text: str
    is_blocking: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """A text that the poster prints, and how a reader would call it."""

    name: str
    called: str
    text: str


@dataclass(frozen=True, slots=True)
class Examination:
    """All problems and, where none blocks, what is to be drawn, in the poster's own language.

    series: every sheet of a journey that takes several; layout is the first one's.
    """

    problems: list[Problem]
    content: PosterContent | None = None
    layout: Layout | None = None
    series: Sequence[Sheet] = ()
    card: CardLayout | None = None


def check_poster(inputs: dict[str, Any]) -> list[Problem]:
    """All problems of a poster's inputs, in the language that is active; empty where it can be printed as it is."""
    return examine(inputs).problems


def examine(inputs: dict[str, Any]) -> Examination:
    """A poster's inputs seen through. Raises KeyError where they name an unknown size or lack a part."""
    plan = JourneyPlan.from_dict(inputs["plan"])
    problems = [*_too_few(plan), *(p for field in _fields(plan, inputs) for p in _unprintable(field))]
    if any(problem.is_blocking for problem in problems):
        return Examination(problems)
    if inputs.get("kind") == PosterKind.CARD:
        return _examine_card(inputs, problems)
    problems += [*_thin(plan), *_cut_story(inputs)]
    with translation.override(spoken_language(inputs["language"])):
        content, size = content_of(inputs), sheet_of(inputs)
        layout = lay_out(content, size) if holds(content, size) else None
        fits = layout is not None and layout.fits
        series = [] if fits or larger_sheets(size) or not _is_many(layout) else lay_out_series(content, size)
        larger = None if fits else next((sheet for sheet in larger_sheets(size) if fits_somehow(content, sheet)), None)
    if series:
        split = [_split_series(len(series))] if inputs.get("tiles") else []
        return Examination([*problems, *split]) if split else Examination(problems, content, series[0][0], series)
    if layout is None:
        return Examination([*problems, _too_many(content, size, larger)])
    problems += [Problem(field, text) for field, text in misfits_of(layout, larger)]
    return Examination(problems, content, layout) if fits else Examination(problems)


def _examine_card(inputs: dict[str, Any], problems: list[Problem]) -> Examination:
    with translation.override(spoken_language(inputs["language"])):
        content = content_of(inputs)
        layout = lay_out_card(content, inputs["size"])
    problems += [Problem(field, text) for field, text in misfits_of_card(layout)]
    return Examination(problems, content, card=layout) if layout.fits else Examination(problems)


def _too_few(plan: JourneyPlan) -> Iterator[Problem]:
    if not plan.moments:
        text = _("This journey has no moment yet. Add the first contact in which a customer forms an opinion of you.")
        yield Problem("moments", text)


def _too_many(content: PosterContent, size: Size, larger: Size | None) -> Problem:
    said = _("%(count)d moments and empty stages are too many for one poster: %(size)s holds %(most)d in rows of 12.")
    said %= {"count": len(columns_of(content)), "size": size.label, "most": size.moments_max}
    advice = _("Choose %(size)s.") % {"size": larger.label} if larger else ""
    return Problem(
        "moments",
        f"{said} {advice or _('Choose A0, which may take several sheets, or leave out moments that few meet.')}",
    )


def _is_many(layout: Layout | None) -> bool:
    """Whether a journey does not fit for its many moments, and not for what one of them says."""
    return layout is None or all(field == "moments" for field, _text in misfits_of(layout, None))


def _split_series(count: int) -> Problem:
    text = _("The poster takes %(count)d sheets that hang side by side; they can't be split on smaller ones.")
    return Problem("tiles", text % {"count": count})


def _thin(plan: JourneyPlan) -> Iterator[Problem]:
    """What the poster can do without, at a loss."""
    if not plan.customers_per_year:
        text = _("Without the number of customers a year the poster can only count the contacts of one customer.")
        yield Problem("customers_per_year", text, is_blocking=False)
    missing = sum(moment.level is None for moment in plan.moments)
    if missing:
        text = ngettext(
            "%(count)d moment has no level yet: it stands hollow beside the curve.",
            "%(count)d moments have no level yet: they stand hollow beside the curve.",
            missing,
        )
        yield Problem("level", text % {"count": missing}, is_blocking=False)


def _cut_story(inputs: dict[str, Any]) -> Iterator[Problem]:
    """What of a published story the poster leaves out."""
    if inputs.get("story", {}).get("is_left_out"):
        text = _("There is no room for the story below the moments, so it is left out. A larger size shows it.")
        yield Problem("story", text, is_blocking=False)
    if inputs.get("story", {}).get("is_cut"):
        text = _("The story is longer than the poster has room for: it ends with “%(words)s”.")
        yield Problem("story", text % {"words": inputs["impact"][-CUT_SHOWN:].partition(" ")[2]}, is_blocking=False)


def _fields(plan: JourneyPlan, inputs: dict[str, Any]) -> Iterator[Field]:
    yield Field("organisation", _("the organisation's name"), inputs["organisation"])
    yield Field("journey", _("the journey's title"), plan.title)
    yield Field("address", _("the address of the map"), inputs.get("address") or "")
    if scenario := inputs.get("scenario"):
        yield Field("scenario", _("the scenario's name"), scenario["name"])
    if round_ := inputs.get("round"):
        yield Field("round", _("the round's title"), round_["title"])
    if inputs.get("kind") == PosterKind.TEAM:
        yield Field("subject", _("the team's name"), inputs["subject"])
    for words in inputs.get("levels", []):
        yield Field("levels", _("the name of the level “%(name)s”") % {"name": called(words["name"])}, words["name"])
        yield Field(
            "levels", _("the meaning of the level “%(name)s”") % {"name": called(words["name"])}, words["meaning"]
        )
    yield Field("pledge", _("the pledge"), inputs.get("pledge", ""))
    yield Field("impact", _("the moment of impact"), inputs.get("impact", ""))
    yield Field("impact_who", _("who it was"), inputs.get("impact_who", ""))
    for row in inputs.get("said_done", ()):
        yield Field("said_done", _("“You said, we did”"), f"{row['said']} {row['did']}")
    for stage in plan.stages:
        yield Field("stage", _("the name of the stage “%(name)s”") % {"name": called(stage.title)}, stage.title)
    for moment in plan.moments:
        names = {"name": called(moment.title)}
        yield Field("title", _("the title of the moment “%(name)s”") % names, moment.title)
        yield Field("what_more", _("“What more we will do” of the moment “%(name)s”") % names, moment.what_more)


def called(title: str, longest: int = 40) -> str:
    """A title short enough to stand in a sentence, without letters that cannot be shown."""
    shown = "".join(letter for letter in title if unicodedata.category(letter) not in ("Cc", "Cs", "Cf", "Cn"))
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def _unprintable(field: Field) -> Iterator[Problem]:
    """Broken letters, letters without a glyph, and texts that would hold up the renderer."""
    broken = [f"U+{ord(letter):04X}" for letter in dict.fromkeys(field.text) if _is_broken(letter)]
    if broken:
        text = _("In %(field)s are characters that cannot be printed (%(letters)s). Type that part again.")
        yield Problem(field.name, text % {"field": field.called, "letters": _few(broken)})
        return
    missing = [f"{letter} (U+{ord(letter):04X})" for letter in missing_letters(printable(field.text))]
    if missing:
        text = _("No font of the poster has these characters of %(field)s: %(letters)s. Write it without them.")
        yield Problem(field.name, text % {"field": field.called, "letters": _few(missing)})
    if max(map(len, field.text.split()), default=0) > UNBROKEN_MAX:
        text = _("In %(field)s stand more than %(most)d characters without a space. Put spaces between the words.")
        yield Problem(field.name, text % {"field": field.called, "most": UNBROKEN_MAX})
    if field.text.count("\n") > NEW_LINES_MAX:
        text = _("%(field)s has more than %(most)d lines. Shorten it.")
        yield Problem(field.name, text % {"field": field.called[:1].upper() + field.called[1:], "most": NEW_LINES_MAX})


def _is_broken(letter: str) -> bool:
    """Control characters but for new line and tab, halves of surrogate pairs, marks that turn the reading direction."""
    if letter in "\n\r\t\v\f\u0085":
        return False
    return unicodedata.category(letter) in ("Cc", "Cs") or unicodedata.bidirectional(letter) in TURNING


def _few(names: list[str]) -> str:
    return ", ".join(names[:LETTERS_NAMED]) + (" …" if len(names) > LETTERS_NAMED else "")
