"""The sheets a poster comes on and how large its type may be on each. Source: POSTER rules of legibility."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from journeys.choices import Level

POINTS_PER_MM = 72 / 25.4
COLUMNS_MAX = 12  # of moments in one row
COLUMNS_UPRIGHT, COLUMNS_LEAST = 8, 4  # of a row of a sheet standing up: at most, where it fits; at least
DIGIT = 14  # points: large enough to be read in white on every fill
BAND_OF_FAR = 1.05  # least height of a level's band, in parts of its name's type


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Sizes of one attempt at a layout, in points; everything else follows from them.

    body: what is read at arm's length, never below the sheet's floor; far: what is read from two metres, the names of
    moments, levels, volumes and times; headline: the number across the room; band: least height of one of the six
    levels; least_stage, digit: least type of a stage's name and of the figure in a circle; is_dense: volume and time
    share a line; has_remark: beside the headline, of the weakest moments; disc: least radius of a circle, in parts of
    its figure's type.
    """

    body: float
    far: float
    headline: float
    band: float
    least_stage: float = 0
    digit: float = 14
    is_dense: bool = False
    has_remark: bool = True
    disc: float = 0.75

    @property
    def is_layered(self) -> bool:
        """Whether what is read from afar is larger than the rest."""
        return self.far > self.body

    @property
    def pitch(self) -> float:
        """From one line of body text to the next."""
        return self.body * 1.32

    @property
    def title(self) -> float:
        return self.far if self.is_layered else self.body * 1.14

    @property
    def stage(self) -> float:
        return max(self.least_stage, self.far * 1.3)

    @property
    def lead(self) -> float:
        """Of what stands beside the headline."""
        return self.body * (1.2 if self.is_layered and self.has_remark else 1)

    @property
    def name(self) -> float:
        """Of the organisation's name at the foot."""
        return self.far * (1.1 if self.is_layered else 1.3)

    @property
    def fact_pitch(self) -> float:
        """From one line of volume and time to the next; where decisions follow in that type, a badge stands between."""
        if self.is_layered:
            return self.far * 1.22
        return self.body * (1.42 if self.is_dense else 1.5)

    @property
    def badge_pitch(self) -> float:
        """Height of a decision's line: in a type of its own it opens the block of what more will be done."""
        return self.pitch if self.is_layered else self.fact_pitch

    @property
    def least_row(self) -> float:
        """No row of moments is lower than this."""
        under = self.icon + self.title * 1.2 + self.fact_pitch + self.badge_pitch
        return self.stage * 1.15 + len(Level) * self.band + under

    @property
    def gap(self) -> float:
        """Least air between header, rows and footer."""
        if self.is_layered:
            return self.body * (0.5 if self.is_dense else 1.2)
        return self.body * (0.8 if self.is_dense else 1.2)

    @property
    def icon(self) -> float:
        if self.is_layered:
            return self.far * (1.25 if self.is_dense else 1.8)
        return self.body * (1.7 if self.is_dense else 2.1)

    @property
    def least_radius(self) -> float:
        """Of a circle that still holds its figure."""
        return self.digit * self.disc


