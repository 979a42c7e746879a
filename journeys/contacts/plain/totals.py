"""What all processes have counted, as an aggregate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from math import log

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.aggregate import Aggregate, Cell, Example, Place, Span, add_cells
from journeys.contacts.histogram import STEP
from journeys.contacts.plain.cells import part_cell
from journeys.contacts.plain.dates import DAY_BITS, date_of, month_number, month_of
from journeys.contacts.plain.tally import ANONYMOUS, HOURS, SECONDS_BITS, UNKNOWN, Position, Tally
from journeys.contacts.plain.words import Numbers

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001
_BINS = 1 << 12


def to_aggregate(
    tally: Tally,
    touchpoints: Sequence[str],
    channels: Sequence[str],
    locate: Callable[[Position], tuple[int, Example]],
) -> Aggregate:
    """touchpoints, channels: what each code is counted as."""
    total = Aggregate()
    days = np.flatnonzero(tally.days).tolist()
    total.days = Counter({date_of(day): int(tally.days[day]) for day in days})
    hours = tally.hours.reshape(-1, HOURS)
    for touchpoint, position in tally.firsts.items():
        name = touchpoints[touchpoint]
        total.hours += Counter(
            {(name, hour): number for hour, number in enumerate(hours[touchpoint].tolist()) if number}
        )
        span = Span(_time(tally.least[touchpoint]), _time(tally.most[touchpoint]), *locate(position))
        total.spans[name] = widen(total.spans.get(name, span), span)
    for cell, found in _cells(*tally.runs()):
        touchpoint, channel, month = part_cell(cell)
        place = Place(touchpoints[touchpoint], channels[channel], month_of(month))
        total.cells[place] = add_cells([total.cells[place], found]) if place in total.cells else found
    return total


def widen(one: Span, other: Span) -> Span:
    """The place of a span is where its touchpoint comes first."""
    first = min(one, other, key=lambda span: span.place)
    return Span(min(one.first, other.first), max(one.last, other.last), first.place, first.example)


def add_rest(total: Aggregate, rest: Aggregate, place_of: Callable[[int], int]) -> None:
    """Add what the database counted. place_of: where among all rows those places are."""
    total.rows.add(rest.rows)
    total.hours += rest.hours
    total.days += rest.days
    for place, cell in rest.cells.items():
        total.cells[place] = add_cells([total.cells.get(place, Cell()), cell])
    for name, span in rest.spans.items():
        span = span._replace(place=place_of(span.place))
        total.spans[name] = widen(total.spans.get(name, span), span)


def month_names(tallies: Sequence[Tally], rest: Aggregate, others: dict[str, int]) -> dict[int, str]:
    """The months of a log by number: of plain rows, and of those that the database counted."""
    dates = np.concatenate([np.flatnonzero(tally.days) for tally in tallies])
    months = {month: month_of(month) for month in np.unique(dates >> DAY_BITS).tolist()}
    names = {place.month for place in rest.cells}
    return months | {others[name] if name in others else month_number(name): name for name in names}


def _time(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=int(seconds))


def _cells(keys: Numbers, counts: NDArray[np.int64]) -> list[tuple[int, Cell]]:
    """Each cell with its contacts and their durations in bins."""
    is_known = keys < ANONYMOUS
    keys = keys & np.uint64(ANONYMOUS - 1)
    seconds = (keys & np.uint64(UNKNOWN)).astype(np.int64)
    cells = (keys >> np.uint64(SECONDS_BITS)).astype(np.int64)
    places, contacts, identified = _sums(cells, counts, counts * is_known)
    timed = np.flatnonzero(seconds != UNKNOWN)
    cells, seconds, counts = cells[timed], seconds[timed], counts[timed]
    binned, numbers, milliseconds = _sums(cells * _BINS + bins_of(seconds * 1_000), counts, counts * seconds * 1_000)
    ends = np.searchsorted(binned, (places + 1) * _BINS).tolist()
    bins, sums = (binned % _BINS).tolist(), list(zip(numbers.tolist(), milliseconds.tolist(), strict=True))
    return [
        (place, Cell(number, known, dict(zip(bins[start:end], sums[start:end], strict=True))))
        for place, number, known, start, end in zip(
            places.tolist(), contacts.tolist(), identified.tolist(), [0, *ends][:-1], ends, strict=True
        )
    ]


def bins_of(milliseconds: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bins that `histogram` describes."""
    bins = 1 + np.floor(np.log(np.maximum(milliseconds, 1)) / log(STEP)).astype(np.int64)
    return np.where(milliseconds > 0, bins, 0)


def _sums(places: NDArray[np.int64], *numbers: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Each place once, in order, and the sums of its numbers."""
    if not places.size:
        return [places, *numbers]
    if (places[1:] < places[:-1]).any():
        order = np.argsort(places, kind="stable")
        places, numbers = places[order], tuple(each[order] for each in numbers)
    firsts = np.flatnonzero(np.append(True, places[1:] != places[:-1]))
    return [places[firsts], *(np.add.reduceat(each, firsts) for each in numbers)]
