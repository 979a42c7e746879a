"""The foot of a poster: whose journey this is, how to read it, when it was made, and the way to the living map."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.posters.content import PosterContent
from reports.posters.legend import Mark, draw_mark, lines_of, marks_of, reference_circle, width_of_mark
from reports.posters.page import Look, Page, plain_lines
from reports.shapes import line, qr_code, qr_modules
from reports.sizes import POINTS_PER_MM, Size, TypeScale
from reports.typesetting import BOLD, DISPLAY, REGULAR, Wrapped, face_for, width_of, wrap

LEFT_SHARE, ADDRESS_SHARE, GUTTER = 0.23, 0.36, 0.025  # of the width between the margins
MEASURE_MAX = 42  # ems of small print that begins at the left edge, as it does upright
MEASURE_WIDE = 84  # the same where there is much of it
TOP = 1.1  # of the body: from the rule to the words


@dataclass(frozen=True, slots=True)
class Footer:
    """Type and lines of the footer, measured; `height` in points. module: of the QR code, 0 for none."""

    width: float
    organisation: Wrapped
    journey: Wrapped
    middle_x: float
    legend: tuple[tuple[Mark, ...], ...]
    reference: float
    reference_radius: float
    small_print: Wrapped
    small_print_x: float
    story: Wrapped
    right_words: tuple[str, ...]
    address: Wrapped
    module: float
    qr_side: float
    type: TypeScale

    @property
    def legend_pitch(self) -> float:
        return max(self.type.pitch * 1.2, self.reference_radius * 2 + 3)

    @property
    def left_height(self) -> float:
        return len(self.organisation.lines) * self.type.name * 1.15 + len(self.journey.lines) * self.type.pitch

    @property
    def small_print_top(self) -> float:
        """Below the legend; where it begins at the left edge, below the names too."""
        legend = len(self.legend) * self.legend_pitch + (self.type.body * 0.3 if self.story.lines else 0)
        return legend if self.small_print_x else max(legend, self.left_height) + self.type.body * 0.5

    @property
    def height(self) -> float:
        pitch, top = self.type.pitch, self.type.body * TOP
        middle = self.small_print_top + (len(self.story.lines) + len(self.small_print.lines)) * pitch
        right = max(len(self.right_words) * pitch, self.qr_side + self.type.body * 0.5)
        return top + max(self.left_height, middle, right + len(self.address.lines) * pitch)


def measure_footer(content: PosterContent, size: Size, type_: TypeScale, largest: float) -> Footer:
    """The footer in this type. largest: radius of the circle of the busiest moment."""
    width = size.width - 2 * size.margin
    left, gutter = width * LEFT_SHARE, width * GUTTER
    module, qr_side = _qr(content.scanned, size)
    right_words = _right_words(content)
    right = max(width_of(word, REGULAR, type_.body) for word in right_words) + (qr_side + type_.body if module else 0)
    right = max(right, min(width_of(content.address, REGULAR, type_.body) + 1, width * ADDRESS_SHARE) if module else 0)
    middle = width - left - right - 2 * gutter
    is_wide = size.is_portrait or content.results is not None
    longest = MEASURE_WIDE if content.results else MEASURE_MAX
    wide = min(left + gutter + middle, longest * type_.body) if is_wide else middle
    reference, radius = reference_circle(
        max((m.contacts for m in content.moments), default=0), largest, type_.least_radius
    )
    language = content.language
    return Footer(
        width=width,
        organisation=wrap(content.organisation, face_for(content.organisation, DISPLAY), type_.name, left, language),
        journey=wrap(_journey(content), REGULAR, type_.body, left, content.text_language),
        middle_x=left + gutter,
        legend=lines_of(marks_of(content, reference, radius, type_), middle, type_),
        reference=reference,
        reference_radius=radius if reference else 0,
        small_print=wrap(small_print(content), REGULAR, type_.body, wide, language),
        story=wrap(content.results.story, BOLD, type_.body, wide, language) if content.results else Wrapped(()),
        small_print_x=0 if is_wide else left + gutter,
        right_words=right_words,
        address=wrap(content.address, REGULAR, type_.body, right, "") if module else Wrapped(()),
        module=module,
        qr_side=qr_side,
        type=type_,
    )


def _journey(content: PosterContent) -> str:
    """The journey's title; of a part, how much of it is shown."""
    if not content.of_moments:
        return content.journey
    words = ngettext(
        "%(journey)s: %(count)d of its %(all)d moments",
        "%(journey)s: %(count)d of its %(all)d moments",
        len(content.moments),
    )
    return words % {"journey": content.journey, "count": len(content.moments), "all": content.of_moments}


