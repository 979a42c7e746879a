"""Fonts for pictures that we paint ourselves: the house's Inter, and the machine's own where Inter lacks a letter."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont, TTLibError
from PIL import ImageFont

_FOLDER = Path(settings.BASE_DIR) / "static" / "fonts"
_SECONDS_MAX = 5
_BLOCK = 0xFF  # neighbours of so many characters are taken to be in the same font
_ASKED_MAX = 2  # blocks of one text for which the machine is asked, since each question starts a program
_SPARED = frozenset(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\t\n "))  # drawn as nothing


def font_for(text: str, weight: int, size: float) -> ImageFont.FreeTypeFont:
    """A font of `size` pixels that has the letters of a text, as far as one is known."""
    house = _FOLDER / ("inter-bold.woff2" if weight > 400 else "inter-regular.woff2")
    lacking = set(map(ord, text)) - _letters_of(house) - _SPARED
    asked = sorted({character & ~_BLOCK: character for character in sorted(lacking)}.values())[:_ASKED_MAX]
    others = (_other_font(character & ~_BLOCK, character, weight > 400) for character in asked)
    return _font(next(filter(None, others), house), round(size, 2))


@lru_cache(maxsize=64)
def _font(path: Path, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=16)
def _letters_of(path: Path) -> frozenset[int]:
    """The characters that a font has; none where it can't be read or painted in any size."""
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or ()) if {"glyf", "CFF ", "CFF2"} & set(font.keys()) else frozenset()
    except (TTLibError, OSError):
        return frozenset()


_known: dict[tuple[int, bool], Path | None] = {}


def _other_font(block: int, character: int, is_bold: bool) -> Path | None:
    """A font of this machine that has the character; asked for once a block of characters."""
    if (block, is_bold) not in _known:
        _known[block, is_bold] = _ask_machine(character, is_bold)
    path = _known[block, is_bold]
    return path if path and character in _letters_of(path) else None


def _ask_machine(character: int, is_bold: bool) -> Path | None:
    """fc-match comes with what draws the posters; where it is missing, nothing is found."""
    program = shutil.which("fc-match")
    if program is None:
        return None
    asked = f"sans-serif:charset={character:x}:scalable=true:color=false" + (":weight=200" if is_bold else "")
    try:
        run = subprocess.run(  # noqa: S603  # our own words and a number
            [program, "-f", "%{file}", asked], capture_output=True, text=True, timeout=_SECONDS_MAX, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    path = Path(run.stdout)
    return path if run.stdout and path.is_file() else None
