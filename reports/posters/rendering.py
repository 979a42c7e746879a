"""The wall poster: frozen inputs in, one PDF out. The same inputs give the same bytes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from reports.look import logo_pictures
from reports.posters.card_drawing import draw_card
from reports.posters.content import PosterContent
from reports.posters.html import Titled, page_drawing, page_html, sampled_html, sheet_drawing
from reports.posters.ink import colours, drawing_operators
from reports.posters.layout import Layout, draw, in_words
from reports.posters.page import Page
from reports.posters.series import Sheet
from reports.posters.sheets import sheets_of
from reports.posters.tiles import Tiling, tiling_of
from reports.posters.words import spoken_language
from reports.preflight import Problem, examine
from reports.typesetting import BOLD, DISPLAY, HEADLINE, REGULAR, advances

Report = Callable[[int, str], None]


OBJECTS_A_ROUND = (10_000, 20, 20)
"""Between the collector's rounds while a page is made: its many objects all live as long as it does."""


class PosterDoesNotFit(Exception):  # named for what happened
    """A poster that would lose text, or has none. problems: what to mend, all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.text for problem in problems))


def warm_up() -> None:
    """Loads the PDF engine, fonts and stylesheets, so that every process forked from this one has them."""
    from reports import pdf

    pdf.house_style()
    colours()
    for face in (REGULAR, BOLD, DISPLAY, HEADLINE):
        advances(face)
    gc.collect()
    gc.freeze()


@contextmanager
def _few_rounds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*OBJECTS_A_ROUND)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_few_rounds()
def render_poster(inputs: dict[str, Any], report: Report | None = None) -> bytes:
    """The poster as a PDF of one page, or of the sheets it is split on.

    inputs: plan (JourneyPlan.to_dict), size (a key of SIZES), language, made_on (ISO date), version, organisation,
    address (of the living map, for the QR code; may be empty), and where they are wished is_portrait, is_grey, tiles
    (one of TILE_SHEETS). report: called with percent and a step in words.
    Raises PosterDoesNotFit with the problems that block.
    """
    tell = report or _say_nothing
    tell(5, _("Checking the text"))
    found, is_grey = examine(inputs), bool(inputs.get("is_grey"))
    logo = logo_pictures(inputs, is_grey=is_grey)
    if found.content and found.card:
        with translation.override(spoken_language(found.content.language)):
            page = draw_card(found.card, found.content, in_words(found.content))
        return write_pages([page], found.content, tell, is_grey=is_grey, logo=logo)
    if found.series:
        return _write_series(found.series, tell, is_grey=is_grey, logo=logo)
    if found.content is None or found.layout is None:
        raise PosterDoesNotFit([problem for problem in found.problems if problem.is_blocking])
    tiling = tiling_of(found.layout.size, inputs["tiles"]) if inputs.get("tiles") else None
    return write_poster(found.content, found.layout, tell, tiling, is_grey=is_grey, logo=logo)


def write_poster(
    content: PosterContent,
    layout: Layout,
    tell: Report,
    tiling: Tiling | None = None,
    *,
    is_grey: bool = False,
    logo: Mapping[str, bytes] | None = None,
) -> bytes:
    """The PDF of a measured poster, on one sheet or split. logo: of reports.look.logo_pictures."""
    tell(20, _("Drawing the curve"))
    with translation.override(spoken_language(content.language)):
        page = draw(layout, content)
        sheets = sheets_of(tiling, content) if tiling else []
    return write_pages([page], content, tell, sheets, is_grey=is_grey, logo=logo)


def _write_series(
    series: Sequence[Sheet], tell: Report, *, is_grey: bool, logo: Mapping[str, bytes] | None = None
) -> bytes:
    """A page for each sheet that hangs beside the others."""
    tell(20, _("Drawing the curve"))
    content = series[0][1]
    with translation.override(spoken_language(content.language)):
        pages = [draw(layout, said) for layout, said in series]
    return write_pages(pages, content, tell, is_grey=is_grey, logo=logo)


def write_pages(
    pages: Sequence[Page],
    content: Titled,
    tell: Report,
    sheets: Sequence[Page] = (),
    *,
    is_grey: bool = False,
    logo: Mapping[str, bytes] | None = None,
) -> bytes:
    """The PDF of pages that are finished, or of the sheets that show the parts of the one there is."""
    tell(40, _("Setting the page"))
    from reports import pdf  # takes over a second the first time: only where a poster is made

    pictures: dict[str, pdf.Picture] = dict(logo or {})
    named = [(page_drawing(i), page) for i, page in enumerate(pages)]
    for name, drawn in [*named, *((sheet_drawing(i), sheet) for i, sheet in enumerate(sheets))]:
        operators = drawn.placed + drawing_operators(drawn.drawing, is_grey)
        pictures[name] = pdf.Painting(drawn.width, drawn.height, operators)
    if sheets:
        html = page_html(pages[0], content, sheets=sheets, is_grey=is_grey)
        data = pdf.write_pdf(html, pictures, is_folded=True)
    else:
        sampled = sampled_html(pages, content, is_grey=is_grey)
        data = pdf.write_lines(sampled.html, pictures, sampled.styles, sampled.texts)
    tell(100, _("Done"))
    return data


def _say_nothing(_percent: int, _step: str) -> None:
    """For callers that do not follow the progress."""
