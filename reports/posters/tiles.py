"""How a poster is split on smaller sheets: equal parts that overlap, with room for marks around each. Millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from reports.sizes import SIZES, TILE_SHEETS, Size

PRINTER_MARGIN, OVERLAP = 5.0, 10.0
MARKS = 4.0  # around the part, for cut marks
FOOT = 12.0  # below that, for the ruler and what the sheet says of itself
RULER = 100.0
SMALLER = 0.8  # of a poster's area: what its sheets have at most


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet's part of the poster. left, top: on the poster; row, column: from 0."""

    row: int
    column: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Tiling:
    """A poster split on sheets that all lie the same way. width, height: of each part."""

    poster: Size
    sheet: Size
    rows: int
    columns: int
    width: float
    height: float

    @property
    def parts(self) -> list[Part]:
        """Row by row."""
        return [
            Part(row, column, column * (self.width - OVERLAP), row * (self.height - OVERLAP))
            for row in range(self.rows)
            for column in range(self.columns)
        ]

    @property
    def left(self) -> float:
        """From the sheet's edge to the part, which stands in the middle."""
        return (self.sheet.width_mm - self.width) / 2

    @property
    def top(self) -> float:
        room = self.sheet.height_mm - 2 * (PRINTER_MARGIN + MARKS) - FOOT
        return PRINTER_MARGIN + MARKS + (room - self.height) / 2

    @property
    def foot(self) -> float:
        """From the sheet's upper edge to the ruler."""
        return self.sheet.height_mm - PRINTER_MARGIN - FOOT


def may_split(size: str, sheet: str) -> bool:
    """Whether a poster is so much larger than the sheets that splitting it makes sense."""
    poster, part = SIZES[size], SIZES[sheet]
    return part.short_mm * part.long_mm <= poster.short_mm * poster.long_mm * SMALLER


def tiling_of(poster: Size, sheet: str) -> Tiling:
    """The split with the fewest sheets; of two, that whose sheets lie as the poster. KeyError: no such sheet."""
    if sheet not in TILE_SHEETS:
        raise KeyError(sheet)
    paper = SIZES[sheet]
    as_poster = paper.turned if poster.is_portrait else paper
    return min((_split(poster, way) for way in (as_poster, as_poster.turned)), key=lambda t: t.rows * t.columns)


def _split(poster: Size, sheet: Size) -> Tiling:
    columns, width = _shares(poster.width_mm, sheet.width_mm - 2 * (PRINTER_MARGIN + MARKS))
    rows, height = _shares(poster.height_mm, sheet.height_mm - 2 * (PRINTER_MARGIN + MARKS) - FOOT)
    return Tiling(poster, sheet, rows, columns, width, height)


def _shares(whole: float, most: float) -> tuple[int, float]:
    """How many equal overlapping parts of at most that length make the whole, and how long each is."""
    count = max(1, ceil((whole - OVERLAP) / (most - OVERLAP)))
    return count, (whole + (count - 1) * OVERLAP) / count
