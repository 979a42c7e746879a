"""What a poster is made of: texts with a place, in reading order, and one drawing under them. Points throughout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from reports.typesetting import REGULAR, width_of


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look; style is a class of static/css/poster.css or empty."""

    text: str
    style: str = ""
    face: str = REGULAR


Line = tuple[Run, ...]


def width_of_line(line: Line, size: float) -> float:
    return sum(width_of(run.text, run.face, size) for run in line)


def plain_lines(lines: Iterable[str], face: str = REGULAR) -> tuple[Line, ...]:
    return tuple((Run(line, face=face),) for line in lines)


@dataclass(frozen=True, slots=True)
class Text:
    """A block of finished lines. x: its left edge, or its right one where it is set to the right; y: its top."""

    tag: str
    x: float
    y: float
    size: float
    pitch: float
    lines: tuple[Line, ...]
    style: str = ""
    is_set_right: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a shape is painted; empty means not at all. dash: lengths of line and gap; is_flat: lines end square.

    is_text: the width is told in parts of a figure's type.
    """

    fill: str = ""
    stroke: str = ""
    width: float = 0
    dash: str = ""
    is_flat: bool = False
    is_text: bool = False


@dataclass(slots=True)
class Drawing:
    """PDF operators by layer and look. Shapes of one look merge to one path; a higher layer covers a lower one.

    stamps: shapes in units of their own, each painted for itself; a look's width is told in these units.
    """

    shapes: dict[tuple[int, Look], list[str]] = field(default_factory=lambda: defaultdict(list))
    stamps: dict[tuple[int, Look], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, layer: int, look: Look, path: str) -> None:
        self.shapes[layer, look].append(path)

    def stamp(self, layer: int, look: Look, shape: str) -> None:
        self.stamps[layer, look].append(shape)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its name among the document's, at its place, in points. alternative: its words, for a photo."""

    name: str
    x: float
    y: float
    width: float
    height: float
    alternative: str = ""


@dataclass(slots=True)
class Page:
    """One poster, ready to be written. alternative: the drawing in words; placed: operators under the drawing.

    logos: drawn over everything, read out by their words, or else as the organisation's name.
    """

    width: float
    height: float
    texts: list[Text] = field(default_factory=list)
    drawing: Drawing = field(default_factory=Drawing)
    alternative: str = ""
    placed: str = ""
    logos: list[Picture] = field(default_factory=list)

    def write(
        self, tag: str, x: float, y: float, size: float, pitch: float, lines: tuple[Line, ...], style: str = ""
    ) -> None:
        """Adds a block of lines, where there is any, that begins at x."""
        if lines:
            self.texts.append(Text(tag, x, y, size, pitch, lines, style))

    def write_right(
        self, tag: str, x: float, y: float, size: float, pitch: float, lines: tuple[Line, ...], style: str = ""
    ) -> None:
        """Adds a block of lines that ends at x."""
        self.texts.append(Text(tag, x, y, size, pitch, lines, style, is_set_right=True))
