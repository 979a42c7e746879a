"""Finds the roomiest type in which a poster fits its sheet, shares out the room that is left, and puts all in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from journeys.choices import Level
from reports.posters.content import PosterContent, PosterMoment
from reports.posters.facts import WidestFacts, widest_facts
from reports.posters.footer import Footer, measure_footer, place_footer
from reports.posters.header import Header, measure_header, place_header
from reports.posters.page import Page
from reports.posters.results import Means, PosterResults
from reports.posters.row import MeasuredRow, measure_row, width_of_labels
from reports.posters.rows import Column, columns_of, split_rows
from reports.posters.said import SaidStrip, height_of_said, measure_said, place_said
from reports.posters.strip import place_row
from reports.posters.voices import Voice, height_of_voices, measure_voices, place_voices
from reports.posters.whose import CUSTOMERS, STAFF
from reports.posters.words import say_mean
from reports.sizes import COLUMNS_UPRIGHT, Size, TypeScale

BAND_MAX = 0.062  # of the sheet's short side
LADDER_SHARE = 0.72  # of the spare height
Row = tuple[Sequence[Column], WidestFacts]
RADIUS_MAX, RADIUS_OF_COLUMN, RADIUS_OF_BAND = 0.034, 0.3, 0.85  # of sheet's short side, column's width, band
DISC_OF_A_MEAN = 0.98  # of its figure's type: 3.4 is wider than 3
RADIUS_OF_BAND_TWICE = 0.46  # of the band, where a moment may stand on two neighbouring levels


@dataclass(frozen=True, slots=True)
class Layout:
    """A measured poster in one type. largest: radius of the busiest moment's circle."""

    size: Size
    type: TypeScale
    header: Header
    rows: tuple[MeasuredRow, ...]
    footer: Footer
    largest: float
    voices: tuple[Voice, ...] = ()
    said: SaidStrip | None = None

    @property
    def spare(self) -> float:
        """Height left over with the least bands and gaps; below 0 where the poster does not fit."""
        return self.size.height - 2 * self.size.margin - self._height(self.type.band)

    def _height(self, band: float) -> float:
        gaps = (len(self.rows) + 1) * self.type.gap
        rows = sum(row.height(band) for row in self.rows)
        told = height_of_voices(self.voices) + height_of_said(self.said)
        return self.header.height + rows + told + self.footer.height + gaps

    @property
    def moments(self) -> list[PosterMoment]:
        """That stand on the sheet."""
        return [column.column.moment for row in self.rows for column in row.columns if column.column.moment]

    @property
    def too_wide(self) -> bool:
        """Whether a word of header or footer is wider than its room."""
        others = [self.header.caption, self.header.sentence, self.footer.organisation, self.footer.journey]
        others += [part for voice in self.voices for part in (voice.who, voice.words)]
        is_said = self.said is not None and self.said.too_wide
        return is_said or any(text.too_wide for text in [*others, self.footer.address])

    @property
    def fits(self) -> bool:
        return self.spare >= 0 and not self.too_wide and all(row.is_wide_enough for row in self.rows)


def lay_out(content: PosterContent, size: Size) -> Layout:
    """The roomiest layout that fits, or the densest where none does; at least one moment or stage.

    Lying down as few rows as can be, which keep the curve whole; upright as large a type as can be.
    """
    splits = _splits(content, size)
    if size.is_portrait:
        splits = _narrow([rows for rows in splits if densest(content, rows, size).fits]) or _narrow(splits)
    scales = [(rows, type_) for rows in splits for type_ in size.type_scales(len(rows))]
    if size.is_portrait:
        scales.sort(key=lambda attempt: -attempt[1].body)
    for rows, type_ in scales:
        if len(rows) * type_.least_row > size.height - 2 * size.margin:
            continue  # no need to set a line of it
        layout = measure(content, rows, size, type_, stops_early=True)
        if layout and layout.fits:
            return layout
    return densest(content, splits[0], size)


def _narrow(splits: list[list[Row]]) -> list[list[Row]]:
    """Those with as few columns a row as an upright sheet should have; all where none has."""
    return [rows for rows in splits if max(len(row) for row, _ in rows) <= COLUMNS_UPRIGHT] or splits


def fits_somehow(content: PosterContent, size: Size) -> bool:
    """Whether a poster fits a sheet at all, at its floor."""
    return holds(content, size) and any(densest(content, rows, size).fits for rows in _splits(content, size))


def holds(content: PosterContent, size: Size) -> bool:
    """Whether a sheet has columns enough."""
    return len(columns_of(content)) <= size.moments_max


def _splits(content: PosterContent, size: Size) -> list[list[Row]]:
    columns = columns_of(content)
    counts = size.row_counts(len(columns))
    return [[(row, widest_facts(row)) for row in split_rows(columns, count)] for count in counts]


