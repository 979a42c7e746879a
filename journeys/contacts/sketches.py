"""Distinct customers that add up: of the customers' keyed hashes the smallest 65,536, in order, as bytes.

Up to so many customers the count is exact. Beyond, the largest hash that was kept tells how densely hashes lie, as they
are spread evenly: off by 0.4 % one time in three, by 1 % one time in a hundred. The smallest of several parts are the
smallest of the whole, so that it does not matter how a log is split.
Source: Bar-Yossef et al. 2002, "Counting distinct elements in a data stream", algorithm 1 with k = 65,536.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from journeys.contacts.engine import Engine, quoted

if TYPE_CHECKING:
    import numpy as np

KEPT = 65_536
_RANGE = 2.0**64
_TYPE, _BYTES = "<u8", 8
Sketches = dict[tuple[str, str], bytes]  # by dimension and name, as `Aggregate.customers`


def sketch_people(engine: Engine, people: Path) -> Sketches:
    """Sketches of a file of hashes, as `customers.keep_people` writes it."""
    relation = f"read_parquet({quoted(str(engine.reach(people)))})"
    pairs = engine.rows(f"SELECT DISTINCT dimension, name FROM {relation}")  # noqa: S608
    found = f"SELECT unnest(min(customer, {KEPT})) FROM {relation} WHERE dimension = ? AND name = ?"  # noqa: S608
    return {
        (dimension, name): pack(engine.connection.execute(found, [dimension, name]).fetchnumpy().popitem()[1])
        for dimension, name in sorted(pairs)
    }


def pack(hashes: np.ndarray) -> bytes:
    """The sketch of different hashes."""
    import numpy as np  # only where a log is counted or shown: it takes time and memory

    return np.sort(hashes)[:KEPT].astype(_TYPE).tobytes()


def add_sketches(parts: Iterable[bytes]) -> bytes:
    """The sketch of all of them together."""
    import numpy as np

    arrays = [np.frombuffer(part, _TYPE) for part in parts]
    return np.unique(np.concatenate(arrays))[:KEPT].tobytes() if arrays else b""


def count_sketch(sketch: bytes) -> int:
    """How many customers it stands for."""
    number = len(sketch) // _BYTES
    if number < KEPT:
        return number
    largest = int.from_bytes(sketch[-_BYTES:], "little")
    return round((KEPT - 1) / ((largest + 1) / _RANGE))


def is_exact(customers: int) -> bool:
    """Whether so many customers were counted one by one."""
    return customers < KEPT
