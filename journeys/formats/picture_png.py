"""The ladder picture as PNG: the same shapes as the SVG, painted.

Round things are painted four times as large and brought down, which smooths their edges; letters are smooth already.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from math import ceil, pi, sqrt

from PIL import Image, ImageDraw

from journeys.curve import Point, Segment, curve_segments
from journeys.formats.picture_fonts import font_for
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

SCALE = 2.0  # pixels of the file for one of the picture, where it stays within PIXELS_MAX
PIXELS_MAX = 12_000_000
_PACKING = 3  # of zlib: 6, the usual, takes twice as long for a tenth less
_EMS_A_LETTER = 1.5  # no usual one is wider
_FINER = 4
_STEPS = 24  # straight pieces between two moments
_DASH_STEPS = 3  # of them, as long as one dash of a dashed curve and as its gap
_DASH = 5.0  # the length of one dash around a circle with the gap behind it


def write_png(plan: JourneyPlan) -> bytes:
    """The picture of a plan."""
    return png_of(picture_of(plan))


def png_of(picture: Picture) -> bytes:
    """Any picture, at most PIXELS_MAX large; smaller than SCALE where it would be larger."""
    scale = min(SCALE, sqrt(PIXELS_MAX / (picture.width * picture.height)))
    image = Image.new("RGB", (int(picture.width * scale), int(picture.height * scale)), "#ffffff")
    letters = _Letters(scale)
    for shape in picture.shapes:
        _paint(image, shape, scale, letters)
    content = io.BytesIO()
    image.save(content, "PNG", dpi=(96 * scale, 96 * scale), compress_level=_PACKING)
    return content.getvalue()


class _Letters:
    """Texts of one picture, each painted once: figures and the names of views stand in it hundreds of times."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.known: dict[tuple[str, int, float, bool], tuple[Image.Image, int, int] | None] = {}

    def paint(self, image: Image.Image, text: Text) -> None:
        key = (text.text, text.weight, text.size, text.is_centred)
        if key not in self.known:
            self.known[key] = self._painted(text)
        if painted := self.known[key]:
            mask, left, top = painted
            image.paste(text.fill, (round(text.x * self.scale) + left, round(text.y * self.scale) + top), mask)

    def _painted(self, text: Text) -> tuple[Image.Image, int, int] | None:
        """Its coverage, and where that begins, seen from its place; None where there is nothing to be seen."""
        size = text.size * self.scale
        font = font_for(text.text, text.weight, size)
        reach, up = ceil(size * (len(text.text) * _EMS_A_LETTER + 2)), ceil(size * 2)
        mask = Image.new("L", (2 * reach, 2 * up), 0)
        ImageDraw.Draw(mask).text((reach, up), text.text, fill=255, font=font, anchor="ms" if text.is_centred else "ls")
        seen = mask.getbbox()
        return (mask.crop(seen), seen[0] - reach, seen[1] - up) if seen else None


def _paint(image: Image.Image, shape: Shape, scale: float, letters: _Letters) -> None:
    draw = ImageDraw.Draw(image)
    match shape:
        case Rect(x, y, width, height, fill):
            _fill(draw, x * scale, y * scale, (x + width) * scale, (y + height) * scale, fill)
        case Divider(x, top, bottom, color):
            for dash in range(int(top), int(bottom), 6):
                end = min(dash + 3, bottom)
                _fill(draw, (x - 0.5) * scale, dash * scale, (x + 0.5) * scale, end * scale, color)
        case Text():
            letters.paint(image, shape)
        case Circle():
            _paint_circle(image, shape, scale)
        case Curve():
            _paint_curve(image, shape, scale)
        case Diamond():
            _paint_diamond(image, shape, scale)
        case Frame(x, y, width, height, color, line):
            half = line / 2
            for left, top, right, bottom in (
                (x - half, y - half, x + width + half, y + half),
                (x - half, y + height - half, x + width + half, y + height + half),
                (x - half, y - half, x + half, y + height + half),
                (x + width - half, y - half, x + width + half, y + height + half),
            ):
                _fill(draw, left * scale, top * scale, right * scale, bottom * scale, color)


def _fill(draw: ImageDraw.ImageDraw, left: float, top: float, right: float, bottom: float, color: str) -> None:
    """A rectangle up to, and not with, its right and lower edge; at least one pixel each way."""
    x, y = round(left), round(top)
    draw.rectangle((x, y, max(x, round(right) - 1), max(y, round(bottom) - 1)), fill=color)


