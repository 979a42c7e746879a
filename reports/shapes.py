"""SVG path data of the poster's shapes: circles, badges, icons, figures in circles, the QR code. Points throughout."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import groupby

import segno
from fontTools.misc.transform import Transform
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import SVGPath

from journeys.icons import icon_shapes
from reports.typesetting import open_face, width_of

ICON_BOX = 24
OUTLINE_ERROR = 0.005  # of the type size: less than a tenth of a point at 14


def number(value: float) -> str:
    """At most two decimals, no trailing zero."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")


def rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"M{number(x)},{number(y)}h{number(width)}v{number(height)}h{number(-width)}z"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"M{number(x0)},{number(y0)}L{number(x1)},{number(y1)}"


def circle(x: float, y: float, radius: float) -> str:
    r, across = number(radius), number(2 * radius)
    return f"M{number(x - radius)},{number(y)}a{r},{r} 0 1 0 {across},0a{r},{r} 0 1 0 -{across},0z"


def badge(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A rectangle with round corners."""
    r, across, down = number(radius), number(width - 2 * radius), number(height - 2 * radius)
    corners = (f"{r},{r}", f"-{r},{r}", f"-{r},-{r}", f"{r},-{r}")
    arcs = [f"a{r},{r} 0 0 1 {corner}" for corner in corners]
    return f"M{number(x + radius)},{number(y)}h{across}{arcs[0]}v{down}{arcs[1]}h-{across}{arcs[2]}v-{down}{arcs[3]}z"


def icon(name: str, x: float, y: float, side: float) -> str:
    """A house icon in a square of that side, to be stroked with round ends. FileNotFoundError: no such icon."""
    scale = side / ICON_BOX
    return _drawn(_icon(name), Transform(scale, 0, 0, scale, x, y))


@cache
def _icon(name: str) -> RecordingPen:
    pen = RecordingPen()
    shapes = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{icon_shapes(name)}</svg>'
    SVGPath.fromstring(shapes.encode()).draw(pen)
    return pen


def figure(text: str, face: str, x: float, y: float, size: float) -> str:
    """The outline of a short number, centred on a point; for places where the number is also told in words."""
    font = open_face(face)
    scale = size / font["head"].unitsPerEm
    left, baseline = x - width_of(text, face, size) / 2, y + scale * font["OS/2"].sCapHeight / 2
    paths = []
    for letter in text:
        paths.append(_drawn(_glyph(letter, face), Transform(scale, 0, 0, -scale, left, baseline)))
        left += width_of(letter, face, size)
    return "".join(paths)


@cache
def _glyph(letter: str, face: str) -> RecordingPen:
    """A letter's outline in font units, in as few cubic curves as show no difference: each costs time to paint."""
    glyphs, units = open_face(face).getGlyphSet(), open_face(face)["head"].unitsPerEm
    outline, pen = DecomposingRecordingPen(glyphs), RecordingPen()
    glyphs[open_face(face).getBestCmap()[ord(letter)]].draw(outline)
    outline.replay(Qu2CuPen(pen, max_err=units * OUTLINE_ERROR, all_cubic=True))
    return pen


def _drawn(recording: RecordingPen, transform: Transform) -> str:
    pen = SVGPathPen(None, ntos=number)
    recording.replay(TransformPen(pen, transform))
    return str(pen.getCommands())


@lru_cache(maxsize=64)
def qr_modules(address: str) -> tuple[tuple[int, ...], ...]:
    """The code's modules without the quiet zone, 1 for dark, row by row; as much error correction as its size holds."""
    return tuple(tuple(row) for row in segno.make(address, error="l", micro=False).matrix)


def qr_code(address: str, x: float, y: float, module: float) -> str:
    """The code's dark modules as lines to be stroked one module wide with flat ends, each row's neighbours as one."""
    paths = []
    for i, row in enumerate(qr_modules(address)):
        middle = number(y + (i + 0.5) * module)
        start = 0
        for dark, group in groupby(row):
            end = start + len(list(group))
            if dark:
                paths.append(f"M{number(x + start * module)},{middle}H{number(x + end * module)}")
            start = end
    return "".join(paths)
