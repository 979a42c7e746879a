"""One row of a poster: stages, the ladder of six levels, and under it what is known of each moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from journeys.choices import Level
from reports.posters.content import PosterContent
from reports.posters.curve import RING
from reports.posters.facts import FactForm, WidestFacts, fact_form, facts_of, row_labels, width_of_badge
from reports.posters.page import Line, Run, width_of_line
from reports.posters.rows import Column, stages_of_row
from reports.sizes import TypeScale
from reports.typesetting import BOLD, DISPLAY, REGULAR, Wrapped, face_for, wrap

MEASURE_MAX = 30  # ems: longer lines are hard to read
COLUMN_AIR = 0.9  # of the body: at both sides of a column's text together


@dataclass(frozen=True, slots=True)
class ColumnText:
    """A column's texts in lines."""

    column: Column
    title: Wrapped
    facts: tuple[Line, ...]
    what_more: Wrapped


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A row in one type. label_width: of the column at the left; fixed heights exclude the ladder.

    levels: names of 1 to 6; leading: the view of a round whose curve carries the circles, None without a round.
    """

    columns: tuple[ColumnText, ...]
    stages: tuple[tuple[int, int, Wrapped], ...]
    labels: tuple[Wrapped, ...]
    label_width: float
    column_width: float
    type: TypeScale
    largest: float
    levels: tuple[str, ...]
    leading: str | None = None

    @property
    def is_wide_enough(self) -> bool:
        """Whether no word and no decision's badge is wider than its column."""
        words = [text for column in self.columns for text in (column.title, column.what_more)]
        return not any(text.too_wide for text in [*words, *(title for _, _, title in self.stages)]) and self._badges_fit

    @property
    def _badges_fit(self) -> bool:
        badges = [width_of_badge(text.facts[-1], self.type) for text in self.columns if text.facts]
        return max(badges, default=0) <= self.column_width - self.type.body * COLUMN_AIR / 2

    @property
    def stage_height(self) -> float:
        lines = max(len(title.lines) for _, _, title in self.stages)
        return lines * self.type.stage * 1.15 + max(self.type.body * 0.65, self._overhang(Level.UNBELIEVABLE))

    def _overhang(self, level: Level) -> float:
        """How far circles reach out of the ladder at its highest or lowest level."""
        circle = self.largest + RING + self.type.body * 0.2
        inside = [(abs(stands - level) + 0.5) * self.type.band for stands in self._stands]
        return circle - min(inside) if inside else 0

    @property
    def _stands(self) -> list[float]:
        """Every level on which a circle stands."""
        moments = [text.column.moment for text in self.columns if text.column.moment]
        if self.leading is None:
            return [level for moment in moments for level in (moment.level, moment.target) if level]
        shown = [moment.means.of(self.leading) for moment in moments if moment.means and self.leading]
        return [mean for mean in shown if mean]

    @property
    def icons_top(self) -> float:
        """From the ladder's foot to the icons."""
        return max(self.type.body, self._overhang(Level.CRIMINAL))

    @property
    def titles_top(self) -> float:
        return self.icons_top + self.type.icon + self.type.body * 0.35

    @property
    def title_height(self) -> float:
        return max(len(text.title.lines) for text in self.columns) * self.type.title * 1.2 + self.type.body * 0.3

    @property
    def facts_height(self) -> float:
        return self.badge_top + self.type.badge_pitch + (0 if self.type.is_layered else self.type.body * 0.45)

    @property
    def badge_top(self) -> float:
        """From the first fact to the decision."""
        measures = len(self.labels) - 2
        return measures * self.type.fact_pitch + (self.type.body * 0.25 if self.type.is_layered else 0)

    @property
    def what_more_lines(self) -> int:
        label = len(self.labels[-1].lines) if any(text.what_more.lines for text in self.columns) else 0
        return max(label, *(len(text.what_more.lines) for text in self.columns))

    @property
    def height_below(self) -> float:
        """Of everything under the ladder."""
        return self.titles_top + self.title_height + self.facts_height + self.what_more_lines * self.type.pitch

    def height(self, band: float) -> float:
        return self.stage_height + len(Level) * band + self.height_below


def measure_row(
    row: Sequence[Column],
    widest: WidestFacts,
    content: PosterContent,
    width: float,
    type_: TypeScale,
    largest: float,
) -> MeasuredRow:
    """The row in this type, in a strip of that width. largest: radius of the busiest moment's circle."""
    label_width = width_of_labels(type_, content.levels)
    column_width = (width - label_width) / len(row)
    measure = measure_of(column_width, type_)
    language = content.text_language
    form = fact_form(widest, measure, type_)
    stages = []
    for first, count, column in stages_of_row(row):
        room = count * column_width - type_.body * 1.1
        name = column.stage_title if column.opens_stage else _continued(column.stage_title, type_)
        stages.append((first, count, wrap(name, face_for(name, DISPLAY), type_.stage, room, language)))
    *facts, more = row_labels(form)
    labels = [
        *(wrap(label, REGULAR, type_.far, label_width - type_.body, content.language) for label in facts),
        wrap(more, REGULAR, type_.body, label_width - type_.body, content.language),
    ]
    columns = tuple(_column_text(column, measure, type_, language, form) for column in row)
    leading = content.results.leading if content.results and not content.scenario else None
    return MeasuredRow(
        columns, tuple(stages), tuple(labels), label_width, column_width, type_, largest, content.levels, leading
    )


def _continued(stage: str, type_: TypeScale) -> str:
    """The name of a stage that goes on from the row above; where it is written large it is soft instead."""
    return stage if type_.is_layered else _("%(stage)s, continued") % {"stage": stage}


def measure_of(column_width: float, type_: TypeScale) -> float:
    """Width of a column's lines: an inset at the left, air at the right."""
    return min(column_width - type_.body * COLUMN_AIR, MEASURE_MAX * type_.body)


def width_of_labels(type_: TypeScale, levels: tuple[str, ...]) -> float:
    """Of the column at the left, by its longest level or fact."""
    return (_widest_label(get_language(), levels) + 1.7) * type_.far


@lru_cache(maxsize=256)
def _widest_label(_language: str | None, names: tuple[str, ...]) -> float:
    """In parts of the body, in the language that is active."""
    levels = [(Run(f"{level} ", face=BOLD), Run(name)) for level, name in enumerate(names, start=1)]
    facts = [(Run(label),) for label in row_labels(FactForm())[:-1]]
    return max(width_of_line(line, 1) for line in [*levels, *facts])


def _column_text(column: Column, measure: float, type_: TypeScale, language: str, form: FactForm) -> ColumnText:
    if column.moment is None:
        return ColumnText(column, wrap(_("No moment yet"), REGULAR, type_.body, measure, language), (), Wrapped(()))
    title = wrap(column.moment.title, BOLD, type_.title, measure, language)
    text = column.moment.what_more
    what_more = wrap(text, REGULAR, type_.body, measure, language) if text else Wrapped(())
    return ColumnText(column, title, facts_of(column.moment, form), what_more)
