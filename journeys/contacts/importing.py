"""Files of contact logs counted together: as plain rows where they can be, else by the database."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.customers import Keep
from journeys.contacts.engine import open_engine
from journeys.contacts.log_tables import LogTables
from journeys.contacts.mapping import Mapping
from journeys.contacts.noting import Note
from journeys.contacts.plain.log import count_plain
from journeys.contacts.plain.unfit import Unfit


def count_contacts(
    paths: Sequence[Path],
    mapping: Mapping,
    *,
    key: str,
    keep: Path | None = None,
    folder: Path | None = None,
    note: Note | None = None,
    is_estimate: bool = False,
    has_sketches: bool = False,
) -> Aggregate:
    """All contacts of some files of the same shape. Raises Refused where a file can't be used; then nothing is counted.

    key: what customers' ids are hashed with. keep: where to write those hashes, so that this count can be merged with
    others. folder: where to put what does not fit into memory. note: is told every row that is not in order.
    is_estimate: take less memory; distinct customers may then be estimated, and repeated rows are not looked for. What
    is kept or sketched is exact in any case. has_sketches: whether to make sketches of customers, which is quicker than
    to keep them.
    """
    if note is None:
        is_estimate = is_estimate and not keep and not has_sketches
        try:
            return count_plain(
                paths,
                mapping,
                key=key,
                keep=keep,
                folder=folder,
                is_estimate=is_estimate,
                has_sketches=has_sketches,
            )
        except Unfit:
            pass  # what was read of it does not count
    with open_engine(paths, mapping.time_zone or "UTC", folder=folder) as engine:
        log = LogTables(engine, mapping, has_ids=has_sketches or keep is not None)
        for path in paths:
            log.read(path)
        if not has_sketches:
            return log.count(Keep(keep, key) if keep else None, note)
        aggregate = log.count_with_sketches(key, note)
        if keep and aggregate.people and aggregate.people.is_file():
            shutil.move(aggregate.people, keep)
        return replace(aggregate, people=keep)
