"""SVG path data of the poster's shapes: circles, badges, icons, figures in circles, the QR code. Points throughout."""

from __future__ import annotations

from functools import cache, lru_cache

import segno
from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import SVGPath

from journeys.icons import icon_shapes
from reports.typesetting import open_face, width_of

ICON_BOX = 24


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
    glyphs = open_face(face).getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[open_face(face).getBestCmap()[ord(letter)]].draw(pen)
    return pen


def _drawn(recording: RecordingPen, transform: Transform) -> str:
    pen = SVGPathPen(None, ntos=number)
    recording.replay(TransformPen(pen, transform))
    return str(pen.getCommands())


@lru_cache(maxsize=64)
def qr_modules(address: str) -> tuple[tuple[int, ...], ...]:
    """The code's dark and light modules without the quiet zone, 1 and 0, row by row."""
    return tuple(tuple(row) for row in segno.make(address, error="m", micro=False).matrix)


def qr_code(address: str, x: float, y: float, module: float) -> str:
    """The code's dark modules, each row's neighbours as one rectangle."""
    paths = []
    for i, row in enumerate(qr_modules(address)):
        start = None
        for j, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = j
            elif not dark and start is not None:
                paths.append(rectangle(x + start * module, y + i * module, (j - start) * module, module))
                start = None
    return "".join(paths)