def densest(content: PosterContent, rows: Sequence[Row], size: Size) -> Layout:
    layout = measure(content, rows, size, size.type_scales(len(rows))[-1])
    assert layout is not None  # noqa: S101  it stops nowhere
    return layout


def measure(
    content: PosterContent, rows: Sequence[Row], size: Size, type_: TypeScale, *, stops_early: bool = False
) -> Layout | None:
    """stops_early: None as soon as the rows are too high for the sheet, or one is too wide for its columns."""
    width = size.width - 2 * size.margin
    if content.results and not content.scenario:
        type_ = replace(type_, disc=DISC_OF_A_MEAN)
    largest = _largest_radius(
        size, type_, width - width_of_labels(type_, content.levels), max(len(row) for row, _ in rows)
    )
    if content.scenario:
        largest = max(type_.least_radius * 1.15, min(largest, type_.band * RADIUS_OF_BAND_TWICE))
    measured, room = [], size.height - 2 * size.margin
    for row, widest in rows:
        measured.append(measure_row(row, widest, content, width, type_, largest))
        room -= measured[-1].height(type_.band) + type_.gap
        if stops_early and (room < 0 or not measured[-1].is_wide_enough):
            return None
    footer = measure_footer(content, size, type_, largest)
    header, voices = measure_header(content, size, type_), measure_voices(content, width, type_)
    return Layout(size, type_, header, tuple(measured), footer, largest, voices, measure_said(content, width, type_))


def _largest_radius(size: Size, type_: TypeScale, width: float, columns: int) -> float:
    """Of the busiest moment's circle: it keeps to its column, and in the main to its band. width: of all columns."""
    column = width / columns
    largest = min(size.short_side * RADIUS_MAX, column * RADIUS_OF_COLUMN, type_.band * RADIUS_OF_BAND)
    return max(type_.least_radius * 1.15, largest)


def draw(layout: Layout, content: PosterContent) -> Page:
    """The page of a layout: bands and gaps grow into the spare height."""
    size, type_ = layout.size, layout.type
    band = min(type_.band + layout.spare * LADDER_SHARE / (len(layout.rows) * len(Level)), size.short_side * BAND_MAX)
    spare = layout.spare - (band - type_.band) * len(layout.rows) * len(Level)
    gap = type_.gap + spare / (len(layout.rows) + 1)
    page = Page(size.width, size.height, alternative=in_words(content, layout.moments))
    x, y = size.margin, size.margin
    place_header(page, layout.header, content, x, y)
    y += layout.header.height + gap
    busiest = max((moment.contacts for moment in content.moments), default=0)
    for row in layout.rows:
        place_row(page, row, x, y, band, busiest)
        y += row.height(band) + gap
    foot = size.height - size.margin - layout.footer.height
    told, wide = foot - height_of_voices(layout.voices), size.width - 2 * size.margin
    place_said(page, layout.said, x, told - height_of_said(layout.said), wide)
    place_voices(page, layout.voices, x, told, wide)
    place_footer(page, layout.footer, content, x, foot)
    return page


def in_words(content: PosterContent, moments: Sequence[PosterMoment] | None = None) -> str:
    """The drawing told in words: the level of each moment, all where none are named, and the code."""
    shown = content.moments if moments is None else moments
    said = {"moments": "; ".join(_said(moment, content.levels, content.results) for moment in shown)}
    if content.results:
        curve = _("The curves of levels, moment by moment: %(moments)s.") % said
    else:
        curve = _("The curve of levels, our own estimate, moment by moment: %(moments)s.") % said
    if not content.address:
        return curve
    return f"{curve} {_('The QR code leads to %(address)s.') % {'address': content.address}}"


def _said(moment: PosterMoment, levels: Sequence[str], results: PosterResults | None) -> str:
    known = _level(moment.level, levels) if moment.level else _("no level yet")
    if moment.means and results:
        known = _means_said(moment.means, known, results.names)
    mark = f", {_('make-or-break')}" if moment.is_make_or_break else ""
    target = f", {_('target %(level)s') % {'level': _level(moment.target, levels)}}" if moment.target else ""
    return f"{moment.title}: {known}{target}{mark}"


def _means_said(means: Means, manager: str, names: Mapping[str, str]) -> str:
    """What staff, customers and the manager say of a moment."""
    shown = [(names[view], say_mean(mean)) for view in (STAFF, CUSTOMERS) if (mean := means.of(view)) is not None]
    spot = [_("blind spot")] if means.gap else []
    return ", ".join([*(f"{who} {mean}" for who, mean in shown), f"{_('manager’s estimate')} {manager}", *spot])


def _level(level: int, levels: Sequence[str]) -> str:
    return f"{level} {levels[level - 1]}"
