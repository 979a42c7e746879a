"""The top of a poster: one number for the whole corridor, its sentence, and what the levels say of value."""

from __future__ import annotations

from dataclasses import dataclass

from reports.look import LOGO
from reports.posters.content import PosterContent
from reports.posters.page import Line, Look, Page, Picture, Run, plain_lines
from reports.shapes import rectangle
from reports.sizes import Size, TypeScale
from reports.typesetting import BOLD, DISPLAY, HEADLINE, REGULAR, Wrapped, ems, face_for, wrap

RIGHT_SHARE, RIGHT_SHARE_MAX, STACKED_SHARE, GUTTER = 0.31, 0.52, 0.55, 0.03  # of the width between the margins
FIGURE_HEIGHT, FIGURE_TOP = 0.7, 0.131  # of Archivo: height of a figure; its distance from the top of a line of 1.0
CAPTION, FIGURE, COMMA = 0.29, 0.27, 0.25  # of the headline's size; COMMA: air under it, where its commas hang
SENTENCE, SENTENCE_LEAST = 1.35, 1.05  # of the body
CAPTION_LEAST = 0.7  # of its own size
REMARK_LINES_MAX = 6
LOGO_WIDTH, LOGO_HEIGHT, LOGO_AIR = 0.6, 0.042, 1.5  # of the right part; of the sheet's short side; of the lead
PITCH = 1.32  # from line to line, of the type


@dataclass(frozen=True, slots=True)
class Header:
    """Type and lines of the header, measured; `height` in points. is_stacked: figures and remark stand below."""

    is_stacked: bool
    right_x: float
    right_width: float
    remark_x: float
    headline_size: float
    caption_size: float
    caption: Wrapped
    sentence_size: float
    sentence: Wrapped
    figure_size: float
    figures: tuple[tuple[str, Wrapped, str], ...]
    remark: tuple[Line, ...]
    type: TypeScale
    logo: tuple[float, float]

    @property
    def logo_room(self) -> float:
        """Height that the logo takes with the air below it: over the figures or, upright, over everything."""
        return self.logo[1] + self.type.lead * LOGO_AIR if self.logo[1] else 0

    @property
    def top(self) -> float:
        """Of the headline."""
        return self.logo_room if self.is_stacked else 0

    @property
    def caption_top(self) -> float:
        return self.headline_size * (FIGURE_HEIGHT + COMMA)

    @property
    def sentence_top(self) -> float:
        lines = self.caption_size * 1.1 * len(self.caption.lines)
        return self.caption_top + lines + self.type.lead * 0.35

    @property
    def left_height(self) -> float:
        return self.sentence_top + self.sentence_size * 1.35 * len(self.sentence.lines)

    @property
    def right_top(self) -> float:
        return self.left_height + self.type.lead * 1.5 if self.is_stacked else self.logo_room

    @property
    def remark_top(self) -> float:
        """From the top of the figures to the remark."""
        if self.is_stacked:
            return 0
        lines = max((len(caption.lines) for _, caption, _ in self.figures), default=0)
        return self.figures_top + self.type.lead * PITCH * lines + (self.type.lead * 0.9 if lines else 0)

    @property
    def figures_top(self) -> float:
        return self.figure_size * (FIGURE_HEIGHT + 0.3) if self.figures else 0

    @property
    def height(self) -> float:
        figures = self.figures_top + self.type.lead * PITCH * max(
            (len(words.lines) for _, words, _ in self.figures), default=0
        )
        right = max(figures, self.remark_top + self.type.lead * PITCH * len(self.remark))
        return self.top + max(self.left_height, self.right_top + right)


def measure_header(content: PosterContent, size: Size, type_: TypeScale) -> Header:
    """The header in this type. The headline gives way to its own length, never below three times the body.

    Upright, figures and remark stand side by side below the sentence.
    """
    width, is_stacked = size.width - 2 * size.margin, size.is_portrait
    headline_ems = ems(content.headline, face_for(content.headline, HEADLINE))
    widest = width if is_stacked else width * (1 - RIGHT_SHARE - GUTTER)
    headline = min(type_.headline, widest / headline_ems)
    sentence = type_.lead * SENTENCE_LEAST * ems(content.sentence, REGULAR) + 1
    left = min(widest, max(headline * headline_ems, sentence, width * (1 - RIGHT_SHARE_MAX - GUTTER)))
    if is_stacked:
        left = width
    right = width * STACKED_SHARE if is_stacked else width - left - width * GUTTER
    remark_x = right + width * GUTTER if is_stacked else width - right
    figure_size = max(type_.lead * 2, type_.headline * FIGURE)
    sentence_size = _one_line(content.sentence, REGULAR, left, type_.lead * SENTENCE, type_.lead * SENTENCE_LEAST)
    caption = max(type_.lead * 1.3, type_.headline * CAPTION)
    caption_size = _one_line(content.headline_caption, _caption_face(content), left, caption, caption * CAPTION_LEAST)
    return Header(
        is_stacked=is_stacked,
        right_x=0 if is_stacked else width - right,
        right_width=right,
        remark_x=remark_x,
        headline_size=headline,
        caption_size=caption_size,
        caption=wrap(content.headline_caption, _caption_face(content), caption_size, left, content.language),
        sentence_size=sentence_size,
        sentence=wrap(content.sentence, REGULAR, sentence_size, left, content.language),
        figure_size=_figure_that_fits(content, right, figure_size) if content.figures else figure_size,
        figures=_figures(content, right, type_),
        remark=_remark(content, width - remark_x - type_.lead * 1.1, type_),
        type=type_,
        logo=content.look.logo_box(right * LOGO_WIDTH, size.short_side * LOGO_HEIGHT),
    )


