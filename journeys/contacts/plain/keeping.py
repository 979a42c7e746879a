"""Who had contacts where, as keyed hashes in a file: what distinct customers of several counts are counted from."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np

from journeys.contacts.engine import Engine, quoted
from journeys.contacts.plain.cells import Labels
from journeys.contacts.plain.people import Batch, People, are_first
from journeys.contacts.plain.words import WORD_BYTES, Numbers, unmix

_LABEL_BITS = np.uint64(24)


class Hashes:
    """Keyed hashes of customers. ids: by number, of those whose number does not tell their id."""

    def __init__(self, engine: Engine, key: str, ids: dict[int, str]) -> None:
        self._engine, self._key = engine, key
        self._numbers = np.array(sorted(ids), np.uint64)
        self._hashes = np.array([self._hash(ids[number]) for number in sorted(ids)], np.uint64)

    def _hash(self, text: str) -> int:
        return int(hashlib.sha256((self._key + text).encode()).hexdigest()[:16], 16)

    def of(self, customers: Numbers) -> Numbers:
        """As `rows_sql` makes them."""
        target = self._engine.new_path(".txt")
        lines = np.full((customers.size, WORD_BYTES + 1), ord("\n"), np.uint8)
        lines[:, :WORD_BYTES] = unmix(customers).view(np.uint8).reshape(-1, WORD_BYTES)
        places = np.searchsorted(self._numbers, customers)
        is_told = self._numbers.take(places, mode="clip") == customers if self._numbers.size else np.zeros(0, np.bool_)
        if self._numbers.size:
            lines[is_told, :WORD_BYTES] = ord("0")
        target.write_bytes(lines[lines != 0].tobytes())
        hashes = self._read(target)
        target.unlink()
        if self._numbers.size:
            hashes[is_told] = self._hashes[places[is_told]]
        return hashes

    def _read(self, lines: Path) -> Numbers:
        reader = (
            f"read_csv({quoted(str(lines))}, columns={{'id': 'VARCHAR'}}, delim='', quote='', escape='', "
            "header=false, auto_detect=false, force_not_null=['id'])"
        )
        hashed = f"('0x' || left(sha256({quoted(self._key)} || id), 16))::UBIGINT AS hash"
        found = self._engine.connection.execute(f"SELECT {hashed} FROM {reader}").fetchnumpy()  # noqa: S608
        return np.array(found["hash"], np.uint64)


def keep_people(engine: Engine, people: People, labels: Labels, hashes: Hashes, target: Path) -> None:
    """Write them as `customers.keep_people` does."""
    names = [*labels.all, ("all", "")]
    engine.run("CREATE TABLE labels AS SELECT unnest(?) AS dimension, unnest(?) AS name", [*zip(*names, strict=True)])
    parts = [_write(engine, labels, batch, hashes) for batch in people.shares() if batch.customers.size]
    source = f"read_parquet([{', '.join(parts)}])" if parts else _NOBODY
    inside = engine.new_path(".parquet")
    engine.run(f"COPY (FROM {source}) TO {quoted(str(inside))} (FORMAT parquet, COMPRESSION zstd)")
    shutil.move(inside, target)


_NOBODY = "(SELECT '' AS dimension, '' AS name, 0::UBIGINT AS customer, 0::BIGINT AS contacts LIMIT 0)"


def _write(engine: Engine, labels: Labels, batch: Batch, hashes: Hashes) -> str:
    """One share of the customers in a file of its own."""
    is_first = are_first(batch.customers)
    persons = np.cumsum(is_first, dtype=np.uint64) - np.uint64(1)
    hashed = hashes.of(batch.customers[is_first])
    everybody = np.full(batch.customers.size, labels.number, np.int64)
    found = [_count(persons, places.view(np.uint64)) for places in (*labels.places(batch.cells), everybody)]
    keys, contacts = np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])
    table = {
        "label": keys & ((np.uint64(1) << _LABEL_BITS) - np.uint64(1)),
        "customer": hashed[(keys >> _LABEL_BITS).view(np.int64)],
        "contacts": contacts,
    }
    engine.connection.register("share", table)
    part = quoted(str(engine.new_path(".parquet")))
    engine.run(f"""
        COPY (
            SELECT dimension, name, customer, contacts FROM share JOIN labels ON labels.rowid = share.label
        ) TO {part} (FORMAT parquet, COMPRESSION uncompressed)
    """)  # noqa: S608
    engine.connection.unregister("share")
    return part


def _count(persons: Numbers, places: Numbers) -> tuple[Numbers, np.ndarray]:
    """Each person with each label once, as one number; and how many contacts."""
    keys = np.sort(persons << _LABEL_BITS | places)
    firsts = np.flatnonzero(are_first(keys))
    return keys[firsts], np.diff(np.append(firsts, keys.size))