def _qr(address: str, size: Size) -> tuple[float, float]:
    """Side of a module and of the code without its quiet zone, in points; 0, 0 without an address."""
    if not address:
        return 0, 0
    count = len(qr_modules(address))
    module = max(size.qr_module_mm, size.qr_mm / count) * POINTS_PER_MM
    return module, module * count


def _right_words(content: PosterContent) -> tuple[str, ...]:
    opening = [_("Scan for the map as it is today.")] if content.address else []
    if content.is_round_scanned:
        opening = [_("How did we do today?"), _("Scan and say it, moment by moment.")]
    dated = _("%(date)s, version %(version)d") % {"date": content.day, "version": content.version}
    number, count = content.sheet
    numbered = [_("sheet %(number)d of %(count)d") % {"number": number, "count": count}] if count > 1 else []
    review = [content.review] if content.review else []
    return (*opening, dated, *review, *numbered)


def small_print(content: PosterContent) -> str:
    """Whose estimate the figures are and, for a scenario, what its figures rest on."""
    own = _("Volumes, times and levels are our own estimate; the customer is the judge.")
    levels = _(
        "The six levels are Ron Kaufman's: 1 and 2 damage value, 3 leaves customers indifferent, 4 to 6 create value."
    )
    if content.results and not content.scenario:
        return f"{content.results.small_print} {levels}"
    return f"{own} {levels} {content.scenario.small_print}" if content.scenario else f"{own} {levels}"


def place_footer(page: Page, footer: Footer, content: PosterContent, x: float, y: float) -> None:
    """Writes the footer with its top left corner at x, y."""
    type_, top = footer.type, y + footer.type.body * TOP
    page.drawing.add(1, Look(stroke="ink", width=1.2, is_flat=True), line(x, y, x + footer.width, y))
    lines = plain_lines(footer.organisation.lines, face_for(content.organisation, DISPLAY))
    page.write("p", x, top, type_.name, type_.name * 1.15, lines)
    journey = top + type_.name * 1.15 * len(lines)
    page.write("p", x, journey, type_.body, type_.pitch, plain_lines(footer.journey.lines), style="soft")
    _place_legend(page, footer, x + footer.middle_x, top)
    story, below = plain_lines(footer.story.lines, BOLD), top + footer.small_print_top
    page.write("p", x + footer.small_print_x, below, type_.body, type_.pitch, story)
    lines, below = plain_lines(footer.small_print.lines), below + len(story) * type_.pitch
    page.write("p", x + footer.small_print_x, below, type_.body, type_.pitch, lines, style="soft")
    _place_right(page, footer, content, x + footer.width, top)


def _place_legend(page: Page, footer: Footer, x: float, y: float) -> None:
    type_, pitch = footer.type, footer.legend_pitch
    for i, marks in enumerate(footer.legend):
        left, middle = x, y + (i + 0.5) * pitch
        for mark in marks:
            draw_mark(page, mark, left, middle, type_.body)
            words = left + mark.width + type_.body * 0.5
            page.write(
                "p", words, middle - type_.pitch / 2, type_.body, type_.pitch, plain_lines([mark.words]), style="soft"
            )
            left += width_of_mark(mark, type_)


def _place_right(page: Page, footer: Footer, content: PosterContent, x: float, y: float) -> None:
    """Set to the right edge x: the code, left of it the date, under both the address."""
    type_ = footer.type
    words_x = x - (footer.qr_side + type_.body if footer.module else 0)
    lines = plain_lines(footer.right_words)
    page.write_right("p", words_x, y, type_.body, type_.pitch, lines, style="soft")
    if footer.module:
        code = qr_code(content.scanned, x - footer.qr_side, y, footer.module)
        page.drawing.add(1, Look(stroke="ink", width=footer.module, is_flat=True), code)
        below = y + footer.qr_side + type_.body * 0.5
        page.write_right("p", x, below, type_.body, type_.pitch, plain_lines(footer.address.lines), style="soft")
