"""The ladder picture as shapes, for every file that it is written to. Lengths: pixels, from the upper left corner."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journeys.ladder import BAND_HEIGHT, HEIGHT, Bubble, Ladder, Point, draw_ladder
from journeys.plan import JourneyPlan

INK = "#1b2430"
SOFT, LINE = "#56606e", "#8a93a0"
LEVELS = {1: "#9a3412", 2: "#e08a3c", 3: "#c9ced6", 4: "#8fc1e3", 5: "#3b86c4", 6: "#12508f"}
BANDS = {1: "#f0e1dc", 2: "#faeee2", 3: "#f0f1f4", 4: "#eef6fb", 5: "#e2edf6", 6: "#dce5ee"}
LEFT, MARGIN, _TOP = 128, 24, 112
WIDTH_MIN = 480
_NAMES_HEIGHT = 104
NAME_LINES, LETTER = 5, 6.6  # lines of a moment's name under the ladder; mean width of a letter at 12 px


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. y: its baseline; is_centred: around x, else from x on."""

    x: float
    y: float
    text: str
    size: int
    weight: int = 400
    fill: str = INK
    is_centred: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    """A thin upright line, three pixels drawn and three left out."""

    x: float
    top: float
    bottom: float
    color: str = LINE


@dataclass(frozen=True, slots=True)
class Curve:
    """The smooth curve through points (journeys.curve)."""

    points: tuple[tuple[float, float], ...]
    width: float = 2.5
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """A filled circle with a line around it."""

    x: float
    y: float
    radius: float
    fill: str
    is_dashed: bool
    line_width: float = 1.5


@dataclass(frozen=True, slots=True)
class Diamond:
    """A filled square that stands on a corner, with a line around it. half: from its middle to a corner."""

    x: float
    y: float
    half: float
    fill: str
    line_width: float = 1.5


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of lines alone."""

    x: float
    y: float
    width: float
    height: float
    color: str
    line_width: float = 3


Shape = Rect | Text | Divider | Curve | Circle | Diamond | Frame


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it, to be drawn in order on white."""

    title: str
    width: float
    height: float
    shapes: tuple[Shape, ...]


def picture_of(plan: JourneyPlan) -> Picture:
    """Title, stages, six levels, the curve, every moment by its name."""
    ladder = draw_ladder([_points(plan, place) for place in range(len(plan.stages))])
    width, height = LEFT + max(ladder.width, WIDTH_MIN) + MARGIN, _TOP + HEIGHT + _NAMES_HEIGHT + MARGIN
    shapes = (*_heading(plan), *_stage_names(plan, ladder), *_bands(ladder), *_curve(ladder), *_moments(ladder))
    return Picture(clean(plan.title), width, height, shapes)


def _points(plan: JourneyPlan, place: int) -> list[Point]:
    return [
        Point(number, moment.title, moment.level, moment.contacts_per_customer)
        for number, moment in enumerate(plan.stages[place].moments)
    ]


def _heading(plan: JourneyPlan) -> Iterator[Shape]:
    yield Text(MARGIN, 44, fit(plan.title, 46), size=24, weight=800)
    if plan.customer:
        yield Text(MARGIN, 68, fit(plan.customer, 80), size=14, fill=SOFT)


def _stage_names(plan: JourneyPlan, ladder: Ladder) -> Iterator[Shape]:
    """Each name over its columns."""
    place = 0
    for stage in plan.stages:
        columns = max(1, len(stage.moments))
        x, width = LEFT + place * ladder.column_width, columns * ladder.column_width
        yield Text(x + 4, _TOP - 10, fit(stage.title, width / 7.4), size=13, weight=700)
        place += columns


def _bands(ladder: Ladder) -> Iterator[Shape]:
    """The levels, and a line between two stages through all of them."""
    width = max(ladder.width, WIDTH_MIN)
    for band in ladder.bands:
        y = _TOP + band.y
        yield Rect(MARGIN, y, LEFT - MARGIN + width, BAND_HEIGHT, BANDS[band.level])
        yield Rect(MARGIN, y, 4, BAND_HEIGHT, LEVELS[band.level])
        yield Text(MARGIN + 12, y + BAND_HEIGHT / 2 + 4, f"{band.level} {band.name}", size=12)
    for x in ladder.dividers:
        yield Divider(LEFT + x, _TOP - 26, _TOP + HEIGHT)


def _curve(ladder: Ladder) -> Iterator[Shape]:
    judged = [place for place, bubble in enumerate(ladder.bubbles) if bubble.level]
    if len(judged) > 1:
        inner = ladder.bubbles[judged[0] : judged[-1] + 1]
        yield Curve(tuple((LEFT + bubble.x, _TOP + bubble.y) for bubble in inner))


def _moments(ladder: Ladder) -> Iterator[Shape]:
    for bubble in ladder.bubbles:
        yield from _bubble(bubble)
        lines = wrap(clean(bubble.title), int((ladder.column_width - 8) / LETTER))
        for number, line in enumerate(lines):
            yield Text(LEFT + bubble.x, _TOP + HEIGHT + 20 + number * 15, line, size=12, is_centred=True)


def _bubble(bubble: Bubble) -> Iterator[Shape]:
    x, y, level = LEFT + bubble.x, _TOP + bubble.y, bubble.level
    yield Circle(x, y, bubble.radius, LEVELS[level] if level else "#ffffff", is_dashed=not level)
    color = "#ffffff" if level in {1, 6} else INK
    yield Text(x, y + 4.5, str(level or "?"), size=13, weight=700, fill=color, is_centred=True)


def wrap(title: str, letters: int) -> Sequence[str]:
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
    return lines if len(lines) <= NAME_LINES else [*lines[: NAME_LINES - 1], fit(lines[NAME_LINES - 1] + "…", letters)]


def fit(text: str, letters: float) -> str:
    """The text in one line of at most so many letters."""
    text = " ".join(clean(text).split())
    return text if len(text) <= letters else f"{text[: max(1, int(letters) - 1)].rstrip()}…"


def clean(text: str) -> str:
    """Without the characters that XML cannot hold and no font can draw."""
    kept = (letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cs"} or letter in "\t\n")
    return "".join(letter for letter in kept if ord(letter) & 0xFFFE != 0xFFFE)
