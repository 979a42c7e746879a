"""Files of contact logs counted together: as plain rows where they can be, else by the database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.engine import open_engine
from journeys.contacts.log_tables import LogTables
from journeys.contacts.mapping import Mapping
from journeys.contacts.noting import Note
from journeys.contacts.plain.log import count_plain
from journeys.contacts.plain.unfit import Unfit
from journeys.contacts.reading import Hashing


def count_contacts(
    paths: Sequence[Path],
    mapping: Mapping,
    *,
    key: str,
    keep: Path | None = None,
    folder: Path | None = None,
    note: Note | None = None,
    is_estimate: bool = False,
) -> Aggregate:
    """All contacts of some files of the same shape. Raises Refused where a file can't be used; then nothing is counted.

    key: what customers' ids are hashed with. keep: where to write those hashes, so that this count can be merged with
    others. folder: where to put what does not fit into memory. note: is told every row that is not in order.
    is_estimate: take less memory; distinct customers may then be estimated, and repeated rows are not looked for. What
    is kept is exact in any case.
    """
    if note is None:
        try:
            return count_plain(paths, mapping, key=key, keep=keep, folder=folder, is_estimate=is_estimate and not keep)
        except Unfit:
            pass  # what was read of it does not count
    with open_engine(paths, mapping.time_zone or "UTC", folder=folder) as engine:
        log = LogTables(engine, mapping, Hashing(key, is_lasting=keep is not None))
        for path in paths:
            log.read(path)
        return log.count(keep, note)
