"""One story of a wall in lines: how much of it is shown, and how high it is."""

from __future__ import annotations

from dataclasses import dataclass

from reports.story_papers.wall_content import WallStory, cut_words
from reports.typesetting import BOLD, DISPLAY, QUOTE, REGULAR, Wrapped, face_for, wrap

PITCH, FEATURED, SMALL = 1.36, 1.25, 0.86  # of the body
TOP, BOTTOM, INNER = 0.9, 1.1, 0.35  # of the body: under a story's rule, above the next one, between its parts
DENSE_AIR = 0.6  # of what stands above and below a story where there is little room
PHOTO_TALLEST = 0.75  # of the column's width


@dataclass(frozen=True, slots=True)
class Attempt:
    """How much of the stories is shown. is_dense: without what customers said, who and where in one line;
    has_places: False where even moment and month go.
    """

    letters: int
    has_photos: bool = False
    is_dense: bool = False
    has_places: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """One story in lines. size: of its words; named: of its doer's; photo: width and height, (0, 0) without one;
    air: above and below, in parts of the usual.
    """

    story: WallStory
    label: Wrapped
    words: Wrapped
    said: Wrapped
    doer: Wrapped
    where: Wrapped
    size: float
    body: float
    named: float
    face: str
    photo: tuple[float, float]
    is_cut: bool
    air: float = 1

    @property
    def height(self) -> float:
        parts = [
            self.photo[1],
            len(self.label.lines) * self.body * SMALL * PITCH,
            len(self.words.lines) * self.size * PITCH,
            len(self.said.lines) * self.body * PITCH,
            (len(self.doer.lines) * self.named + len(self.where.lines) * SMALL * self.body) * PITCH,
        ]
        shown = [part for part in parts if part]
        return sum(shown) + ((TOP + BOTTOM) * self.air + INNER * (len(shown) - 1)) * self.body

    @property
    def is_too_wide(self) -> bool:
        return any(part.too_wide for part in (self.label, self.words, self.said, self.doer, self.where))


def measure_block(story: WallStory, width: float, body: float, attempt: Attempt, language: str) -> Block:
    """The story in a column of that width, in that type."""
    words, is_cut = cut_words(story, attempt.letters)
    size, face = (body * FEATURED, QUOTE) if story.is_featured else (body, REGULAR)
    face, small, is_dense = face_for(words, face), body * SMALL, attempt.is_dense
    said = "" if is_dense or not story.said else f"“{story.said.strip('“”')}”"
    where = story.where if attempt.has_places else ""
    doer = " · ".join(filter(None, (story.doer, where))) if is_dense else story.doer
    return Block(
        story=story,
        label=wrapped("" if is_dense else story.label, BOLD, small, width, language),
        words=wrapped(words, face, size, width, language),
        said=wrapped(said, QUOTE, body, width, language),
        doer=wrapped(doer, DISPLAY, small if is_dense else body, width, language),
        where=wrapped("" if is_dense else story.where, REGULAR, small, width, language),
        size=size,
        body=body,
        named=small if is_dense else body,
        face=face,
        photo=_photo(story, width) if attempt.has_photos and story.photo else (0, 0),
        is_cut=is_cut,
        air=DENSE_AIR if is_dense else 1,
    )


def _photo(story: WallStory, width: float) -> tuple[float, float]:
    height = min(width / story.ratio, width * PHOTO_TALLEST)
    return height * story.ratio, height


def wrapped(text: str, face: str, size: float, measure: float, language: str) -> Wrapped:
    """None for no text; a face that lacks a letter gives way to one that has it."""
    return wrap(text, face_for(text, face), size, measure, language) if text else Wrapped(())
