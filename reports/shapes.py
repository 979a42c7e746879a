"""PDF path operators of the poster's shapes: circles, badges, icons, figures in circles, the QR code.

Points throughout, y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from string import digits
from typing import Any

import segno
from fontTools.pens.cairoPen import CairoPen
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import SVGPath

from journeys.icons import icon_shapes
from reports.typesetting import BOLD, open_face, width_of

ICON_BOX = 24
ICON_PEN = ICON_BOX / 14  # width of an icon's lines, in parts of its box
OUTLINE_ERROR = 0.005  # of the type size: less than a tenth of a point at 14
SIGNS = f"{digits}.,"  # what a number is written with, decimals by locale
ROUND = 0.5523  # of the radius: how far a quarter circle's controls lie from its ends


def number(value: float) -> str:
    """At most two decimals, no trailing zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"{_numbers(x, y, width, height)} re "


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{_numbers(x0, y0)} m {_numbers(x1, y1)} l "


def curve(*points: tuple[float, float]) -> str:
    """A cubic from the first point to the last, with its controls between them."""
    start, *rest = points
    return f"{_numbers(*start)} m {_numbers(*(value for point in rest for value in point))} c "


def circle(x: float, y: float, radius: float) -> str:
    return badge(x - radius, y - radius, 2 * radius, 2 * radius, radius)


def badge(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A rectangle with round corners."""
    far = radius * (1 - ROUND)
    left, top, right, bottom = x, y, x + width, y + height
    parts = [
        f"{_numbers(left, top + radius)} m",
        f"{_numbers(left, top + far, left + far, top, left + radius, top)} c",
        f"{_numbers(right - radius, top)} l" if width > 2 * radius else "",
        f"{_numbers(right - far, top, right, top + far, right, top + radius)} c",
        f"{_numbers(right, bottom - radius)} l" if height > 2 * radius else "",
        f"{_numbers(right, bottom - far, right - far, bottom, right - radius, bottom)} c",
        f"{_numbers(left + radius, bottom)} l" if width > 2 * radius else "",
        f"{_numbers(left + far, bottom, left, bottom - far, left, bottom - radius)} c",
    ]
    return " ".join([*filter(None, parts), "h "])


def _numbers(*values: float) -> str:
    return " ".join(map(number, values))


def icon(name: str, x: float, y: float, side: float) -> str:
    """A stamp: a house icon in a square of that side, to be stroked with round ends and ICON_PEN.

    FileNotFoundError: no such icon.
    """
    return _placed(_icon(name), x, y, side / ICON_BOX)


@cache
def _icon(name: str) -> str:
    operators = Operators()
    shapes = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{icon_shapes(name)}</svg>'
    SVGPath.fromstring(shapes.encode()).draw(CairoPen(None, operators))
    return operators.written


def figure(text: str, face: str, x: float, y: float, size: float) -> str:
    """A stamp: the outline of a number, centred on a point; for places where it is also told in words."""
    known = _digits(face)
    scale = size / known.units
    left, baseline = x - width_of(text, face, size) / 2, y + scale * known.height / 2
    return _placed(_number_outline(text, face), left, baseline, scale)


def figure_units() -> int:
    """Of the design of a figure's outline, to the type size."""
    return _digits(BOLD).units


@dataclass(frozen=True, slots=True)
class Digits:
    """The digits of a face, and what parts decimals. units: of its design, to the type size; height: of a capital."""

    units: int
    height: int
    outlines: dict[str, RecordingPen]
    advances: dict[str, float]


@cache
def _digits(face: str) -> Digits:
    with open_face(face) as font:
        glyphs, names, units = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
        outlines = {sign: _outline(glyphs, names[ord(sign)], units) for sign in SIGNS}
        advances = {sign: glyphs[names[ord(sign)]].width for sign in SIGNS}
        return Digits(units, font["OS/2"].sCapHeight, outlines, advances)


@lru_cache(maxsize=512)
def _number_outline(text: str, face: str) -> str:
    """A number in font units from its first figure's left edge on."""
    known, operators, x = _digits(face), Operators(is_upward=True), 0.0
    for sign in text:
        known.outlines[sign].replay(TransformPen(CairoPen(None, operators), (1, 0, 0, 1, x, 0)))
        x += known.advances[sign]
    return operators.written


def _outline(glyphs: Any, name: str, units: int) -> RecordingPen:
    """A glyph in font units, in as few cubic curves as show no difference: each costs time to paint."""
    outline, cubic = DecomposingRecordingPen(glyphs), RecordingPen()
    glyphs[name].draw(outline)
    outline.replay(Qu2CuPen(cubic, max_err=units * OUTLINE_ERROR, all_cubic=True))
    return cubic


def _placed(outline: str, x: float, y: float, scale: float) -> str:
    """An outline in its own units, its origin at x, y: the same letters for every size, made once and packed well."""
    return f"{scale:.6g} 0 0 {scale:.6g} {_numbers(x, y)} cm {outline}"


class Operators:
    """Path operators of what a CairoPen draws. is_upward: the y that it is given runs upwards, as in fonts."""

    def __init__(self, *, is_upward: bool = False) -> None:
        self.sign = -1 if is_upward else 1
        self.written = ""

    def move_to(self, x: float, y: float) -> None:
        self.written += f"{_numbers(x, y * self.sign)} m "

    def line_to(self, x: float, y: float) -> None:
        self.written += f"{_numbers(x, y * self.sign)} l "

    def curve_to(self, x1: float, y1: float, x2: float, y2: float, x3: float, y3: float) -> None:
        self.written += f"{_numbers(x1, y1 * self.sign, x2, y2 * self.sign, x3, y3 * self.sign)} c "

    def close_path(self) -> None:
        self.written += "h "


@lru_cache(maxsize=64)
def qr_modules(address: str) -> tuple[tuple[int, ...], ...]:
    """The code's modules without the quiet zone, 1 for dark, row by row; as much error correction as its size holds."""
    return tuple(tuple(row) for row in segno.make(address, error="l", micro=False).matrix)


def qr_code(address: str, x: float, y: float, module: float) -> str:
    """The code's dark modules as lines to be stroked one module wide with flat ends, each row's neighbours as one."""
    paths = []
    for i, row in enumerate(qr_modules(address)):
        middle = y + (i + 0.5) * module
        start = 0
        for dark, group in groupby(row):
            end = start + len(list(group))
            if dark:
                paths.append(line(x + start * module, middle, x + end * module, middle))
            start = end
    return "".join(paths)
