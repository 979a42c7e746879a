"""The ladder picture as an SVG file of its own.

Everything is said in presentation attributes, so that the picture looks the same wherever it is put.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from journeys.curve import smooth_path
from journeys.formats.picture_shapes import (
    INK,
    Circle,
    Curve,
    Diamond,
    Divider,
    Frame,
    Picture,
    Rect,
    Shape,
    Text,
    picture_of,
)
from journeys.plan import JourneyPlan

_FONT = "Inter, 'Helvetica Neue', Arial, sans-serif"


def write_svg(plan: JourneyPlan) -> str:
    """The picture of a plan."""
    return svg_of(picture_of(plan))


def svg_of(picture: Picture) -> str:
    """Any picture as a file that needs no other."""
    size = f'width="{picture.width:g}" height="{picture.height:g}" viewBox="0 0 {picture.width:g} {picture.height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{_FONT}" fill="{INK}">'
    background = Rect(0, 0, picture.width, picture.height, "#ffffff")
    body = (_element(shape) for shape in (background, *picture.shapes))
    return "\n".join((head, f"<title>{escape(picture.title)}</title>", *body, "</svg>")) + "\n"


def _element(shape: Shape) -> str:
    match shape:
        case Rect(x, y, width, height, fill):
            return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'
        case Divider(x, top, bottom, color):
            place = f'x1="{x:g}" x2="{x:g}" y1="{top:g}" y2="{bottom:g}"'
            return f'<line {place} stroke="{color}" stroke-dasharray="3 3"/>'
        case Curve(points, width, is_dashed):
            dash = ' stroke-dasharray="8 6"' if is_dashed else ""
            return f'<path d="{smooth_path(points)}" fill="none" stroke="{INK}" stroke-width="{width:g}"{dash}/>'
        case Diamond(x, y, half, fill, width):
            corners = f"M{x:g},{y - half:g}L{x + half:g},{y:g}L{x:g},{y + half:g}L{x - half:g},{y:g}Z"
            return f'<path d="{corners}" fill="{fill}" stroke="{INK}" stroke-width="{width:g}"/>'
        case Frame(x, y, width, height, color, line):
            place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
            return f'<rect {place} fill="none" stroke="{color}" stroke-width="{line:g}"/>'
        case Circle():
            return _circle(shape)
        case Text():
            return _text(shape)


def _circle(circle: Circle) -> str:
    dash = ' stroke-dasharray="3 2"' if circle.is_dashed else ""
    place = f'cx="{circle.x:g}" cy="{circle.y:g}" r="{circle.radius:g}"'
    return f'<circle {place} fill="{circle.fill}" stroke="{INK}" stroke-width="{circle.line_width:g}"{dash}/>'


def _text(text: Text) -> str:
    place = f'x="{text.x:g}" y="{text.y:g}" font-size="{text.size}" font-weight="{text.weight}"'
    anchor = "middle" if text.is_centred else "start"
    return f'<text {place} fill="{text.fill}" text-anchor="{anchor}">{escape(text.text)}</text>'
