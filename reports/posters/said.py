"""Above the foot of a poster: what people said, what was done about it, and when; up to three side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.posters.content import PosterContent, SaidAndDone
from reports.posters.page import Look, Page, plain_lines
from reports.posters.voices import GUTTER, LEFT_SHARE
from reports.shapes import line
from reports.sizes import TypeScale
from reports.typesetting import BOLD, DISPLAY, QUOTE, REGULAR, Wrapped, face_for, wrap

BETWEEN, AIR, PITCH = 2.0, 0.8, 1.3  # of the body: between columns, between parts; from line to line


@dataclass(frozen=True, slots=True)
class SaidColumn:
    """One of them in lines: who speaks, their words, what was done, when."""

    whose: Wrapped
    said: Wrapped
    did: Wrapped
    day: Wrapped

    @property
    def parts(self) -> tuple[tuple[Wrapped, str, str], ...]:
        """Lines, their face and their style, from top to bottom."""
        return (
            (self.whose, BOLD, "soft"),
            (self.said, QUOTE, ""),
            (self.did, BOLD, ""),
            (self.day, REGULAR, "soft"),
        )

    @property
    def line_count(self) -> int:
        return sum(len(lines.lines) for lines, _face, _style in self.parts)


@dataclass(frozen=True, slots=True)
class SaidStrip:
    """All of them, measured. width: of a column."""

    name: Wrapped
    columns: tuple[SaidColumn, ...]
    width: float
    type: TypeScale

    @property
    def height(self) -> float:
        """With the rule above it and the air to what comes below."""
        words = max(column.line_count for column in self.columns) * self.type.body * PITCH
        return max(words, len(self.name.lines) * self.type.name * 1.15) + 2 * AIR * self.type.body

    @property
    def too_wide(self) -> bool:
        return any(lines.too_wide for column in self.columns for lines, _face, _style in column.parts)


def measure_said(content: PosterContent, width: float, type_: TypeScale) -> SaidStrip | None:
    """The strip in this type; None where the poster has none."""
    if not content.said_done:
        return None
    count, name = len(content.said_done), _("You said, we did")
    room = width * (1 - LEFT_SHARE - GUTTER)
    column = (room - (count - 1) * BETWEEN * type_.body) / count
    return SaidStrip(
        name=wrap(name, face_for(name, DISPLAY), type_.name, width * LEFT_SHARE, content.language),
        columns=tuple(_column(each, column, type_.body, content) for each in content.said_done),
        width=column,
        type=type_,
    )


def _column(each: SaidAndDone, width: float, size: float, content: PosterContent) -> SaidColumn:
    def lines(text: str, face: str, language: str) -> Wrapped:
        return wrap(text, face_for(text, face), size, width, language) if text else Wrapped(())

    said = _("“%(words)s”") % {"words": each.said.strip('“”"')} if each.said else ""
    return SaidColumn(
        whose=lines(each.whose if said else "", BOLD, content.language),
        said=lines(said, QUOTE, content.text_language),
        did=lines(each.did, BOLD, content.text_language),
        day=lines(each.day, REGULAR, content.language),
    )


def height_of_said(strip: SaidStrip | None) -> float:
    """0 for none."""
    return strip.height if strip else 0


def place_said(page: Page, strip: SaidStrip | None, x: float, y: float, width: float) -> None:
    """Under a rule, with its top left corner at x, y."""
    if not strip:
        return
    type_, names = strip.type, strip.name.lines
    page.drawing.add(1, Look(stroke="ink", width=1.2, is_flat=True), line(x, y, x + width, y))
    y += AIR * type_.body
    page.write("h2", x, y, type_.name, type_.name * 1.15, plain_lines(names, face_for("".join(names), DISPLAY)))
    left = x + width * (LEFT_SHARE + GUTTER)
    for column in strip.columns:
        top = y
        for lines, face, style in column.parts:
            said = plain_lines(lines.lines, face_for("".join(lines.lines), face))
            page.write("p", left, top, type_.body, type_.body * PITCH, said, style)
            top += len(lines.lines) * type_.body * PITCH
        left += strip.width + BETWEEN * type_.body
