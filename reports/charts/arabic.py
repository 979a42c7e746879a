"""Arabic words of a picture, set by the page above it: the renderer draws an SVG's letters one by one, unjoined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
TEXT = re.compile(
    r'<text x="([-\d.]+)" y="([-\d.]+)" text-anchor="(\w+)" font-family="([^"]*)" font-weight="(\d+)" '
    r'font-size="([\d.]+)" fill="([^"]*)">([^<]*)</text>'
)
MOVED = re.compile(r'<g transform="translate\(([\d.]+),([\d.]+)\)">')
BASELINE = 0.864  # of the type size, below the top of a line as high as its type; of Inter
REACH = 80.0  # half of the room that a centred label is given


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place of a picture. style: of its own element; words: escaped."""

    style: str
    words: SafeString


def lift_arabic(svg: str, scale: float) -> tuple[str, list[Label]]:
    """The picture without its Arabic words, and these; scale: pixels of the page for each of the picture."""
    group, end = MOVED.search(svg), svg.find("</g>")
    found = [text for text in TEXT.finditer(svg) if ARABIC.search(text[8])]
    labels = []
    for text in found:
        is_moved = group is not None and group.start() < text.start() < end
        offset = (float(group[1]), float(group[2])) if group and is_moved else (0.0, 0.0)
        labels.append(_label(text, offset, scale))
    for text in found:
        svg = svg.replace(text[0], "", 1)
    return svg, labels


def _label(text: re.Match[str], offset: tuple[float, float], scale: float) -> Label:
    size = float(text[6])
    x, y = float(text[1]) + offset[0], float(text[2]) + offset[1] - BASELINE * size
    is_centred = text[3] == "middle"
    left, width = (x - REACH, 2 * REACH) if is_centred else (x, 0)
    style = (
        f"left: {left * scale:.2f}px; top: {y * scale:.2f}px; font-size: {size * scale:.2f}px; "
        f"font-weight: {text[5]}; color: {text[7]}; "
        + (f"width: {width * scale:.2f}px; text-align: center" if is_centred else "text-align: left")
    )
    return Label(style, mark_safe(text[8]))  # noqa: S308  # escaped when the picture was written
