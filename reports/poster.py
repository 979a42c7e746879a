"""The wall poster: frozen inputs in, one PDF out. The same inputs give the same bytes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from reports.look import logo_pictures
from reports.poster_content import PosterContent
from reports.poster_html import DRAWING, page_html, sheet_drawing
from reports.poster_ink import colours, drawing_operators
from reports.poster_layout import Layout, draw
from reports.poster_sheets import sheets_of
from reports.poster_tiles import Tiling, tiling_of
from reports.poster_words import spoken_language
from reports.preflight import Problem, examine
from reports.typesetting import BOLD, DISPLAY, HEADLINE, REGULAR, advances

Report = Callable[[int, str], None]


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


def render_poster(inputs: dict[str, Any], report: Report | None = None) -> bytes:
    """The poster as a PDF of one page, or of the sheets it is split on.

    inputs: plan (JourneyPlan.to_dict), size (a key of SIZES), language, made_on (ISO date), version, organisation,
    address (of the living map, for the QR code; may be empty), and where they are wished is_portrait, is_grey, tiles
    (one of TILE_SHEETS). report: called with percent and a step in words.
    Raises PosterDoesNotFit with the problems that block.
    """
    tell = report or _say_nothing
    tell(5, _("Checking the text"))
    found = examine(inputs)
    if found.content is None or found.layout is None:
        raise PosterDoesNotFit([problem for problem in found.problems if problem.is_blocking])
    tiling = tiling_of(found.layout.size, inputs["tiles"]) if inputs.get("tiles") else None
    is_grey = bool(inputs.get("is_grey"))
    logo = logo_pictures(inputs, is_grey=is_grey)
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
    html = page_html(page, content, sheets=sheets, is_grey=is_grey)
    tell(40, _("Setting the page"))
    from reports import pdf  # takes over a second the first time: only where a poster is made

    pictures: dict[str, pdf.Picture] = dict(logo or {})
    for name, drawn in [(DRAWING, page), *((sheet_drawing(i), sheet) for i, sheet in enumerate(sheets))]:
        operators = drawn.placed + drawing_operators(drawn.drawing, is_grey)
        pictures[name] = pdf.Painting(drawn.width, drawn.height, operators)
    data = pdf.write_pdf(html, pictures, is_folded=bool(sheets))
    tell(100, _("Done"))
    return data


def _say_nothing(_percent: int, _step: str) -> None:
    """For callers that do not follow the progress."""
