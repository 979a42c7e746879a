"""A thank-you certificate on A5: to whom, for what, signed by whom. One sheet, in the largest type that fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from assessments.choices import RIGHT_TO_LEFT
from reports.look import LOGO, FrozenLook, frozen_look
from reports.posters.page import Look, Page, Picture
from reports.posters.words import say_date, spoken_language
from reports.shapes import line
from reports.sizes import POINTS_PER_MM, Size
from reports.story_papers.wall_drawing import Setter
from reports.story_papers.words import paper_words, set_words, shorten_story, story_month
from reports.typesetting import BOLD, DISPLAY, HEADLINE, QUOTE, REGULAR, Wrapped, face_for, wrap

A5 = Size("A5", 148, 210, margin_mm=14, floor_pt=9, headline_pt=46)
WORDS_PT = (20.0, 18.5, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
NAME, SMALL_PT, PITCH = 1.45, 9.5, 1.36  # of the words; points; of every type
NAME_LETTERS = 80  # of organisation, journey and moment
SIGN_MM, LOGO_MM, AIR_MM = 72.0, (44.0, 12.0), 5.0
THANKS_SHARE, DATE_SHARE = 0.72, 0.3  # of the width: the heading beside a logo; the date beside the signature


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one says. journey: its title, as documents call what they are about."""

    journey: str
    organisation: str
    language: str
    made_on: str
    to: str
    words: str
    where: str
    signed_by: str
    day: str
    look: FrozenLook


@dataclass(frozen=True, slots=True)
class CertificateLayout:
    """A measured one. spare: height left over; below 0 where it does not fit."""

    thanks: Wrapped
    to: Wrapped
    words: Wrapped
    where: Wrapped
    signed_by: Wrapped
    day: Wrapped
    size: float
    logo: tuple[float, float]

    @property
    def heights(self) -> tuple[float, float, float, float]:
        """Of heading, name, words, and what stands below them."""
        return (
            max(len(self.thanks.lines) * A5.headline_pt * 1.15, self.logo[1]) + AIR_MM * POINTS_PER_MM,
            len(self.to.lines) * self.size * NAME * PITCH + self.size * 0.5,
            len(self.words.lines) * self.size * PITCH + self.size * 0.6,
            len(self.where.lines) * SMALL_PT * PITCH,
        )

    @property
    def spare(self) -> float:
        foot = (max(len(self.signed_by.lines), len(self.day.lines)) + 3) * SMALL_PT * PITCH
        return A5.height - 2 * A5.margin - sum(self.heights) - foot

    @property
    def fits(self) -> bool:
        parts = (self.thanks, self.to, self.words, self.where, self.signed_by, self.day)
        return self.spare >= 0 and not any(part.too_wide for part in parts)


def certificate_of(inputs: Mapping[str, Any]) -> Certificate:
    """The certificate of frozen inputs, in the language that is active."""
    happened_on = date.fromisoformat(inputs["on"]) if inputs["on"] else None
    names = (_named(inputs["moment"]), _named(inputs["journey"]), story_month(happened_on))
    return Certificate(
        journey=_("Thank you"),
        organisation=_named(inputs["organisation"]),
        language=inputs["language"],
        made_on=inputs["made_on"],
        to=set_words(paper_words(inputs["to"])),
        words=set_words(paper_words(inputs["words"])),
        where=" · ".join(filter(None, names)),
        signed_by=set_words(paper_words(inputs["signed_by"])),
        day=say_date(date.fromisoformat(inputs["made_on"])),
        look=frozen_look(inputs),
    )


def _named(name: str) -> str:
    return set_words(shorten_story(paper_words(name), NAME_LETTERS)[0])


def fits_certificate(inputs: Mapping[str, Any]) -> bool:
    """Whether all of it can be read at a readable size."""
    with translation.override(spoken_language(inputs["language"])):
        return lay_out_certificate(certificate_of(inputs)).fits


def lay_out_certificate(said: Certificate) -> CertificateLayout:
    """In the largest type that fits; in the smallest where none does."""
    layouts = (_measure(said, size) for size in WORDS_PT)
    return next((layout for layout in layouts if layout.fits), _measure(said, WORDS_PT[-1]))


def _measure(said: Certificate, size: float) -> CertificateLayout:
    width = A5.width - 2 * A5.margin

    def lines(text: str, face: str, points: float, measure: float = width) -> Wrapped:
        return wrap(text, face_for(text, face), points, measure, said.language) if text else Wrapped(())

    logo = said.look.logo_box(*(mm * POINTS_PER_MM for mm in LOGO_MM))
    beside = width * THANKS_SHARE if logo[0] else width
    return CertificateLayout(
        thanks=lines(said.journey, HEADLINE, A5.headline_pt, beside),
        to=lines(said.to, DISPLAY, size * NAME),
        words=lines(said.words, QUOTE, size),
        where=lines(said.where, REGULAR, SMALL_PT),
        signed_by=lines(said.signed_by, BOLD, SMALL_PT, SIGN_MM * POINTS_PER_MM),
        day=lines(f"{said.organisation}\n{said.day}", REGULAR, SMALL_PT, width * DATE_SHARE),
        size=size,
        logo=logo,
    )


def draw_certificate(layout: CertificateLayout, said: Certificate) -> Page:
    """The sheet, in the language that is active; what is left over stands above the signature."""
    page = Page(A5.width, A5.height, alternative=_("A line to sign on"))
    left, width, is_leftward = A5.margin, A5.width - 2 * A5.margin, said.language in RIGHT_TO_LEFT
    setter = Setter(page, is_leftward)
    if layout.logo[0]:
        x = left if is_leftward else left + width - layout.logo[0]
        page.logos.append(Picture(LOGO, x, A5.margin, *layout.logo))
    y, accent = A5.margin, "accent" if said.look.accent else ""
    parts = (
        ("h1", layout.thanks, A5.headline_pt, HEADLINE, accent),
        ("h2", layout.to, layout.size * NAME, DISPLAY, ""),
        ("p", layout.words, layout.size, QUOTE, ""),
        ("p", layout.where, SMALL_PT, REGULAR, "soft"),
    )
    for (tag, lines, size, face, style), height in zip(parts, layout.heights, strict=True):
        setter.put(tag, (left, y, width), size, lines, face, style)
        y += height
    _place_foot(page, layout, left, width, is_leftward=is_leftward)
    return page


def _place_foot(page: Page, layout: CertificateLayout, left: float, width: float, *, is_leftward: bool) -> None:
    """The line that is signed on with a name under it, and at the other edge the house and the day."""
    setter, sign = Setter(page, is_leftward), SIGN_MM * POINTS_PER_MM
    rows = max(len(layout.signed_by.lines), len(layout.day.lines))
    top = A5.height - A5.margin - rows * SMALL_PT * PITCH
    signing = left + width - sign if is_leftward else left
    rule = top - SMALL_PT * 0.3
    page.drawing.add(1, Look(stroke="ink", width=0.8, is_flat=True), line(signing, rule, signing + sign, rule))
    setter.put("p", (signing, top, sign), SMALL_PT, layout.signed_by, BOLD)
    dated = left if is_leftward else left + width * (1 - DATE_SHARE)
    setter.put("p", (dated, top, width * DATE_SHARE), SMALL_PT, layout.day, REGULAR, "soft")
