"""The direction of people's texts, said outright: the renderer knows left and right, but not `auto`."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

AUTO = re.compile(r' dir="auto"([^<>]*)>([^<]*)')
RIGHT_TO_LEFT, LEFT_TO_RIGHT = ("R", "AL"), ("L",)


def with_directions(html: str) -> str:
    """Each dir="auto" replaced by the direction of the text that begins there; by none where it says nothing of it."""
    return AUTO.sub(_with_direction, html)


def _with_direction(found: re.Match[str]) -> str:
    direction = direction_of(unescape(found[2]))
    said = f' dir="{direction}"' if direction else ""
    return f"{said}{found[1]}>{found[2]}"


def direction_of(text: str) -> str:
    """That of the first letter which has one; empty where none has."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in RIGHT_TO_LEFT:
            return "rtl"
        if kind in LEFT_TO_RIGHT:
            return "ltr"
    return ""
