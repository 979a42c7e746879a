"""Finds the largest type in which stories stand in columns on one sheet, none broken by a column's end.

What does not fit at the sheet's smallest type is first cut after a sentence, then photos go; nothing is cut silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.sizes import POINTS_PER_MM, Size
from reports.story_papers.wall_blocks import PITCH, SMALL, Attempt, Block, measure_block, wrapped
from reports.story_papers.wall_content import StoryWall, WallStory
from reports.typesetting import HEADLINE, REGULAR, Wrapped, ems, face_for, wrap

WHOLE = 100_000
ATTEMPTS = (
    *(Attempt(letters, has_photos=True) for letters in (WHOLE, 1_500, 900, 600, 420)),
    *(Attempt(letters) for letters in (420, 300)),
    *(Attempt(letters, is_dense=True) for letters in (300, 200, 130)),
    *(Attempt(letters, is_dense=True, has_places=False) for letters in (130, 90)),
)
"""From all of everything to the least."""
SCALES = (3.0, 2.7, 2.4, 2.2, 2.0, 1.8, 1.65, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0)  # of the sheet's smallest type
MEASURE_LEAST, MEASURE_MAX, COLUMNS_MAX = 18, 40, 8  # ems of a column; columns of a sheet
GUTTER = 2.0  # of the body: between columns
TITLE, HEAD_AIR = 0.055, 0.5  # of the short side; of the title
QR_SHARE, LOGO_MM = 0.11, (40.0, 9.0)


@dataclass(frozen=True, slots=True)
class WallLayout:
    """A measured wall. columns: blocks of each, in reading order; attempt: what of the stories is shown."""

    size: Size
    body: float
    title: Wrapped
    title_size: float
    about: Wrapped
    head: float
    foot_words: Wrapped
    foot: float
    qr: float
    width: float
    columns: tuple[tuple[Block, ...], ...]
    attempt: Attempt

    @property
    def cut(self) -> list[WallStory]:
        return [block.story for column in self.columns for block in column if block.is_cut]


def lay_out_wall(wall: StoryWall, size: Size) -> WallLayout | None:
    """The wall with all of its stories in the largest type that fits; None where they are too many for the sheet."""
    room = size.width - 2 * size.margin
    title_size, qr = size.short_side * TITLE, size.short_side * QR_SHARE if wall.code else 0
    beside = room - qr * 2.6
    title = wrap(wall.journey, face_for(wall.journey, HEADLINE), title_size, beside, wall.language)
    about = wrapped(wall.about, REGULAR, size.floor_pt * 1.3, beside, wall.language)
    words = len(title.lines) * title_size * 1.1 + len(about.lines) * size.floor_pt * 1.3 * PITCH
    head = max(words, qr + size.floor_pt * SMALL * PITCH * 2 if qr else 0) + title_size * HEAD_AIR
    logo = wall.look.logo_box(*(mm * POINTS_PER_MM for mm in LOGO_MM))
    foot_words = wrap(wall.foot, REGULAR, size.floor_pt, room - logo[0] * 1.1, wall.language)
    foot = max(len(foot_words.lines) * size.floor_pt * PITCH, logo[1]) + size.floor_pt
    tall = size.height - 2 * size.margin - head - foot
    for attempt in ATTEMPTS:
        for scale in SCALES:
            found = _columns(wall, room, tall, size.floor_pt * scale, attempt)
            if found:
                width, columns = found
                body = size.floor_pt * scale
                return WallLayout(
                    size, body, title, title_size, about, head, foot_words, foot, qr, width, columns, attempt
                )
    return None


def _columns(
    wall: StoryWall, room: float, tall: float, body: float, attempt: Attempt
) -> tuple[float, tuple[tuple[Block, ...], ...]] | None:
    """Width of a column and what stands in each, where all stories fit in this type."""
    for count in range(1, min(COLUMNS_MAX, len(wall.stories)) + 1):
        width = (room - (count - 1) * GUTTER * body) / count
        if not MEASURE_LEAST <= width / body <= MEASURE_MAX or _is_hopeless(wall, width, tall * count, body, attempt):
            continue
        blocks = [measure_block(story, width, body, attempt, wall.language) for story in wall.stories]
        if not any(block.is_too_wide for block in blocks) and (packed := _packed(blocks, count, tall)):
            return width, packed
    return None


def _is_hopeless(wall: StoryWall, width: float, tall: float, body: float, attempt: Attempt) -> bool:
    """Whether the words alone take more lines than there are, without wrapping a single one."""
    lines = sum(
        max(1.0, ems(story.words, REGULAR) * min(1, attempt.letters / max(1, len(story.words))))
        for story in wall.stories
    )
    return lines * 0.8 * body * body * PITCH > tall * width


def _packed(blocks: Sequence[Block], count: int, tall: float) -> tuple[tuple[Block, ...], ...] | None:
    """The stories in order in so many columns of about the same height; None where one column would be too high."""
    least, most = max(block.height for block in blocks), tall
    if least > most or _fill(blocks, most, count) is None:
        return None
    for _step in range(20):
        middle = (least + most) / 2
        least, most = (least, middle) if _fill(blocks, middle, count) else (middle, most)
    return _fill(blocks, most, count)


def _fill(blocks: Sequence[Block], tall: float, count: int) -> tuple[tuple[Block, ...], ...] | None:
    columns: list[list[Block]] = [[]]
    left = tall
    for block in blocks:
        if block.height > left and columns[-1]:
            columns.append([])
            left = tall
        columns[-1].append(block)
        left -= block.height
    return tuple(map(tuple, columns)) if len(columns) <= count else None
