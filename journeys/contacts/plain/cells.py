"""Cells: where a contact belongs, as one number, and what the parts of that number are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.plain.words import Numbers

TOUCHPOINTS_MOST, CHANNELS_MOST, MONTHS_MOST = 1 << 11, 1 << 9, 1 << 12
_TOUCHPOINT_BITS, _CHANNEL_BITS = 21, 12  # below which a cell's channel and month stand
WORD_BITS = 64
Cells = NDArray[np.uint32]
Codes = NDArray[np.int64]


def join_cells(touchpoints: Codes, channels: Codes, months: Codes) -> Codes:
    cells = touchpoints << _TOUCHPOINT_BITS
    cells |= channels << _CHANNEL_BITS
    cells |= months
    return cells


def part_cell(cell: int) -> tuple[int, int, int]:
    """Touchpoint, channel and month."""
    return (
        cell >> _TOUCHPOINT_BITS,
        cell >> _CHANNEL_BITS & (CHANNELS_MOST - 1),
        cell & (MONTHS_MOST - 1),
    )


class Label(NamedTuple):
    """A name by which customers are counted, such as ("channel", "Web")."""

    dimension: str
    name: str


class Labels:
    """The labels of all codes. touchpoints, channels, months: the names by code; several codes may have one name."""

    def __init__(self, touchpoints: Sequence[str], channels: Sequence[str], months: dict[int, str]) -> None:
        found = {
            "touchpoint": dict(enumerate(touchpoints)),
            "channel": dict(enumerate(channels)),
            "month": months,
        }
        self.all = [
            Label(dimension, name) for dimension, names in found.items() for name in sorted(set(names.values()))
        ]
        places = {label: place for place, label in enumerate(self.all)}
        self._tables = [
            [_table(names, size, dimension, places, word) for word in range(self._words)]
            for (dimension, names), size in zip(
                found.items(), (TOUCHPOINTS_MOST, CHANNELS_MOST, MONTHS_MOST), strict=True
            )
        ]

        self._places = [
            _places(names, size, dimension, places)
            for (dimension, names), size in zip(
                found.items(), (TOUCHPOINTS_MOST, CHANNELS_MOST, MONTHS_MOST), strict=True
            )
        ]

    def places(self, cells: Cells) -> Iterator[Codes]:
        """The place in `all` of the label of each cell, by dimension."""
        touchpoints, channels, months = self._places
        yield touchpoints.take(cells >> np.uint32(_TOUCHPOINT_BITS), mode="clip")
        yield channels.take(cells >> np.uint32(_CHANNEL_BITS) & np.uint32(CHANNELS_MOST - 1), mode="clip")
        yield months.take(cells & np.uint32(MONTHS_MOST - 1), mode="clip")

    @property
    def number(self) -> int:
        return len(self.all)

    @property
    def _words(self) -> int:
        return (self.number + WORD_BITS - 1) // WORD_BITS

    def bits(self, cells: Cells) -> Iterator[Numbers]:
        """Words in which bit n stands for label n, then for label 64 + n and so on."""
        touchpoints, channels, months = self._tables
        for word in range(self._words):
            bits = touchpoints[word].take(cells >> np.uint32(_TOUCHPOINT_BITS), mode="clip")
            bits |= channels[word].take(cells >> np.uint32(_CHANNEL_BITS) & np.uint32(CHANNELS_MOST - 1), mode="clip")
            bits |= months[word].take(cells & np.uint32(MONTHS_MOST - 1), mode="clip")
            yield bits


def _table(names: dict[int, str], size: int, dimension: str, places: dict[Label, int], word: int) -> Numbers:
    table = np.zeros(size, np.uint64)
    for code, name in names.items():
        place = places[Label(dimension, name)]
        if place // WORD_BITS == word:
            table[code] = 1 << place % WORD_BITS
    return table


def _places(names: dict[int, str], size: int, dimension: str, places: dict[Label, int]) -> Codes:
    table = np.zeros(size, np.int64)
    for code, name in names.items():
        table[code] = places[Label(dimension, name)]
    return table
