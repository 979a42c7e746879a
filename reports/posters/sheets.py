"""The sheets of a split poster: each shows its part between cut marks and says which it is; the last shows all."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.posters.content import PosterContent
from reports.posters.page import Look, Page, plain_lines
from reports.posters.tiles import MARKS, OVERLAP, PRINTER_MARGIN, RULER, Part, Tiling
from reports.shapes import line, number, rectangle
from reports.sizes import POINTS_PER_MM
from reports.typesetting import BOLD, REGULAR, width_of, wrap

SMALL, TEXT, TITLE = 7.5, 11.0, 20.0  # points
PITCH = 1.3
EDGE = PRINTER_MARGIN + MARKS  # from a sheet's edge to what it says
AIR = 0.8  # between a part's corner and its cut mark
CUT, NEIGHBOUR = Look(stroke="ink", width=0.5, is_flat=True), Look(stroke="ink", width=0.5, dash="1.5 1", is_flat=True)
OUTLINE = Look(stroke="ink", width=0.8)
PICTURE_SHARE = 0.5  # of the last sheet's height: the poster in small


def sheets_of(tiling: Tiling, content: PosterContent) -> list[Page]:
    """All pages, in the language that is active: the parts row by row, then how to glue them."""
    return [*(_sheet(tiling, part, content) for part in tiling.parts), _assembly(tiling, content)]


def _new_page(tiling: Tiling) -> Page:
    return Page(tiling.sheet.width, tiling.sheet.height)


def _sheet(tiling: Tiling, part: Part, content: PosterContent) -> Page:
    page, left, top = _new_page(tiling), tiling.left, tiling.top
    clip = rectangle(*_points(left, top, tiling.width, tiling.height))
    page.placed = f"q {clip}W n {_poster(tiling, left - part.left, top - part.top, 1)} Q\n"
    _draw_cut_marks(page, tiling)
    _draw_neighbours(page, tiling, part)
    _draw_ruler(page, EDGE, tiling.foot)
    _write_foot(page, tiling, part, content)
    return page


def _points(*millimetres: float) -> list[float]:
    return [value * POINTS_PER_MM for value in millimetres]


def _poster(tiling: Tiling, left: float, top: float, scale: float) -> str:
    """Operators that place the poster with its upper left corner there; as a page of its own its y runs upwards."""
    x, y = _points(left, top)
    return f"{scale:.6g} 0 0 {-scale:.6g} {number(x)} {number(y + tiling.poster.height * scale)} cm /Poster Do"


def _line(page: Page, look: Look, *millimetres: float) -> None:
    page.drawing.add(1, look, line(*_points(*millimetres)))


def _draw_cut_marks(page: Page, tiling: Tiling) -> None:
    """Two lines at each corner of the part, outside it."""
    left, top, right, bottom = tiling.left, tiling.top, tiling.left + tiling.width, tiling.top + tiling.height
    for y in (top, bottom):
        _line(page, CUT, left - MARKS, y, left - AIR, y)
        _line(page, CUT, right + AIR, y, right + MARKS, y)
    for x in (left, right):
        _line(page, CUT, x, top - MARKS, x, top - AIR)
        _line(page, CUT, x, bottom + AIR, x, bottom + MARKS)


def _draw_neighbours(page: Page, tiling: Tiling, part: Part) -> None:
    """Where the cut edge of the sheet to the right and of the one below comes to lie."""
    left, top, right, bottom = tiling.left, tiling.top, tiling.left + tiling.width, tiling.top + tiling.height
    if part.column < tiling.columns - 1:
        for y, end in ((top - MARKS, top - AIR), (bottom + AIR, bottom + MARKS)):
            _line(page, NEIGHBOUR, right - OVERLAP, y, right - OVERLAP, end)
    if part.row < tiling.rows - 1:
        for x, end in ((left - MARKS, left - AIR), (right + AIR, right + MARKS)):
            _line(page, NEIGHBOUR, x, bottom - OVERLAP, end, bottom - OVERLAP)


def _draw_ruler(page: Page, x: float, y: float) -> None:
    """100 mm with a tick every 10, and what it is for."""
    _line(page, CUT, x, y, x + RULER, y)
    for millimetres in range(0, round(RULER) + 1, 10):
        tall = 3.0 if millimetres in (0, RULER) else 1.6
        _line(page, CUT, x + millimetres, y, x + millimetres, y + tall)
    words = _("%(length)d mm. If it measures otherwise, print at 100 %%, without “fit to page”.") % {"length": RULER}
    left, top = _points(x, y + 3.6)
    page.write("p", left, top, SMALL, SMALL * PITCH, plain_lines([words]))


def _write_foot(page: Page, tiling: Tiling, part: Part, content: PosterContent) -> None:
    """Title, place and date, right of the ruler."""
    x, y = _points(EDGE + RULER + 6, tiling.foot - 1)
    place = _("%(size)s, row %(row)d, column %(column)d: sheet %(sheet)d of %(count)d")
    place %= {
        "size": tiling.poster.label,
        "row": part.row + 1,
        "column": part.column + 1,
        "sheet": part.row * tiling.columns + part.column + 1,
        "count": tiling.rows * tiling.columns,
    }
    page.write("p", x, y, SMALL, SMALL * PITCH, plain_lines([place], BOLD))
    room = tiling.sheet.width - EDGE * POINTS_PER_MM - x
    said = [_shortened(content.journey, room), _date(content)]
    page.write("p", x, y + SMALL * PITCH, SMALL, SMALL * PITCH, plain_lines(said))


def _date(content: PosterContent) -> str:
    return _("%(date)s, version %(version)d") % {"date": content.day, "version": content.version}


def _shortened(title: str, room: float, face: str = REGULAR, size: float = SMALL) -> str:
    """As much of a title as has room: the poster itself carries all of it."""
    shown = title
    while len(shown) > 1 and width_of(shown, face, size) > room:
        shown = f"{shown.rstrip('…')[:-1].rstrip()}…"
    return shown


def _assembly(tiling: Tiling, content: PosterContent) -> Page:
    """The poster in small with its sheets numbered, and what to do."""
    page, sheet = _new_page(tiling), tiling.sheet
    title, poster = _("How to put the poster together"), tiling.poster
    x, y = _points(EDGE, EDGE)
    page.write("h1", x, y, TITLE, TITLE * 1.2, plain_lines([title], BOLD))
    room = sheet.width_mm - 2 * EDGE
    whose = _shortened(f"{content.journey}, {_date(content)}", room * POINTS_PER_MM, size=TEXT)
    page.write("p", x, y + TITLE * 1.4, TEXT, TEXT * PITCH, plain_lines([whose]), style="soft")
    top = EDGE + 16
    scale = min(room / poster.width_mm, sheet.height_mm * PICTURE_SHARE / poster.height_mm)
    _draw_small(page, tiling, EDGE, top, scale)
    _write_steps(page, tiling, EDGE, top + poster.height_mm * scale + 6, room)
    _draw_ruler(page, EDGE, tiling.foot)
    return page


def _draw_small(page: Page, tiling: Tiling, left: float, top: float, scale: float) -> None:
    """The poster, and over it each sheet's part up to where the next begins, with its number."""
    page.placed = f"q {_poster(tiling, left, top, scale)} Q\n"
    wide, tall = tiling.poster.width_mm * scale, tiling.poster.height_mm * scale
    page.drawing.add(1, OUTLINE, rectangle(*_points(left, top, wide, tall)))
    for number_, part in enumerate(tiling.parts, start=1):
        x, y = left + part.left * scale, top + part.top * scale
        if part.column and not part.row:
            _line(page, OUTLINE, x, top, x, top + tall)
        if part.row and not part.column:
            _line(page, OUTLINE, left, y, left + wide, y)
        _write_number(page, number_, x, y)


