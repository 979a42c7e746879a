"""A program that turns whatever was uploaded as a logo into safe pixels: a PNG on white, without anything else in it.

    python -m reports.logo_program < upload > logo.png

It knows neither the settings nor the database, reaches no network, writes no file and reads only libraries,
and ends itself after a few seconds of work. Where it refuses, it writes the reason's name and leaves with 1.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from io import BytesIO
from typing import Any, NoReturn
from xml.parsers import expat

from jobs.picture_program import Refused, answer, limit, raster

UPLOAD_BYTES_MAX = 2_000_000
PIXELS_MAX = 10_000_000
SIDE_LEAST = 48  # pixels of the longer side
LOGO_BYTES_MAX = 75_000
WIDTH_MAX, HEIGHT_MAX = 1200, 400
DEPTH_MAX, ELEMENTS_MAX = 100, 20_000
CANVAS_POINTS, CANVAS_PIXELS = 600, 1600  # an SVG is drawn into a square of these sides
INK_LEAST = 12  # of 255: what differs less from white is paper
SHRINK = 0.8
CPU_SECONDS = 5


def clean(content: bytes) -> bytes:
    """The PNG. Raises Refused."""
    if len(content) > UPLOAD_BYTES_MAX:
        raise Refused("large")
    is_picture = content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))
    return _encoded(_trimmed(_raster(content) if is_picture else _drawn(content)))


def _raster(content: bytes) -> Any:
    """The picture in a PNG or JPEG, upright, on white."""
    return _on_white(raster(content, PIXELS_MAX))


def _on_white(picture: Any) -> Any:
    from PIL import Image

    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.point(lambda value: value / 256).convert("L")
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(paper, seen).convert("RGB")


def _drawn(content: bytes) -> Any:
    """An SVG drawn on white by the PDF engine, which fetches nothing, and PDFium."""
    _check_svg(content)
    from jobs.page_picture import pixels_of
    from reports import pdf

    _refuse_files()
    try:
        page = pdf.write_picture(content, CANVAS_POINTS)
    except pdf.RefusedAddress:
        raise Refused("outside") from None
    return pixels_of(page, CANVAS_PIXELS)


def _check_svg(content: bytes) -> None:
    """Refuse what is no SVG, names entities, or is nested deeper than any drawing; without building a tree."""
    parser, depth, count = expat.ParserCreate(), 0, 0

    def begin(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, count
        if not count and name.rpartition(":")[2] != "svg":
            raise Refused("unreadable")
        depth, count = depth + 1, count + 1
        if depth > DEPTH_MAX or count > ELEMENTS_MAX:
            raise Refused("complex")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse_entity(*_declaration: Any) -> NoReturn:
        raise Refused("entities")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.EntityDeclHandler = refuse_entity
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Refused("unreadable") from None


def _trimmed(picture: Any) -> Any:
    """Without the paper around it, no larger than any sheet needs it."""
    from PIL import Image, ImageChops

    difference = ImageChops.difference(picture, Image.new("RGB", picture.size, "white"))
    box = difference.convert("L").point(lambda value: 255 if value > INK_LEAST else 0).getbbox()
    if box is None:
        raise Refused("white")
    logo = picture.crop(box)
    if max(logo.size) < SIDE_LEAST:
        raise Refused("small")
    logo.thumbnail((WIDTH_MAX, HEIGHT_MAX), Image.Resampling.LANCZOS)
    return logo


def _encoded(logo: Any) -> bytes:
    """As a PNG of bounded size: with all its colours, or else with 256, or else smaller."""
    while True:
        for each in (logo, logo.quantize(256)):
            each.save(out := BytesIO(), "PNG", optimize=True)
            if len(out.getvalue()) <= LOGO_BYTES_MAX:
                return out.getvalue()
        logo = logo.resize((max(1, round(logo.width * SHRINK)), max(1, round(logo.height * SHRINK))))


def _limit() -> None:
    limit(CPU_SECONDS)


def _refuse_files() -> None:
    """From here on Python opens nothing but the libraries' own files, to read."""
    roots = tuple(os.path.realpath(path) + os.sep for path in sysconfig.get_paths().values())

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if arguments[2] & (os.O_WRONLY | os.O_RDWR) or not path.startswith(roots):
                raise PermissionError("a logo opens no files")
        if event in ("subprocess.Popen", "os.exec", "os.system", "os.posix_spawn", "os.fork"):
            raise PermissionError("a logo starts nothing")

    sys.addaudithook(refuse)


def main() -> int:
    """From standard input to standard output."""
    _limit()
    return answer(clean, UPLOAD_BYTES_MAX)


if __name__ == "__main__":
    sys.exit(main())
