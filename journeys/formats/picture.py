"""The ladder picture as an SVG file of its own: title, stages, six levels, the curve, every moment by its name.

Everything is said in presentation attributes, so that the picture looks the same wherever it is put. Lengths: pixels.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from journeys.ladder import BAND_HEIGHT, HEIGHT, Bubble, Ladder, Point, draw_ladder
from journeys.plan import JourneyPlan

_INK, _SOFT, _LINE = "#1b2430", "#56606e", "#8a93a0"
_LEVELS = {1: "#9a3412", 2: "#e08a3c", 3: "#c9ced6", 4: "#8fc1e3", 5: "#3b86c4", 6: "#12508f"}
_BANDS = {1: "#f0e1dc", 2: "#faeee2", 3: "#f0f1f4", 4: "#eef6fb", 5: "#e2edf6", 6: "#dce5ee"}
_FONT = "Inter, 'Helvetica Neue', Arial, sans-serif"
_LEFT, _MARGIN, _TOP = 128, 24, 112
_NAMES_HEIGHT = 104
_NAME_LINES, _LETTER = 5, 6.6  # lines of a moment's name under the ladder; mean width of a letter at 12 px


def write_svg(plan: JourneyPlan) -> str:
    """The picture of a plan."""
    ladder = draw_ladder([_points(plan, place) for place in range(len(plan.stages))])
    width, height = _LEFT + max(ladder.width, 480) + _MARGIN, _TOP + HEIGHT + _NAMES_HEIGHT + _MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height}" viewBox="0 0 {width:g} {height}"'
    )
    body = (*_heading(plan), *_stage_names(plan, ladder), *_bands(ladder), *_curve(ladder), *_moments(ladder))
    lines = (f'{head} role="img" font-family="{_FONT}" fill="{_INK}">', f"<title>{_clean(plan.title)}</title>")
    return "\n".join((*lines, f'<rect width="{width:g}" height="{height}" fill="#ffffff"/>', *body, "</svg>")) + "\n"


def _points(plan: JourneyPlan, place: int) -> list[Point]:
    return [
        Point(number, moment.title, moment.level, moment.contacts_per_customer)
        for number, moment in enumerate(plan.stages[place].moments)
    ]


def _heading(plan: JourneyPlan) -> Iterator[str]:
    yield _text(_MARGIN, 44, _fit(plan.title, 46), size=24, weight=800)
    if plan.customer:
        yield _text(_MARGIN, 68, _fit(plan.customer, 80), size=14, fill=_SOFT)


def _stage_names(plan: JourneyPlan, ladder: Ladder) -> Iterator[str]:
    """Each name over its columns, with a line between two stages through the whole ladder."""
    place = 0
    for stage in plan.stages:
        columns = max(1, len(stage.moments))
        x, width = _LEFT + place * ladder.column_width, columns * ladder.column_width
        yield _text(x + 4, _TOP - 10, _fit(stage.title, width / 7.4), size=13, weight=700)
        place += columns


def _bands(ladder: Ladder) -> Iterator[str]:
    width = max(ladder.width, 480)
    for band in ladder.bands:
        y = _TOP + band.y
        yield _rect(_MARGIN, y, _LEFT - _MARGIN + width, BAND_HEIGHT, _BANDS[band.level])
        yield _rect(_MARGIN, y, 4, BAND_HEIGHT, _LEVELS[band.level])
        yield _text(_MARGIN + 12, y + BAND_HEIGHT / 2 + 4, f"{band.level} {band.name}", size=12)
    for x in (_LEFT + divider for divider in ladder.dividers):
        height = f'y1="{_TOP - 26}" y2="{_TOP + HEIGHT}"'
        yield f'<line x1="{x:g}" x2="{x:g}" {height} stroke="{_LINE}" stroke-dasharray="3 3"/>'


def _curve(ladder: Ladder) -> Iterator[str]:
    if ladder.path:
        place = f"translate({_LEFT} {_TOP})"
        yield f'<path d="{ladder.path}" transform="{place}" fill="none" stroke="{_INK}" stroke-width="2.5"/>'


def _moments(ladder: Ladder) -> Iterator[str]:
    for bubble in ladder.bubbles:
        yield from _bubble(bubble)
        lines = _wrap(bubble.title, int((ladder.column_width - 8) / _LETTER))
        for number, line in enumerate(lines):
            yield _text(_LEFT + bubble.x, _TOP + HEIGHT + 20 + number * 15, line, size=12, anchor="middle")


def _bubble(bubble: Bubble) -> Iterator[str]:
    x, y, level = _LEFT + bubble.x, _TOP + bubble.y, bubble.level
    fill, dash = (_LEVELS[level], "") if level else ("#ffffff", ' stroke-dasharray="3 2"')
    place = f'cx="{x:g}" cy="{y:g}" r="{bubble.radius:g}"'
    yield f'<circle {place} fill="{fill}" stroke="{_INK}" stroke-width="1.5"{dash}/>'
    color = "#ffffff" if level in {1, 6} else _INK
    yield _text(x, y + 4.5, str(level or "?"), size=13, weight=700, fill=color, anchor="middle")


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'


def _text(
    x: float, y: float, text: str, *, size: int, weight: int = 400, fill: str = _INK, anchor: str = "start"
) -> str:
    place = f'x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}"'
    return f'<text {place} fill={quoteattr(fill)} text-anchor="{anchor}">{_clean(text)}</text>'


def _wrap(title: str, letters: int) -> Sequence[str]:
    """The title in lines of at most so many letters, the last one cut."""
    lines, line = [], ""
    for word in title.split():
        pieces = [word[start : start + letters] for start in range(0, len(word), letters)]
        for piece in pieces:
            if line and len(line) + 1 + len(piece) > letters:
                lines.append(line)
                line = piece
            else:
                line = f"{line} {piece}".strip()
    lines = [*lines, line]
    return (
        lines if len(lines) <= _NAME_LINES else [*lines[: _NAME_LINES - 1], _fit(lines[_NAME_LINES - 1] + "…", letters)]
    )


def _fit(text: str, letters: float) -> str:
    text = " ".join(text.split())
    return text if len(text) <= letters else f"{text[: max(1, int(letters) - 1)].rstrip()}…"


def _clean(text: str) -> str:
    """Escaped, and without the characters that XML cannot hold."""
    kept = (letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cs"} or letter in "\t\n")
    return escape("".join(letter for letter in kept if ord(letter) & 0xFFFE != 0xFFFE))
