"""Blocks parted into cells: where each cell of a usual line begins and ends, and which lines are not usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.limits import LINE_BYTES_MAX
from journeys.contacts.plain.blocks import BLOCK_BYTES, Block
from journeys.contacts.plain.unfit import Unfit

_NEWLINE, _RETURN, _QUOTE = 10, 13, 34
Places = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Truths = NDArray[np.bool_]
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True)
class Shape:
    """How lines are parted. delimiter: a byte. width: how many cells. has_returns: lines end in CR LF."""

    delimiter: int
    width: int
    has_returns: bool


@dataclass(frozen=True)
class Lines:
    """The lines of a block. marks: where the cells of usual lines end, by column; starts: where usual lines begin.

    ends: where all lines end; unusual: the numbers of the others.
    """

    data: Bytes
    shape: Shape
    marks: NDArray[np.int64]
    starts: Places
    ends: Places
    unusual: Places

    def cell(self, place: int) -> tuple[Places, Places]:
        """Where the cells of a column begin, and their lengths."""
        starts = self.marks[place - 1] + 1 if place else self.starts
        lengths = self.marks[place] - starts
        return starts, lengths - 1 if self.shape.has_returns and place == self.shape.width - 1 else lengths

    def numbers(self, rows: Places) -> Places:
        """The numbers, among all lines, of some usual lines."""
        return with_gaps(rows, self.unusual)

    def texts(self, numbers: Places) -> Iterator[tuple[int, bytes]]:
        """Lines that are not blank, by number, with their ends."""
        for number in numbers.tolist():
            start = int(self.ends[number - 1]) + 1 if number else 0
            text = self.data[start : int(self.ends[number]) + 1].tobytes()
            if text not in {b"\n", b"\r\n"}:
                yield number, text


class Scratch:
    """Room for what is asked of each letter of a block, kept from block to block: new memory costs more."""

    def __init__(self) -> None:
        self.is_mark = np.empty(BLOCK_BYTES, np.bool_)
        self.is_newline = np.empty(BLOCK_BYTES, np.bool_)


def part(block: Block, shape: Shape, scratch: Scratch) -> Lines:
    """Raises Unfit where lines can't be told apart without reading the file from its beginning."""
    data = np.frombuffer(block.buffer, np.uint8)
    body = data[: block.size]
    _check_letters(block, body)
    is_newline = np.equal(body, _NEWLINE, out=scratch.is_newline[: block.size])
    is_mark = np.equal(body, shape.delimiter, out=scratch.is_mark[: block.size])
    is_mark |= is_newline
    marks = np.flatnonzero(is_mark)
    newlines = np.flatnonzero(is_newline.take(marks))
    ends = marks[newlines]
    starts = after(ends)
    _check_ends(block, body, starts, ends, shape)
    is_usual = newlines - after(newlines) == shape.width - 1
    if block.buffer.find(b'"', 0, block.size) >= 0:
        is_usual &= ~_has_quotes(body, ends)
    unusual = np.flatnonzero(~is_usual)
    return Lines(data, shape, _columns(marks, newlines, unusual, shape), without(starts, unusual), ends, unusual)


def after(ends: Places) -> Places:
    """Where pieces begin that end at some places."""
    starts = np.empty_like(ends)
    starts[:1] = 0
    np.add(ends[:-1], 1, out=starts[1:])
    return starts


def _columns(marks: Places, newlines: Places, unusual: Places, shape: Shape) -> Places:
    """The marks of usual lines by column. newlines: which of the marks end lines."""
    columns = np.empty((shape.width, newlines.size - unusual.size), np.int64)
    line = place = 0
    for end in (*unusual.tolist(), newlines.size):
        size, first = end - line, int(newlines[line - 1]) + 1 if line else 0
        columns[:, place : place + size] = marks[first : first + size * shape.width].reshape(size, shape.width).T
        place, line = place + size, end + 1
    return columns


def without(values: NDArray[Number], places: Places) -> NDArray[Number]:
    """All values but those at some places, in order. Pieces between few places are copied faster than single values."""
    if not places.size:
        return values
    if places.size * 64 > values.size:
        return np.delete(values, places)
    ends = [*places.tolist(), values.size]
    starts = [0, *(place + 1 for place in ends[:-1])]
    return np.concatenate([values[start:end] for start, end in zip(starts, ends, strict=True)])


def with_gaps(places: Places, gaps: Places) -> Places:
    """Where values stood from which those at some places, the gaps, have been taken out."""
    return places + np.searchsorted(gaps - np.arange(gaps.size), places, side="right")


def _check_letters(block: Block, body: Bytes) -> None:
    """All of it has to be UTF-8 without NUL."""
    least = body.view(np.int8).min()  # letters beyond ASCII are below zero
    if least <= 0:
        if not body.min():
            raise Unfit("NUL")
        try:
            str(memoryview(block.buffer)[: block.size], "utf-8")
        except UnicodeDecodeError:
            raise Unfit("not UTF-8") from None


def _check_ends(block: Block, body: Bytes, starts: Places, ends: Places, shape: Shape) -> None:
    """All lines end alike and none is too long."""
    if shape.has_returns:
        if np.count_nonzero(body == _RETURN) != ends.size or (body[ends - 1] != _RETURN).any():
            raise Unfit("line ends")
    elif block.buffer.find(b"\r", 0, block.size) >= 0:
        raise Unfit("line ends")
    if _may_be_long(ends, block.size) and (ends - starts).max() >= LINE_BYTES_MAX:
        raise Unfit("a line is too long")


def _may_be_long(ends: Places, size: int) -> bool:
    """Whether some half of what a line may be has no end of a line in it."""
    halves = np.searchsorted(ends, np.arange(0, size, LINE_BYTES_MAX // 2))
    return not np.diff(halves).all()


def _has_quotes(body: Bytes, ends: Places) -> Truths:
    """Lines with quotation marks. An odd number of them may open a cell that goes on in the next line."""
    quotes = np.bincount(np.searchsorted(ends, np.flatnonzero(body == _QUOTE)), minlength=ends.size)
    if (quotes & 1).any():
        raise Unfit("a quotation mark that is not closed in its line")
    found: Truths = quotes > 0
    return found
