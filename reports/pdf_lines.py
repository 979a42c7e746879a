"""Finished lines of text as the boxes of a page that is laid out already. Measured: half the time of a layout in full.

The engine lays out one sample of each kind of block; every text is a copy of its kind's boxes with its own words and
place. How the engine sets a line is given to it: that is known to `reports.pdf`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

POINTS_PER_PIXEL = 0.75
BADGES = ("keep", "enhance", "eliminate")  # runs on a shape that is drawn
NewLine = Callable[[str], Any]
"""Gives what the engine draws words from; its `width(style)` is in pixels, and costs as much as drawing them."""


@dataclass(frozen=True, slots=True)
class SetText:
    """A block of finished lines. kind: place of its sample; x: of its left edge, or right one; in points.

    lines: of each its runs, a class or nothing and the words; runs_leftward: they are read from right to left.
    """

    kind: int
    x: float
    y: float
    pitch: float
    lines: Sequence[Sequence[tuple[str, str]]]
    is_set_right: bool = False
    runs_leftward: bool = False

    @property
    def words(self) -> str:
        return " ".join("".join(words for _style, words in line) for line in self.lines).strip()


class Samples:
    """The boxes that stand for each kind of block on one laid out page. styles: classes of each kind's runs, in order.

    container: the box whose children they are. Raises ValueError where they are not those that were asked for.
    """

    def __init__(self, container: Any, styles: Sequence[Sequence[str]], new_line: NewLine) -> None:
        self.new_line = new_line
        blocks = [child for child in container.children if _is_block_of_lines(child)]
        if len(blocks) != len(styles):
            raise ValueError(f"{len(blocks)} samples for {len(styles)} kinds of text")
        self.blocks = blocks
        self.runs = [
            dict(zip(kinds, block.children[0].children, strict=True))
            for block, kinds in zip(blocks, styles, strict=True)
        ]

    def fill(self, container: Any, texts: Sequence[SetText]) -> None:
        """Put texts in place of the samples: the first, what else stands there, then the others."""
        others = [child for child in container.children if not _is_block_of_lines(child)]
        first, *rest = (self._block(text) for text in texts)
        container.children = [first, *others, *rest]

    def _block(self, text: SetText) -> Any:
        sample = self.blocks[text.kind]
        block = sample.copy()
        block.position_x, block.position_y = text.x / POINTS_PER_PIXEL, text.y / POINTS_PER_PIXEL
        block.margin_left = block.margin_top = 0
        block.children = []
        if sample.bookmark_label:
            block.bookmark_label = text.words
        pitch, known = text.pitch / POINTS_PER_PIXEL, self.runs[text.kind]
        lines = [
            [_Part(known[style], style, words, self.new_line) for style, words in runs if words] for runs in text.lines
        ]
        for i, (parts, x) in enumerate(zip(lines, _starts(text, lines), strict=True)):
            block.children.append(self._line(text, sample.children[0], parts, x, block.position_y + i * pitch))
        return block

    def _line(self, text: SetText, sample: Any, parts: list[_Part], x: float, y: float) -> Any:
        line = sample.copy()
        children = []
        if text.runs_leftward:
            parts.reverse()
        for i, part in enumerate(parts):
            x += parts[i - 1].width if i else 0
            children.append(part.placed(x, y - sample.position_y))
        line.position_x, line.position_y, line.children = text.x / POINTS_PER_PIXEL, y, children
        return line


def _starts(text: SetText, lines: Sequence[Sequence[_Part]]) -> list[float]:
    """The left edge of each line, in pixels. Lines that run leftward end where the widest of them does, but for those
    that stand in a badge, which begins at the left."""
    x = text.x / POINTS_PER_PIXEL
    if not text.is_set_right and not text.runs_leftward:
        return [x] * len(lines)
    widths = [sum(part.width for part in parts) for parts in lines]
    right = x if text.is_set_right else x + max(widths)
    return [
        x if text.runs_leftward and not text.is_set_right and parts and parts[0].is_badge else right - width
        for parts, width in zip(lines, widths, strict=True)
    ]


class _Part:
    """One run's words in copies of its sample's boxes: a text, or a text in a span."""

    def __init__(self, sample: Any, style: str, words: str, new_line: NewLine) -> None:
        self.sample, self.is_badge = sample, any(name in BADGES for name in style.split())
        self.is_span = hasattr(sample, "children") and bool(sample.children)
        self.text = (sample.children[0] if self.is_span else sample).copy()
        self.text.text, self.text.pango_layout = words, new_line(words)

    @property
    def inset(self) -> float:
        return float(self.sample.padding_left) if self.is_span else 0.0

    @property
    def width(self) -> float:
        """In pixels."""
        return self.inset + float(self.text.pango_layout.width(self.text.style))

    def placed(self, x: float, down: float) -> Any:
        """down: from the sample's line to this one."""
        self.text.position_x = x + self.inset
        self.text.position_y += down
        if not self.is_span:
            return self.text
        span = self.sample.copy()
        span.position_x, span.position_y, span.children = x, span.position_y + down, [self.text]
        return span


def _is_block_of_lines(box: Any) -> bool:
    return box.element_tag in ("h1", "h2", "h3", "p")


def container_of(box: Any) -> Any:
    """The section of a laid out page or, where it has none, its body."""
    inner = next((child for child in box.children if child.element_tag in ("html", "body", "section")), None)
    return container_of(inner) if inner else box
