"""Puts a measured row on the page: ladder and curve into the drawing, words into the text."""

from __future__ import annotations

from journeys.choices import Level
from reports.posters.content import PosterMoment
from reports.posters.curve import Scale, Spot, draw_curve
from reports.posters.facts import width_of_badge
from reports.posters.page import Line, Look, Page, Run, plain_lines
from reports.posters.row import ColumnText, MeasuredRow
from reports.posters.target import draw_target, part_spots
from reports.posters.views import draw_views, judged_of
from reports.shapes import ICON_PEN, badge, icon, line, rectangle
from reports.typesetting import BOLD, DISPLAY, face_for

BADGES = {
    "keep": Look(fill="paper", stroke="blue", width=1),
    "enhance": Look(fill="orange", stroke="orange", width=1),
    "eliminate": Look(fill="ink", stroke="ink", width=1),
}
INSET = 0.45  # of the body: from a column's edge to its text


def place_row(page: Page, row: MeasuredRow, x: float, y: float, band: float, busiest: float) -> None:
    """The row with its top left corner at x, y. busiest: the most contacts of a moment."""
    ladder = y + row.stage_height
    below = ladder + len(Level) * band
    bottom = y + row.height(band)
    _place_ladder(page, row, x, ladder, band)
    _draw_columns(page, row, x, y, ladder, below, bottom)
    _draw_spots(page, row, x, ladder, band, busiest)
    _place_row_labels(page, row, x, below)
    stage_of = {first: (count, title.lines) for first, count, title in row.stages}
    for i, column in enumerate(row.columns):
        left = x + row.label_width + i * row.column_width + row.type.body * INSET
        if i in stage_of:
            lines = plain_lines(stage_of[i][1], face_for("".join(stage_of[i][1]), DISPLAY))
            style = "" if column.column.opens_stage or not row.type.is_layered else "soft"
            page.write("h2", left, y, row.type.stage, row.type.stage * 1.15, lines, style)
        _place_column(page, row, column, left, below)


def _place_ladder(page: Page, row: MeasuredRow, x: float, y: float, band: float) -> None:
    wide, bar = row.label_width + len(row.columns) * row.column_width, row.type.body * 0.45
    levels = sorted(Level, reverse=True)
    for i, level in enumerate(levels):
        page.drawing.add(0, Look(fill=f"band-{level.value}"), rectangle(x, y + i * band, wide, band))
        page.drawing.add(1, Look(fill=f"level-{level.value}"), rectangle(x, y + i * band, bar, band))
        if i:
            page.drawing.add(
                1, Look(stroke="paper", width=1, is_flat=True), line(x, y + i * band, x + wide, y + i * band)
            )
    names = tuple((Run(f"{level.value}", face=BOLD), Run(f" {row.levels[level - 1]}")) for level in levels)
    page.write("p", x + bar * 2, y, row.type.far, band, names)


def _draw_columns(page: Page, row: MeasuredRow, x: float, y: float, ladder: float, below: float, bottom: float) -> None:
    """A line between moments on the ladder, and one from top to bottom between stages."""
    stages = {first for first, _, _ in row.stages}
    for i in range(1, len(row.columns)):
        at = x + row.label_width + i * row.column_width
        if i in stages:
            page.drawing.add(1, Look(stroke="line-strong", width=0.8, is_flat=True), line(at, y, at, bottom))
        else:
            page.drawing.add(1, Look(stroke="line", width=0.6, is_flat=True), line(at, ladder, at, below))


def _draw_spots(page: Page, row: MeasuredRow, x: float, y: float, band: float, busiest: float) -> None:
    left = x + row.label_width + row.column_width / 2
    shown = [
        (left + i * row.column_width, m, m.contacts / busiest if busiest else 0)
        for i, text in enumerate(row.columns)
        if (m := text.column.moment)
    ]
    pen, middle = max(2, row.type.body * 0.26), y + len(Level) / 2 * band
    scale = Scale(row.largest, row.type.least_radius, row.type.digit, pen, middle, band)
    if row.leading is not None:
        label = row.type.far if row.type.is_layered else row.type.body
        judged = [judged_of(m, at, share, row.leading) for at, m, share in shown]
        draw_views(page.drawing, judged, scale, label, row.leading)
        return
    spots = [Spot(at, m.level, share, m.is_make_or_break, m.target) for at, m, share in shown]
    if not any(spot.target for spot in spots):
        draw_curve(page.drawing, spots, scale)
        return
    pairs = part_spots(spots, scale)
    draw_curve(page.drawing, [pair.today for pair in pairs], scale)
    draw_target(page.drawing, pairs, scale)


def _place_row_labels(page: Page, row: MeasuredRow, x: float, y: float) -> None:
    facts = y + row.titles_top + row.title_height
    lines = plain_lines(" ".join(label.lines) for label in row.labels[:-1])
    has_more = any(text.what_more.lines for text in row.columns)
    _write_lines(page, row, x, facts, (lines, plain_lines(row.labels[-1].lines) if has_more else ()), "soft")


def _place_column(page: Page, row: MeasuredRow, text: ColumnText, x: float, y: float) -> None:
    type_ = row.type
    titles = y + row.titles_top
    if text.column.moment is None:
        page.write("p", x, titles, type_.body, type_.pitch, plain_lines(text.title.lines), style="soft")
        return
    _draw_icons(page, text.column.moment, x, y + row.icons_top, type_.icon)
    page.write("h3", x, titles, type_.title, type_.title * 1.2, plain_lines(text.title.lines, BOLD))
    facts = titles + row.title_height
    if text.column.moment.decision:
        wide, tall = width_of_badge(text.facts[-1], type_), type_.badge_pitch - type_.body * 0.08
        look = BADGES[text.column.moment.decision]
        page.drawing.add(1, look, badge(x, facts + row.badge_top + type_.body * 0.04, wide, tall, type_.body * 0.3))
    _write_lines(page, row, x, facts, (text.facts, plain_lines(text.what_more.lines)))


def _write_lines(
    page: Page, row: MeasuredRow, x: float, y: float, lines: tuple[tuple[Line, ...], tuple[Line, ...]], style: str = ""
) -> None:
    """Facts, of which the decision comes last, and what more will be done: in two blocks, parted where the type is."""
    type_, (facts, more) = row.type, lines
    if type_.is_layered:
        page.write("p", x, y, type_.far, type_.fact_pitch, facts[:-1], style)
        page.write("p", x, y + row.badge_top, type_.body, type_.pitch, (*facts[-1:], *more), style)
        return
    page.write("p", x, y, type_.body, type_.fact_pitch, facts, style)
    page.write("p", x, y + row.facts_height, type_.body, type_.pitch, more, style)


def _draw_icons(page: Page, moment: PosterMoment, x: float, y: float, side: float) -> None:
    page.drawing.stamp(2, Look(stroke="ink", width=ICON_PEN), icon(moment.icon, x - side * 0.06, y, side))
    if moment.is_make_or_break:
        page.drawing.stamp(2, Look(fill="ink", stroke="ink", width=ICON_PEN), icon("flag", x + side * 1.25, y, side))