def _write_number(page: Page, number_: int, x: float, y: float) -> None:
    """White on ink, in the part's upper left corner."""
    text, (left, top) = f"{number_}", _points(x, y)
    wide = width_of(text, BOLD, TEXT) + TEXT
    page.drawing.add(2, Look(fill="ink"), rectangle(left, top, wide, TEXT * 1.6))
    page.write("p", left, top, TEXT, TEXT * 1.6, plain_lines([text], BOLD), style="eliminate")


def _write_steps(page: Page, tiling: Tiling, x: float, y: float, room: float) -> None:
    left, top = _points(x, y)
    for i, step in enumerate(_steps(tiling), start=1):
        lines = wrap(f"{i}. {step}", REGULAR, TEXT, room * POINTS_PER_MM).lines
        page.write("p", left, top, TEXT, TEXT * PITCH, plain_lines(lines))
        top += len(lines) * TEXT * PITCH + TEXT * 0.35


def _steps(tiling: Tiling) -> list[str]:
    """What to do, in order."""
    values = {"overlap": OVERLAP, "width": tiling.poster.width_mm, "height": tiling.poster.height_mm, "ruler": RULER}
    said = (
        _("Print at 100 %%, on one side. On every sheet the ruler has to be %(ruler)d mm long."),
        _("Cut each sheet along its marks: at the left where a sheet stands before it, at the top where one is above."),
        _("Begin with sheet 1. Lay the next one over its right %(overlap)d mm, up to the dashed marks, and glue it."),
        _("Glue each row, then lay the lower row over the last %(overlap)d mm of the one above, in the same way."),
        _("Cut off the outer edges: the poster is %(width)d × %(height)d mm."),
    )
    return [words % values for words in said]