def _paint_diamond(image: Image.Image, diamond: Diamond, scale: float) -> None:
    outer = (diamond.half + diamond.line_width) * scale
    left, top, side = int(diamond.x * scale - outer) - 1, int(diamond.y * scale - outer) - 1, int(2 * outer) + 4
    area = (left, top, left + side, top + side)
    fine = image.crop(area).resize((side * _FINER, side * _FINER), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(fine)
    x, y = (diamond.x * scale - left) * _FINER, (diamond.y * scale - top) * _FINER
    for half, fill in (
        (diamond.half + diamond.line_width * 0.7, INK),
        (diamond.half - diamond.line_width * 0.7, diamond.fill),
    ):
        reach = half * scale * _FINER
        draw.polygon([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)], fill=fill)
    image.paste(fine.resize((side, side), Image.Resampling.BOX), area)


def _paint_circle(image: Image.Image, circle: Circle, scale: float) -> None:
    outer = (circle.radius + circle.line_width / 2) * scale
    left, top = int(circle.x * scale - outer) - 1, int(circle.y * scale - outer) - 1
    side = int(2 * outer) + 4
    area = (left, top, left + side, top + side)
    fine = image.crop(area).resize((side * _FINER, side * _FINER), Image.Resampling.NEAREST)
    x, y = (circle.x * scale - left) * _FINER, (circle.y * scale - top) * _FINER
    _paint_ring(ImageDraw.Draw(fine), x, y, circle, scale * _FINER)
    image.paste(fine.resize((side, side), Image.Resampling.BOX), area)


def _paint_ring(draw: ImageDraw.ImageDraw, x: float, y: float, circle: Circle, scale: float) -> None:
    half = circle.line_width / 2
    inner, outer = (circle.radius - half) * scale, (circle.radius + half) * scale
    box = (x - outer, y - outer, x + outer, y + outer)
    if not circle.is_dashed:
        draw.ellipse(box, fill=INK)
        draw.ellipse((x - inner, y - inner, x + inner, y + inner), fill=circle.fill)
        return
    radius, angle = circle.radius * scale, 360 / round(2 * pi * circle.radius / _DASH)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=circle.fill)
    for dash in range(round(360 / angle)):
        draw.arc(box, dash * angle, (dash + 0.6) * angle, fill=INK, width=round(circle.line_width * scale))


def _paint_curve(image: Image.Image, curve: Curve, scale: float) -> None:
    """Piece by piece, so that a long journey takes no more memory than a short one."""
    for points in _pieces(curve):
        margin = curve.width
        left, top = min(x for x, _ in points) - margin, min(y for _, y in points) - margin
        right, bottom = max(x for x, _ in points) + margin, max(y for _, y in points) + margin
        area = int(left * scale), int(top * scale), int(right * scale) + 2, int(bottom * scale) + 2
        _paint_piece(image, points, area, curve.width, scale)


def _pieces(curve: Curve) -> Iterator[list[Point]]:
    """Points to be joined: one piece between two moments; of a dashed curve every other eight steps of it."""
    for segment in curve_segments(curve.points):
        points = [_point_at(segment, step / _STEPS) for step in range(_STEPS + 1)]
        dashes = range(0, _STEPS, 2 * _DASH_STEPS) if curve.is_dashed else ()
        yield from (points[start : start + _DASH_STEPS + 1] for start in dashes)
        if not curve.is_dashed:
            yield points


def _paint_piece(
    image: Image.Image, points: Sequence[Point], area: tuple[int, int, int, int], width: float, scale: float
) -> None:
    """A line through points. area: the pixels that it may touch: left, top, right, bottom."""
    size = (area[2] - area[0], area[3] - area[1])
    mask = Image.new("L", (size[0] * _FINER, size[1] * _FINER), 0)
    draw = ImageDraw.Draw(mask)
    placed = [((x * scale - area[0]) * _FINER, (y * scale - area[1]) * _FINER) for x, y in points]
    draw.line(placed, fill=255, width=round(width * scale * _FINER))
    radius = width * scale * _FINER / 2
    for x, y in (placed[0], placed[-1]):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    image.paste(INK, area, mask.resize(size, Image.Resampling.BOX))


def _point_at(segment: Segment, share: float) -> Point:
    """A point of a cubic. share: of the way, 0 to 1."""
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    return (
        sum(weight * point[0] for weight, point in zip(weights, segment, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, segment, strict=True)),
    )
