"""A measured pocket card on its sheet: one, or four to be cut."""

from __future__ import annotations

from reports.look import LOGO
from reports.posters.card import (
    A6,
    CHIP,
    MARGIN_MM,
    PITCH,
    ROW_AIR,
    SMALL,
    STAGE,
    TALL_MM,
    TITLE,
    WIDE_MM,
    CardLayout,
    LevelRow,
)
from reports.posters.content import PosterContent, PosterMoment
from reports.posters.page import Look, Page, Picture, Run, plain_lines
from reports.shapes import badge, figure, line, rectangle
from reports.sizes import POINTS_PER_MM
from reports.typesetting import BOLD, DISPLAY, face_for, width_of

CUT = Look(stroke="line-strong", width=0.6, dash="3 3", is_flat=True)


def draw_card(layout: CardLayout, content: PosterContent, alternative: str) -> Page:
    """The sheet of a layout: one card, or four with lines to cut along."""
    size = layout.size
    page = Page(size.width, size.height, alternative=alternative)
    if size.name == A6.name:
        _place(page, layout, content, 0, 0)
        return page
    wide, tall = size.width / 2, size.height / 2
    for x, y in ((0.0, 0.0), (wide, 0.0), (0.0, tall), (wide, tall)):
        _place(page, layout, content, x, y)
    page.drawing.add(1, CUT, line(wide, 0, wide, size.height) + line(0, tall, size.width, tall))
    return page


def _place(page: Page, layout: CardLayout, content: PosterContent, x: float, y: float) -> None:
    """One card with its upper left corner at x, y."""
    body, margin = layout.body, MARGIN_MM * POINTS_PER_MM
    left, top, pitch = x + margin, y + margin, layout.body * PITCH
    page.write("p", left, top, body * STAGE, body * STAGE * PITCH, plain_lines(layout.stage.lines), style="soft")
    if layout.logo[1]:
        right = x + WIDE_MM * POINTS_PER_MM - margin
        page.logos.append(Picture(LOGO, right - layout.logo[0], top, *layout.logo))
    top += layout.title_top
    face, accent = face_for("".join(layout.title.lines), DISPLAY), "accent" if content.look.accent else ""
    title = tuple((Run(words, accent, face),) for words in layout.title.lines)
    page.write("h1", left, top, body * TITLE, body * TITLE * 1.15, title)
    top += len(title) * body * TITLE * 1.15
    page.write("p", left, top + body * 0.3, body, pitch, layout.facts, style="soft")
    top += len(layout.facts) * pitch + body * 1.4
    for row in layout.levels:
        _place_level(page, layout, row, left, top)
        top += layout.height_of(row)
    if layout.more.lines:
        top += body * 0.6
        page.write("h2", left, top, body, pitch, plain_lines([layout.more_label], BOLD))
        _place_decision(page, content.moments[0], left + width_of(layout.more_label, BOLD, body), top, body)
        page.write("p", left, top + pitch, body, pitch, plain_lines(layout.more.lines))
        top += (len(layout.more.lines) + 1) * pitch
    page.write(
        "p", left, top + body * 0.5, body * 1.15, body * 1.15 * PITCH, plain_lines(layout.pledge.lines, BOLD), "blue"
    )
    small, lines = body * SMALL, plain_lines(layout.foot.lines)
    foot = y + TALL_MM * POINTS_PER_MM - margin - len(lines) * small * PITCH
    page.write("p", left, foot, small, small * PITCH, lines, style="soft")


def _place_level(page: Page, layout: CardLayout, row: LevelRow, x: float, y: float) -> None:
    """The level's number on its colour, its name and meaning, and who puts the moment there; those stand on a band."""
    body, side = layout.body, layout.body * CHIP
    tall = layout.height_of(row) - body * ROW_AIR
    if row.today.lines:
        wide = (WIDE_MM - 2 * MARGIN_MM) * POINTS_PER_MM
        page.drawing.add(0, Look(fill=f"band-{row.level}"), rectangle(x, y - body * 0.15, wide, tall + body * 0.3))
    page.drawing.add(1, Look(fill=f"level-{row.level}"), badge(x, y, side, side, body * 0.3))
    page.drawing.stamp(
        2, Look(fill=f"on-level-{row.level}"), figure(str(row.level), BOLD, x + side / 2, y + side / 2, body * 1.2)
    )
    left, pitch = x + side + body * 0.7, body * PITCH
    name, meaning = plain_lines(row.name.lines, BOLD), plain_lines(row.meaning.lines)
    page.write("p", left, y, body, pitch, (*name, *meaning))
    under = y + (len(name) + len(meaning)) * pitch
    page.write("p", left, under, body * SMALL, pitch, plain_lines(row.today.lines, BOLD))


def _place_decision(page: Page, moment: PosterMoment, x: float, y: float, body: float) -> None:
    """What was decided, beside the heading."""
    if moment.decision_name:
        page.write("p", x + body * 0.3, y, body, body * PITCH, plain_lines([f"\u00b7 {moment.decision_name}"]), "soft")
