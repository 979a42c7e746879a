"""The foot of a poster: whose journey this is, how to read it, when it was made, and the way to the living map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from django.utils.translation import gettext as _

from journeys.figures import short
from reports.poster_content import PosterContent
from reports.poster_curve import RADIUS_MIN
from reports.poster_page import Look, Page, plain_lines
from reports.shapes import circle, icon, line, qr_code, qr_modules
from reports.sizes import POINTS_PER_MM, Size, TypeScale
from reports.typesetting import DISPLAY, REGULAR, Wrapped, face_for, width_of, wrap

LEFT_SHARE, ADDRESS_SHARE, GUTTER = 0.23, 0.36, 0.025  # of the width between the margins
TOP = 1.1  # of the body: from the rule to the words


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of the legend: a drawn sign and its words."""

    sign: str
    words: str
    width: float


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
    right_words: tuple[str, ...]
    address: Wrapped
    module: float
    qr_side: float
    type: TypeScale

    @property
    def legend_pitch(self) -> float:
        return max(self.type.pitch * 1.2, self.reference_radius * 2 + 3)

    @property
    def height(self) -> float:
        pitch, top = self.type.pitch, self.type.body * TOP
        left = len(self.organisation.lines) * self.type.stage * 1.15 + len(self.journey.lines) * pitch
        middle = len(self.legend) * self.legend_pitch + len(self.small_print.lines) * pitch
        right = max(len(self.right_words) * pitch, self.qr_side + self.type.body * 0.5)
        return top + max(left, middle, right + len(self.address.lines) * pitch)


def measure_footer(content: PosterContent, size: Size, type_: TypeScale, largest: float) -> Footer:
    """The footer in this type. largest: radius of the circle of the busiest moment."""
    width = size.width - 2 * size.margin
    left, gutter = width * LEFT_SHARE, width * GUTTER
    module, qr_side = _qr(content.address, size)
    right_words = _right_words(content)
    right = max(width_of(word, REGULAR, type_.body) for word in right_words) + (qr_side + type_.body if module else 0)
    right = max(right, min(width_of(content.address, REGULAR, type_.body) + 1, width * ADDRESS_SHARE) if module else 0)
    middle = width - left - right - 2 * gutter
    reference, radius = reference_circle(max((m.contacts for m in content.moments), default=0), largest)
    language = content.language
    return Footer(
        width=width,
        organisation=wrap(content.organisation, face_for(content.organisation, DISPLAY), type_.stage, left, language),
        journey=wrap(content.journey, REGULAR, type_.body, left, content.text_language),
        middle_x=left + gutter,
        legend=_legend_lines(_marks(content, reference, radius, type_), middle, type_),
        reference=reference,
        reference_radius=radius if reference else 0,
        small_print=wrap(_small_print(), REGULAR, type_.body, middle, language),
        right_words=right_words,
        address=wrap(content.address, REGULAR, type_.body, right, "") if module else Wrapped(()),
        module=module,
        qr_side=qr_side,
        type=type_,
    )


def _qr(address: str, size: Size) -> tuple[float, float]:
    """Side of a module and of the code without its quiet zone, in points; 0, 0 without an address."""
    if not address:
        return 0, 0
    count = len(qr_modules(address))
    module = max(size.qr_module_mm, size.qr_mm / count) * POINTS_PER_MM
    return module, module * count


def _right_words(content: PosterContent) -> tuple[str, ...]:
    opening = (_("Scan for the map as it is today."),) if content.address else ()
    return (*opening, _("%(date)s, version %(version)d") % {"date": content.day, "version": content.version})


def _small_print() -> str:
    return _(
        "Volumes, times and levels are our own estimate; the customer is the judge. "
        "The six levels are Ron Kaufman's: 1 and 2 damage value, 3 leaves customers indifferent, 4 to 6 create value."
    )


def reference_circle(busiest: float, largest: float) -> tuple[float, float]:
    """A round number of contacts and the radius it has on this poster; 0, 0 where every circle is held at its least."""
    if busiest <= 0:
        return 0, 0
    powers = [10.0**power for power in range(int(log10(busiest)) - 2, int(log10(busiest)) + 2)]
    for amount in sorted(factor * power for power in powers for factor in (1, 2, 5)):
        radius = largest * (amount / busiest) ** 0.5
        if radius >= RADIUS_MIN and amount <= busiest:
            return amount, radius
    return 0, 0