@dataclass(frozen=True, slots=True)
class Size:
    """A sheet. short_mm, long_mm: its sides; floor_pt: the smallest type; rows_max: rows of moments lying down.

    far_pt: the smallest type of what is read from two metres; stage_pt: of stages; 0 where both follow the body.
    """

    name: str
    short_mm: float
    long_mm: float
    margin_mm: float
    floor_pt: float
    headline_pt: float
    rows_max: int = 2
    qr_mm: float = 28
    qr_module_mm: float = 1
    far_pt: float = 0
    stage_pt: float = 0
    is_portrait: bool = False

    @property
    def label(self) -> str:
        """As a reader calls it, in the language that is active; landscape goes without saying."""
        return _("%(size)s portrait") % {"size": self.name} if self.is_portrait else self.name

    @property
    def turned(self) -> Size:
        """The same sheet the other way round."""
        return replace(self, is_portrait=not self.is_portrait)

    @property
    def width_mm(self) -> float:
        return self.short_mm if self.is_portrait else self.long_mm

    @property
    def height_mm(self) -> float:
        return self.long_mm if self.is_portrait else self.short_mm

    @property
    def width(self) -> float:
        """In points."""
        return self.width_mm * POINTS_PER_MM

    @property
    def height(self) -> float:
        """In points."""
        return self.height_mm * POINTS_PER_MM

    @property
    def short_side(self) -> float:
        """In points."""
        return self.short_mm * POINTS_PER_MM

    @property
    def margin(self) -> float:
        """In points."""
        return self.margin_mm * POINTS_PER_MM

    @property
    def moments_max(self) -> int:
        return self.rows_max * COLUMNS_MAX

    def row_counts(self, columns: int) -> range:
        """Rows that so many columns may take: upright there are more of them, with fewer columns each."""
        fewest = ceil(columns / COLUMNS_MAX)
        most = min(self.rows_max * 2, ceil(columns / COLUMNS_LEAST)) if self.is_portrait else self.rows_max
        return range(fewest, max(fewest, min(most, columns)) + 1)

    def type_scales(self, rows: int) -> list[TypeScale]:
        """Attempts from roomy to dense, for so many rows of moments; the last is the floor."""
        is_dense = rows > 1 and not self.is_portrait
        steps = [*(ROOMY if self.far_pt else ()), *(UPRIGHT if self.is_portrait else STEPS)]
        scales = [self._scale(b, h, level, is_dense or level < DENSE) for b, h, level in steps]
        return [*scales, replace(scales[-1], headline=self.headline_pt * BARE_HEADLINE, has_remark=False)]

    def _scale(self, body: float, headline: float, band: float, is_dense: bool) -> TypeScale:
        """One attempt; body, headline and band in parts of the sheet's own."""
        floor, far = self.floor_pt, max(self.floor_pt, self.far_pt)
        return TypeScale(
            body=floor * body,
            far=far * body,
            headline=self.headline_pt * headline,
            band=far * body * max(BAND_OF_FAR, band / 2) if self.far_pt else floor * band,
            least_stage=self.stage_pt,
            digit=max(DIGIT, self.far_pt),
            is_dense=is_dense,
        )


# body, headline and band of each attempt, as parts of the sheet's floor, headline and floor: lying down, standing up
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
LARGE: dict[str, Any] = {"floor_pt": 16, "far_pt": 24, "stage_pt": 56}  # read from across a corridor
UPRIGHT = (
    (1.6, 1.15, 2.6),
    (1.5, 1.1, 2.6),
    (1.4, 1.05, 2.6),
    (1.3, 1.0, 2.6),
    (1.2, 1.0, 2.4),
    (1.15, 1.0, 2.3),
    (1.1, 1.0, 2.2),
    (1.05, 0.95, 2.0),
    (1.0, 0.9, 1.9),
    (1.0, 0.78, 1.7),
    (1.0, 0.66, 1.56),
    (1.0, 0.54, 1.2),
)
ROOMY = ((2.4, 1.4, 3.0), (2.2, 1.35, 3.0), (2.0, 1.3, 3.0), (1.8, 1.25, 3.0))  # where a few moments have a wall
BARE_HEADLINE = 0.5  # of the last attempt, which has no remark
DENSE = 1.55  # band, in parts of the floor, below which volume and time share a line

SIZES = {
    size.name: size
    for size in (
        Size("A4", 210, 297, margin_mm=10, floor_pt=9, headline_pt=92, qr_mm=22, qr_module_mm=0.7),
        Size("A3", 297, 420, margin_mm=11, floor_pt=10, headline_pt=122),
        Size("A2", 420, 594, margin_mm=15, **LARGE, headline_pt=172, rows_max=3, qr_mm=50),
        Size("A1", 594, 841, margin_mm=20, **LARGE, headline_pt=244, rows_max=4, qr_mm=100),
        Size("A0", 841, 1189, margin_mm=28, **LARGE, headline_pt=345, rows_max=5, qr_mm=120),
        Size("Letter", 216, 279, margin_mm=10, floor_pt=9, headline_pt=88, qr_mm=22, qr_module_mm=0.7),
        Size("Tabloid", 279, 432, margin_mm=11, floor_pt=10, headline_pt=118),
    )
}
TILE_SHEETS = ("A4", "A3", "Letter")
CARD_SIZES = ("A6", "A4")  # one card, or four to be cut
LARGER = ("A4", "A3", "A2", "A1", "A0"), ("Letter", "Tabloid", "A2", "A1", "A0")


def sheet_of(inputs: Mapping[str, Any]) -> Size:
    """The sheet that a poster's inputs name. Raises KeyError where no sheet has that name."""
    size = SIZES[inputs["size"]]
    return size.turned if inputs.get("is_portrait") else size


def larger_sheets(size: Size) -> list[Size]:
    """What may be offered in place of a sheet: larger ones of its family, each lying as it does and then turned."""
    family = next(names for names in LARGER if size.name in names)
    above = [SIZES[name] for name in family[family.index(size.name) + 1 :]]
    return [sheet for one in above for sheet in ((one.turned, one) if size.is_portrait else (one, one.turned))]
