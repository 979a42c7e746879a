"""A promise, what was measured, and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

COLUMNS = "{:7}{:58}{:>12}{:>22}{:>14}"


@dataclass(frozen=True)
class Row:
    """One promise: `value` of an interleaved run, with its lowest and highest, beside the limit.

    unit: "x" for a ratio, "ms", "%", "queries". is_floor: the limit is the least, not the most.
    """

    name: str
    value: float
    limit: float
    low: float | None = None
    high: float | None = None
    unit: str = "x"
    is_floor: bool = False

    @property
    def is_kept(self) -> bool:
        return self.value >= self.limit if self.is_floor else self.value <= self.limit


Benchmark = Callable[[], Iterable[Row]]
BENCHMARKS: dict[str, Benchmark] = {}


def benchmark(measure: Benchmark) -> Benchmark:
    """Register a function that measures and gives rows. Its name is what --only takes."""
    BENCHMARKS[measure.__name__] = measure
    return measure


def head() -> str:
    return COLUMNS.format("", "promise", "measured", "lowest to highest", "limit")


def line(row: Row) -> str:
    spread = "" if row.low is None or row.high is None else f"{figure(row.low)} to {figure(row.high)}"
    limit = f"{'>=' if row.is_floor else '<='} {figure(row.limit)} {row.unit}"
    return COLUMNS.format("ok" if row.is_kept else "MISSED", row.name, f"{figure(row.value)} {row.unit}", spread, limit)


def figure(value: float) -> str:
    """Three significant digits, without an exponent."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def count_missed(rows: Sequence[Row]) -> int:
    return sum(not row.is_kept for row in rows)
