"""The sheets a poster comes on and how large its type may be on each. Source: POSTER rules of legibility."""

from __future__ import annotations

from dataclasses import dataclass, replace

POINTS_PER_MM = 72 / 25.4
COLUMNS_MAX = 12  # of moments in one row


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Sizes of one attempt at a layout, in points; everything else follows from them.

    body: what is read at arm's length, never below the sheet's floor; headline: the number across the room;
    band: least height of one of the six levels; is_dense: volume and time share a line; has_remark: beside the
    headline, of the weakest moments.
    """

    body: float
    headline: float
    band: float
    is_dense: bool = False
    has_remark: bool = True

    @property
    def pitch(self) -> float:
        """From one line of body text to the next."""
        return self.body * 1.32

    @property
    def title(self) -> float:
        return self.body * 1.14

    @property
    def stage(self) -> float:
        return self.body * 1.3

    @property
    def fact_pitch(self) -> float:
        """From one line of volume, time and decision to the next: a badge has to stand between two."""
        return self.body * (1.42 if self.is_dense else 1.5)

    @property
    def gap(self) -> float:
        """Least air between header, rows and footer."""
        return self.body * (0.8 if self.is_dense else 1.2)

    @property
    def icon(self) -> float:
        return self.body * (1.7 if self.is_dense else 2.1)


@dataclass(frozen=True, slots=True)
class Size:
    """A sheet. short_mm, long_mm: its sides; floor_pt: the smallest type; rows_max: rows of moments."""

    name: str
    short_mm: float
    long_mm: float
    margin_mm: float
    floor_pt: float
    headline_pt: float
    rows_max: int = 2
    qr_mm: float = 28
    qr_module_mm: float = 1

    @property
    def width(self) -> float:
        """Of the sheet lying down, in points."""
        return self.long_mm * POINTS_PER_MM

    @property
    def height(self) -> float:
        """Of the sheet lying down, in points."""
        return self.short_mm * POINTS_PER_MM

    @property
    def margin(self) -> float:
        """In points."""
        return self.margin_mm * POINTS_PER_MM

    @property
    def moments_max(self) -> int:
        return self.rows_max * COLUMNS_MAX

    def type_scales(self, rows: int) -> list[TypeScale]:
        """Attempts from roomy to dense, for so many rows of moments; the last is the floor."""
        floor, headline = self.floor_pt, self.headline_pt
        scales = [TypeScale(floor * b, headline * h, floor * level, rows > 1 or level < DENSE) for b, h, level in STEPS]
        return [*scales, replace(scales[-1], headline=headline * BARE_HEADLINE, has_remark=False)]


# body, headline and band of each attempt, as parts of the sheet's floor, headline and floor
STEPS = (
    (1.6, 1.15, 3.0),
    (1.5, 1.1, 3.0),
    (1.4, 1.05, 3.0),
    (1.3, 1.0, 3.0),
    (1.2, 1.0, 3.0),
    (1.15, 1.0, 3.2),
    (1.1, 1.0, 3.1),
    (1.05, 1.0, 2.7),
    (1.0, 0.9, 2.2),
    (1.0, 0.78, 1.9),
    (1.0, 0.66, 1.6),
    (1.0, 0.66, 1.5),
    (1.0, 0.54, 1.2),
)
BARE_HEADLINE = 0.5  # of the last attempt, which has no remark
DENSE = 1.55  # band, in parts of the floor, below which volume and time share a line

SIZES = {
    size.name: size
    for size in (
        Size("A4", 210, 297, margin_mm=10, floor_pt=9, headline_pt=92, qr_mm=22, qr_module_mm=0.7),
        Size("A3", 297, 420, margin_mm=11, floor_pt=10, headline_pt=122),
        Size("A2", 420, 594, margin_mm=20, floor_pt=16, headline_pt=172, rows_max=3, qr_mm=50),
        Size("A1", 594, 841, margin_mm=28, floor_pt=16, headline_pt=244, rows_max=4, qr_mm=100),
        Size("A0", 841, 1189, margin_mm=40, floor_pt=16, headline_pt=345, rows_max=5, qr_mm=120),
        Size("Letter", 216, 279, margin_mm=10, floor_pt=9, headline_pt=88, qr_mm=22, qr_module_mm=0.7),
        Size("Tabloid", 279, 432, margin_mm=14, floor_pt=10, headline_pt=118),
    )
}
OFFERED = ("A4", "A3")
