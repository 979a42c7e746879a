"""The pocket card: one moment, its six levels in the organisation's words, and what more will be done. A6, or four."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from journeys.choices import Level
from reports.posters.content import PosterContent, PosterMoment
from reports.posters.page import Line, Run
from reports.posters.whose import CUSTOMERS, STAFF, view_name
from reports.posters.words import say_mean
from reports.sizes import POINTS_PER_MM, SIZES, Size
from reports.typesetting import BOLD, DISPLAY, REGULAR, Wrapped, face_for, wrap

WIDE_MM, TALL_MM, MARGIN_MM = 105.0, 148.0, 7.0
BODY = 9.0  # points: the floor
SCALES = (1.25, 1.15, 1.08, 1.0)
A6 = Size("A6", WIDE_MM, TALL_MM, MARGIN_MM, floor_pt=BODY, headline_pt=BODY * 2, is_portrait=True)
PITCH, TITLE, STAGE, SMALL = 1.3, 1.9, 1.05, 0.9  # of the body: line to line, and types
LOGO_MM = (30.0, 9.0)  # the room of the logo, at the right of the stage's name
LOGO_AIR = 0.5  # of the body: between the logo and what stands beside and below it
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
    logo: tuple[float, float] = (0, 0)

    @property
    def too_wide(self) -> bool:
        texts = (self.title, self.more, self.pledge, self.stage, self.foot)
        return any(text.too_wide for text in (*texts, *(row.name for row in self.levels)))

    @property
    def title_top(self) -> float:
        """From the top of the card's text to its title: below the stage's name, and below the logo."""
        logo = self.logo[1] + self.body * LOGO_AIR if self.logo[1] else 0
        return max(len(self.stage.lines) * self.body * STAGE * PITCH, logo)

    @property
    def levels_height(self) -> float:
        return sum(self.height_of(row) for row in self.levels)

    def height_of(self, row: LevelRow) -> float:
        return max(CHIP, row.lines * PITCH) * self.body + ROW_AIR * self.body

    @property
    def spare(self) -> float:
        """Height left over; below 0 where the card does not fit."""
        body, pitch = self.body, self.body * PITCH
        top = self.title_top + len(self.title.lines) * body * TITLE * 1.15
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
    logo = content.look.logo_box(*(side * POINTS_PER_MM for side in LOGO_MM))
    beside_logo = width - logo[0] - body * LOGO_AIR if logo[0] else width
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
        stage=_lines(stage, REGULAR, body * STAGE, beside_logo, language),
        title=wrap(moment.title, face_for(moment.title, DISPLAY), body * TITLE, width, language),
        facts=_facts(moment),
        levels=tuple(rows),
        more_label=_("What more we will do"),
        more=_lines(moment.what_more, REGULAR, body, width, language),
        pledge=_lines(content.pledge, BOLD, body * 1.15, width, language),
        foot=wrap(_foot(content), REGULAR, small, width, content.language),
        logo=logo,
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