def _marks(content: PosterContent, reference: float, radius: float, type_: TypeScale) -> list[Mark]:
    moments = content.moments
    known = (
        ("curve", _("our own estimate"), type_.body * 3, any(m.level for m in moments)),
        ("reference", _("%(number)s contacts a year") % {"number": short(reference)}, radius * 2, reference),
        ("unjudged", _("no level yet"), type_.body * 1.2, any(m.level is None for m in moments)),
        ("flag", _("make-or-break"), type_.body * 1.2, any(m.is_make_or_break for m in moments)),
    )
    return [Mark(sign, words, width) for sign, words, width, is_shown in known if is_shown]


def _legend_lines(marks: Sequence[Mark], measure: float, type_: TypeScale) -> tuple[tuple[Mark, ...], ...]:
    lines: list[list[Mark]] = []
    used = 0.0
    for mark in marks:
        wide = _mark_width(mark, type_)
        if not lines or used + wide > measure:
            lines.append([])
            used = 0
        lines[-1].append(mark)
        used += wide
    return tuple(tuple(entries) for entries in lines)


def _mark_width(mark: Mark, type_: TypeScale) -> float:
    return mark.width + type_.body * 0.5 + width_of(mark.words, REGULAR, type_.body) + type_.body * 1.6


def place_footer(page: Page, footer: Footer, content: PosterContent, x: float, y: float) -> None:
    """Writes the footer with its top left corner at x, y."""
    type_, top = footer.type, y + footer.type.body * TOP
    page.drawing.add(1, Look(stroke="ink", width=1.2, is_flat=True), line(x, y, x + footer.width, y))
    lines = plain_lines(footer.organisation.lines, face_for(content.organisation, DISPLAY))
    page.write("p", x, top, type_.stage, type_.stage * 1.15, lines)
    journey = top + type_.stage * 1.15 * len(lines)
    page.write("p", x, journey, type_.body, type_.pitch, plain_lines(footer.journey.lines), style="soft")
    _place_middle(page, footer, x + footer.middle_x, top)
    _place_right(page, footer, content, x + footer.width, top)


def _place_middle(page: Page, footer: Footer, x: float, y: float) -> None:
    type_, pitch = footer.type, footer.legend_pitch
    for i, marks in enumerate(footer.legend):
        left, middle = x, y + (i + 0.5) * pitch
        for mark in marks:
            _draw_mark(page, mark, left, middle, type_.body)
            words = left + mark.width + type_.body * 0.5
            page.write(
                "p", words, middle - type_.pitch / 2, type_.body, type_.pitch, plain_lines([mark.words]), style="soft"
            )
            left += _mark_width(mark, type_)
    below = y + len(footer.legend) * pitch
    page.write("p", x, below, type_.body, type_.pitch, plain_lines(footer.small_print.lines), style="soft")


def _draw_mark(page: Page, mark: Mark, x: float, y: float, body: float) -> None:
    """A sign of the legend, its left edge at x, its middle at y."""
    drawing, radius = page.drawing, mark.width / 2
    if mark.sign == "curve":
        drawing.add(2, Look(stroke="ink", width=body * 0.26), line(x, y, x + mark.width, y))
    elif mark.sign == "reference":
        drawing.add(2, Look(fill="paper", stroke="ink", width=1.5), circle(x + radius, y, radius))
    elif mark.sign == "unjudged":
        dash = Look(fill="paper", stroke="ink-soft", width=1.5, dash="2.5 2")
        drawing.add(2, dash, circle(x + radius, y, radius))
    else:
        drawing.add(2, Look(fill="ink", stroke="ink", width=mark.width / 14), icon("flag", x, y - radius, mark.width))


def _place_right(page: Page, footer: Footer, content: PosterContent, x: float, y: float) -> None:
    """Set to the right edge x: the code, left of it the date, under both the address."""
    type_ = footer.type
    words_x = x - (footer.qr_side + type_.body if footer.module else 0)
    lines = plain_lines(footer.right_words)
    page.write_right("p", words_x, y, type_.body, type_.pitch, lines, style="soft")
    if footer.module:
        code = qr_code(content.address, x - footer.qr_side, y, footer.module)
        page.drawing.add(1, Look(stroke="ink", width=footer.module, is_flat=True), code)
        below = y + footer.qr_side + type_.body * 0.5
        page.write_right("p", x, below, type_.body, type_.pitch, plain_lines(footer.address.lines), style="soft")
