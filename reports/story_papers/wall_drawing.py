"""A measured story wall on its sheet; in Arabic its columns are read from the right."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.choices import RIGHT_TO_LEFT
from reports.look import LOGO
from reports.posters.page import Line, Look, Page, Picture, plain_lines
from reports.shapes import line, qr_code, qr_modules
from reports.sizes import POINTS_PER_MM
from reports.story_papers.wall_blocks import INNER, PITCH, SMALL, TOP, Block
from reports.story_papers.wall_content import StoryWall
from reports.story_papers.wall_layout import GUTTER, LOGO_MM, WallLayout
from reports.typesetting import BOLD, DISPLAY, HEADLINE, QUOTE, REGULAR, Wrapped, face_for, runs_leftward

THICK, THIN = Look(stroke="ink", width=1.2, is_flat=True), Look(stroke="line-strong", width=0.6, is_flat=True)


@dataclass(frozen=True, slots=True)
class Setter:
    """Writes blocks into boxes of a page: words that run leftwards, or stand beside such, end at the right edge."""

    page: Page
    is_leftward: bool = False

    def put(
        self, tag: str, box: tuple[float, float, float], size: float, lines: Wrapped, face: str, style: str = ""
    ) -> float:
        """box: left, top, width. Gives the height that it took."""
        left, top, width = box
        said = "".join(lines.lines)
        if not said:
            return 0
        runs: tuple[Line, ...] = plain_lines(lines.lines, face_for(said, face))
        if self.is_leftward or runs_leftward(said):
            self.page.write_right(tag, left + width, top, size, size * PITCH, runs, style)
        else:
            self.page.write(tag, left, top, size, size * PITCH, runs, style)
        return len(lines.lines) * size * PITCH


def draw_wall(layout: WallLayout, wall: StoryWall) -> Page:
    """The page of a layout, in the language that is active."""
    size = layout.size
    code = _("The QR code leads to %(address)s.") % {"address": wall.address} if wall.code else ""
    page = Page(size.width, size.height, alternative=f"{wall.journey}. {code}".strip())
    is_leftward, room = wall.language in RIGHT_TO_LEFT, size.width - 2 * size.margin
    _place_head(page, layout, wall, room, is_leftward=is_leftward)
    step = layout.width + GUTTER * layout.body
    for i, column in enumerate(layout.columns):
        x = size.margin + (room - layout.width - i * step if is_leftward else i * step)
        y = size.margin + layout.head
        for block in column:
            page.drawing.add(1, THICK if block.story.is_featured else THIN, line(x, y, x + layout.width, y))
            _place_block(page, block, x, y, layout.width)
            y += block.height
    _place_foot(page, layout, wall, room, is_leftward=is_leftward)
    return page


def _place_head(page: Page, layout: WallLayout, wall: StoryWall, room: float, *, is_leftward: bool) -> None:
    size, setter = layout.size, Setter(page, is_leftward)
    beside = layout.qr * 2.6
    left, top = size.margin + (beside if is_leftward else 0), size.margin
    accent = "accent" if wall.look.accent else ""
    lines = plain_lines(layout.title.lines, face_for(wall.journey, HEADLINE))
    if is_leftward or runs_leftward(wall.journey):
        page.write_right("h1", size.margin + room, top, layout.title_size, layout.title_size * 1.1, lines, accent)
    else:
        page.write("h1", left, top, layout.title_size, layout.title_size * 1.1, lines, accent)
    under = top + len(lines) * layout.title_size * 1.1
    setter.put("p", (left, under, room - beside), size.floor_pt * 1.3, layout.about, REGULAR, "soft")
    if layout.qr:
        _place_code(page, layout, wall, room, is_leftward=is_leftward)


def _place_code(page: Page, layout: WallLayout, wall: StoryWall, room: float, *, is_leftward: bool) -> None:
    """The telling link: what to do, the code, and the address that can be typed."""
    size, side = layout.size, layout.qr
    module = side / len(qr_modules(wall.code))
    x = size.margin if is_leftward else size.margin + room - side
    page.drawing.add(1, Look(stroke="ink", width=module, is_flat=True), qr_code(wall.code, x, size.margin, module))
    small = size.floor_pt
    host, _slash, rest = wall.address.rpartition("/")
    lines = (
        *plain_lines([wall.invitation], face_for(wall.invitation, DISPLAY)),
        *plain_lines([f"{host}/", rest], BOLD),
    )
    beside = x + side + small if is_leftward else x - small
    write = page.write if is_leftward else page.write_right
    write("p", beside, size.margin, small, small * PITCH, lines)


def _place_block(page: Page, block: Block, x: float, y: float, width: float) -> None:
    is_leftward = runs_leftward(block.story.words)
    setter, body = Setter(page, is_leftward), block.body
    y += TOP * body * block.air
    if block.photo[1]:
        left = x + width - block.photo[0] if is_leftward else x
        page.logos.append(
            Picture(block.story.photo, left, y, *block.photo, alternative=block.story.shows or _("Photo"))
        )
        y += block.photo[1] + INNER * body
    parts = (
        ("p", block.label, SMALL * body, BOLD, "soft"),
        ("p", block.words, block.size, block.face, ""),
        ("p", block.said, body, QUOTE, "soft"),
        ("p", block.doer, block.named, DISPLAY, ""),
        ("p", block.where, SMALL * body, REGULAR, "soft"),
    )
    for tag, lines, size, face, style in parts:
        taken = setter.put(tag, (x, y, width), size, lines, face, style)
        y += taken + (INNER * body if taken and lines is not block.doer else 0)


def _place_foot(page: Page, layout: WallLayout, wall: StoryWall, room: float, *, is_leftward: bool) -> None:
    size = layout.size
    small, left, right = size.floor_pt, size.margin, size.margin + room
    logo = wall.look.logo_box(*(mm * POINTS_PER_MM for mm in LOGO_MM))
    bottom = size.height - size.margin
    if logo[1]:
        x = left if is_leftward else right - logo[0]
        page.logos.append(Picture(LOGO, x, bottom - logo[1], *logo))
    top = bottom - len(layout.foot_words.lines) * small * PITCH
    beside = logo[0] * 1.1
    box = (left + (beside if is_leftward else 0), top, room - beside)
    Setter(page, is_leftward).put("p", box, small, layout.foot_words, REGULAR, "soft")
