"""Lines of text in a chart: broken here, so that none leaves its place; every text of people is escaped."""

from __future__ import annotations

from django.utils.html import escape

from reports.posters.ink import colours
from reports.typesetting import ems, wrap

FAMILY, DISPLAY_FAMILY = "Inter,'Noto Sans Arabic'", "Archivo,'Noto Sans Arabic'"


def lines_of(text: str, face: str, size: float, room: float, language: str, most: int) -> list[str]:
    """At most so many lines, none wider than there is room; the last one ends in an ellipsis where text is left out."""
    lines = [part for line in wrap(" ".join(text.split()), face, size, room, language).lines
             for part in _cut(line, face, room / size)]  # fmt: skip
    return lines if len(lines) <= most else [*lines[: most - 1], _ended(lines[most - 1], face, room / size)]


def _ended(line: str, face: str, room: float) -> str:
    """A line with an ellipsis, as much of it as fits."""
    line = line.rstrip("-")
    while line and ems(f"{line}…", face) > room:
        line = line[:-1]
    return f"{line}…"


def _cut(line: str, face: str, room: float) -> list[str]:
    """A line in pieces that fit, where a word had no place to break. room: in parts of the type size."""
    if ems(line, face) <= room:
        return [line]
    at = next(at for at in range(len(line), 0, -1) if at == 1 or ems(line[:at], face) <= room)
    return [line[:at], *(_cut(line[at:], face, room) if line[at:] else [])]


def text_at(
    x: float, y: float, words: str, size: float, family: str = FAMILY, weight: int = 400, anchor: str = "start",
    fill: str = "",
) -> str:  # fmt: skip
    """One line of text, escaped; x: where it starts, or its middle."""
    look = f'font-family="{family}" font-weight="{weight}" font-size="{size:g}" fill="{fill or colours()["ink"]}"'
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" {look}>{escape(words)}</text>'
