"""The pocket card: one moment, its six levels in the organisation's words, and what more will be done. A6, or four."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from journeys.choices import Level
from reports.poster_content import PosterContent, PosterMoment
from reports.poster_page import Line, Look, Page, Run, plain_lines
from reports.poster_results import CUSTOMERS, STAFF, view_name
from reports.poster_words import say_mean
from reports.shapes import badge, figure, line, rectangle
from reports.sizes import POINTS_PER_MM, SIZES, Size
from reports.typesetting import BOLD, DISPLAY, REGULAR, Wrapped, face_for, width_of, wrap

WIDE_MM, TALL_MM, MARGIN_MM = 105.0, 148.0, 7.0
BODY = 9.0  # points: the floor
SCALES = (1.25, 1.15, 1.08, 1.0)
A6 = Size("A6", WIDE_MM, TALL_MM, MARGIN_MM, floor_pt=BODY, headline_pt=BODY * 2, is_portrait=True)
CUT = Look(stroke="line-strong", width=0.6, dash="3 3", is_flat=True)
PITCH, TITLE, STAGE, SMALL = 1.3, 1.9, 1.05, 0.9  # of the body: line to line, and types
CHIP, ROW_AIR = 1.7, 0.42  # of the body: a level's square, air between levels


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level in lines. today: who puts the moment there, empty where nobody does."""

    level: int
    name: Wrapped
    meaning: Wrapped
    today: Wrapped

    @property
    def lines(self) -> int:
        return len(self.name.lines) + len(self.meaning.lines) + len(self.today.lines)


@dataclass(frozen=True, slots=True)
class CardLayout:
    """A measured card in one type. size: of the sheet that it is printed on."""

    size: Size
    body: float
    stage: Wrapped
    title: Wrapped
    facts: tuple[Line, ...]
    levels: tuple[LevelRow, ...]
    more_label: str
    more: Wrapped
    pledge: Wrapped
    foot: Wrapped

    @property
    def too_wide(self) -> bool:
        texts = (self.title, self.more, self.pledge, self.stage, self.foot)
        return any(text.too_wide for text in (*texts, *(row.name for row in self.levels)))

    @property
    def levels_height(self) -> float:
        return sum(self.height_of(row) for row in self.levels)

    def height_of(self, row: LevelRow) -> float:
        return max(CHIP, row.lines * PITCH) * self.body + ROW_AIR * self.body

    @property
    def spare(self) -> float:
        """Height left over; below 0 where the card does not fit."""
        body, pitch = self.body, self.body * PITCH
        top = len(self.stage.lines) * body * STAGE * PITCH + len(self.title.lines) * body * TITLE * 1.15
        more = (len(self.more.lines) + 1) * pitch if self.more.lines else 0
        pledge = len(self.pledge.lines) * body * 1.15 * PITCH + body * 0.5 if self.pledge.lines else 0
        foot = len(self.foot.lines) * body * SMALL * PITCH + body * 0.6
        used = top + len(self.facts) * pitch + body * 1.4 + self.levels_height + more + body * 0.6 + pledge + foot
        return (TALL_MM - 2 * MARGIN_MM) * POINTS_PER_MM - used

    @property
    def fits(self) -> bool:
        return self.spare >= 0 and not self.too_wide


def lay_out_card(content: PosterContent, sheet: str) -> CardLayout:
    """The card in the largest type that fits, or the smallest where none does. sheet: A6 or A4."""
    size = A6 if sheet == "A6" else SIZES[sheet].turned
    layouts = (_measure(content, size, BODY * scale) for scale in SCALES)
    return next((layout for layout in layouts if layout.fits), _measure(content, size, BODY))


def _measure(content: PosterContent, size: Size, body: float) -> CardLayout:
    moment, width = content.moments[0], (WIDE_MM - 2 * MARGIN_MM) * POINTS_PER_MM
    language, beside = content.text_language, width - body * (CHIP + 0.7)
    stage, small = content.stages[0].title, body * SMALL
    rows = []
    for level in sorted(Level, reverse=True):
        name, meaning = content.levels[level - 1], content.meanings[level - 1]
        rows.append(
            LevelRow(
                level.value,
                wrap(name, BOLD, body, beside, content.language),
                _lines(meaning, REGULAR, body, beside, content.language),
                _lines(_today(content, moment, level), BOLD, small, beside, content.language),
            )
        )
    return CardLayout(
        size=size,
        body=body,
        stage=_lines(stage, REGULAR, body * STAGE, width, language),
        title=wrap(moment.title, face_for(moment.title, DISPLAY), body * TITLE, width, language),
        facts=_facts(moment),
        levels=tuple(rows),
        more_label=_("What more we will do"),
        more=_lines(moment.what_more, REGULAR, body, width, language),
        pledge=_lines(content.pledge, BOLD, body * 1.15, width, language),
        foot=wrap(_foot(content), REGULAR, small, width, content.language),
    )


def _lines(text: str, face: str, size: float, measure: float, language: str) -> Wrapped:
    """None for no text: an empty block would let the one after it slip upwards."""
    return wrap(text, face, size, measure, language) if text else Wrapped(())


def _facts(moment: PosterMoment) -> tuple[Line, ...]:
    measures: Line = (
        Run(moment.volume, face=BOLD),
        Run(f" {moment.volume_unit} \u00b7 "),
        Run(moment.duration, face=BOLD),
        Run(f" {moment.duration_unit}"),
    )
    return (measures,)


def _today(content: PosterContent, moment: PosterMoment, level: int) -> str:
    """Who puts the moment on this level, with the mean."""
    means = moment.means
    views = [(view, means.of(view)) for view in (STAFF, CUSTOMERS)] if means and not content.scenario else []
    said = [f"{view_name(view)} {say_mean(mean)}" for view, mean in views if mean and _nearest(mean) == level]
    own = _("manager’s estimate") if content.results else _("our own estimate")
    return " \u00b7 ".join([*said, *([own] if moment.level == level else [])])


def _nearest(mean: float) -> int:
    return min(6, max(1, int(mean + 0.5)))


def _foot(content: PosterContent) -> str:
    whose = ", ".join(filter(None, (content.organisation, content.journey)))
    when = _("%(date)s, version %(version)d") % {"date": content.day, "version": content.version}
    story = f" {content.results.story}" if content.results else ""
    review = f" {content.review}" if content.review else ""
    return f"{whose} \u00b7 {when}.{story}{review}"


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
    top += len(layout.stage.lines) * body * STAGE * PITCH
    title = plain_lines(layout.title.lines, face_for("".join(layout.title.lines), DISPLAY))
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