def _figure_that_fits(content: PosterContent, width: float, size: float) -> float:
    """The size in which each figure keeps to its part of the width: two figures and an arrow are long."""
    widest = max(ems(figure, face_for(figure, DISPLAY)) for figure, _caption, _colour in content.figures)
    return min(size, (width / max(len(content.figures), 2)) * 0.92 / widest)


def _one_line(text: str, face: str, width: float, size: float, least: float) -> float:
    """The size or, where that keeps the text on one line, a smaller one that is not below the least."""
    one_line = 0.999 * width / max(1, ems(text, face))
    return min(one_line, size) if one_line >= least else size


def _caption_face(content: PosterContent) -> str:
    return face_for(content.headline_caption, HEADLINE)


def _figures(content: PosterContent, width: float, type_: TypeScale) -> tuple[tuple[str, Wrapped, str], ...]:
    each = width / max(len(content.figures), 2) - type_.lead
    return tuple(
        (figure, wrap(caption, REGULAR, type_.lead, each, content.language), colour)
        for figure, caption, colour in content.figures
    )


def _remark(content: PosterContent, width: float, type_: TypeScale) -> tuple[Line, ...]:
    """Lines of the remark with its opening in bold; none where it would outgrow the header."""
    if not type_.has_remark:
        return ()
    opening, rest = content.remark
    lines = wrap(f"{opening} {rest}".strip(), BOLD, type_.lead, width, content.text_language).lines
    if len(lines) > REMARK_LINES_MAX:
        return ()
    left, styled = len(opening), []
    for line in lines:
        bold, left = line[: max(0, left)], left - len(line) - 1
        runs = (Run(bold, face=BOLD), Run(line[len(bold) :]))
        styled.append(tuple(run for run in runs if run.text))
    return tuple(styled)


def place_header(page: Page, header: Header, content: PosterContent, x: float, y: float) -> None:
    """Writes the header with its top left corner at x, y."""
    if header.logo[1]:
        right_edge = page.width - x if header.is_stacked else x + header.right_x + header.right_width
        page.logos.append(Picture(LOGO, right_edge - header.logo[0], y, *header.logo))
    y += header.top
    size, caption, type_ = header.headline_size, header.caption_size, header.type
    face = face_for(content.headline, HEADLINE)
    # the space parts the number from its caption where a reader takes the page's text as it comes
    headline = ((Run(f"{content.headline} ", "accent" if content.look.accent else "", face),),)
    page.write("h1", x - size * 0.03, y - size * FIGURE_TOP, size, size, headline)
    top = y + header.caption_top - caption * 0.2
    page.write("p", x, top, caption, caption * 1.1, plain_lines(header.caption.lines, _caption_face(content)))
    top = y + header.sentence_top
    lines = plain_lines(header.sentence.lines)
    page.write("p", x, top, header.sentence_size, header.sentence_size * 1.35, lines, style="soft")
    _place_figures(page, header, x + header.right_x, y + header.right_top)
    if header.remark:
        right, top, tall = (
            x + header.remark_x,
            y + header.right_top + header.remark_top,
            type_.lead * PITCH * len(header.remark),
        )
        page.drawing.add(1, Look(fill=content.look.accent or "ink"), rectangle(right, top, type_.lead * 0.3, tall))
        page.write("p", right + type_.lead * 1.1, top, type_.lead, type_.lead * PITCH, header.remark)


def _place_figures(page: Page, header: Header, x: float, y: float) -> None:
    step = header.right_width / max(len(header.figures), 2)
    for i, (figure, caption, colour) in enumerate(header.figures):
        left, size = x + i * step, header.figure_size
        line = (Run(figure, colour, face_for(figure, DISPLAY)),)
        page.write("p", left, y - size * FIGURE_TOP, size, size, (line,))
        lines = plain_lines(caption.lines)
        page.write("p", left, y + header.figures_top, header.type.lead, header.type.lead * PITCH, lines, style="soft")
