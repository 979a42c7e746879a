"""A log counted as plain rows, and the lines of it that are not plain by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from journeys.contacts.aggregate import Aggregate, Example, FileRead, Rows
from journeys.contacts.engine import Engine, open_engine
from journeys.contacts.labels import channel_labels, touchpoint_labels
from journeys.contacts.limits import EXAMPLES
from journeys.contacts.log_tables import is_same
from journeys.contacts.mapping import Mapping
from journeys.contacts.opening import open_source
from journeys.contacts.plain.aside import AsideTables, Numbering
from journeys.contacts.plain.cells import Labels
from journeys.contacts.plain.finding import Findings, find_people
from journeys.contacts.plain.fitting import Plan, fit
from journeys.contacts.plain.keeping import keep_people
from journeys.contacts.plain.keyed import Hashes
from journeys.contacts.plain.people import People
from journeys.contacts.plain.repeated import find_repeated
from journeys.contacts.plain.scan import scan
from journeys.contacts.plain.shared import Shared
from journeys.contacts.plain.tally import Position, Tally
from journeys.contacts.plain.totals import add_rest, month_names, to_aggregate
from journeys.contacts.plain.unfit import Unfit
from journeys.contacts.plain.words import Numbers
from journeys.contacts.sample import settle
from journeys.contacts.sources import Source


def count_plain(
    paths: Sequence[Path],
    mapping: Mapping,
    *,
    key: str = "",
    keep: Path | None = None,
    folder: Path | None = None,
    is_estimate: bool = False,
    has_sketches: bool = False,
) -> Aggregate:
    """All contacts of some files. Raises Unfit where the database has to read them, Refused where nothing can.

    keep: where to write customers' hashes, made with the key. is_estimate: distinct customers may be estimated, and
    repeated rows are not looked for. has_sketches: whether customers are sketched, with hashes of the same key.
    """
    with open_engine(paths, mapping.time_zone or "UTC", folder=folder) as engine:
        hashes = Hashes(key) if keep or has_sketches else None
        log = PlainLog(engine, mapping, People(is_sample=is_estimate), hashes, keep)
        for path in paths:
            log.open(path)
        return log.count(has_sketches=has_sketches)


class PlainLog:
    """Files that are read as one log."""

    def __init__(
        self, engine: Engine, mapping: Mapping, people: People, hashes: Hashes | None, keep: Path | None
    ) -> None:
        self._engine, self._mapping, self._keep = engine, mapping, keep
        self._paths: list[Path] = []
        self._sources: list[Source] = []
        self._plans: list[Plan] = []
        self._files: list[FileRead] = []
        looks_for_repeats = mapping.repeated_rows != "count" and bool(mapping.customer) and not people.is_sample
        self._shared = Shared(mapping, people, looks_for_repeats, hashes)

    def open(self, path: Path) -> None:
        """Raises Unfit or Refused."""
        if same := next((other.name for other in self._paths if is_same(path, other)), ""):
            self._files.append(FileRead(path.name, path.stat().st_size, "", 0, same))
            return
        source = open_source(path, self._engine)
        plan = fit(source, settle(self._mapping, source))
        if not plan:
            raise Unfit("a kind of file or mapping")
        self._files.append(FileRead(path.name, path.stat().st_size, source.kind, len(self._paths)))
        self._paths.append(path)
        self._sources.append(source)
        self._plans.append(plan)

    def count(self, *, has_sketches: bool = False) -> Aggregate:
        """Raises Unfit."""
        self._readings = scan(self._plans, self._shared)
        self._numbering = Numbering(self._readings, [plan.first_row for plan in self._plans])
        aside = AsideTables(self._engine, self._mapping, self._shared, self._numbering)
        with ThreadPoolExecutor(1) as pool:
            plain = pool.submit(self._count_plain)
            rest = self._count_aside(aside)  # the database's part, for which Python need not wait
            people = self._find_people(rest, has_sketches=has_sketches) if self._mapping.customer else None
            total = plain.result()
        add_rest(total, rest, aside.place)
        if people:
            people.write_on(total)
            if people.found.repeated.size:
                self._note_repeated(total.rows, people.found.repeated, aside)
        total.people = self._keep
        lines = sum((reading.read_lines for reading in self._readings), Counter[int]())
        total.files = [each if each.same_as else replace(each, rows=lines[each.rows]) for each in self._files]
        return total

    def _count_aside(self, aside: AsideTables) -> Aggregate:
        for file, (path, source) in enumerate(zip(self._paths, self._sources, strict=True)):
            aside.read(path.name, file, source, self._readings)
        return aside.count()

    def _count_plain(self) -> Aggregate:
        tally = Tally()
        for reading in self._readings:
            tally.add(reading.tally)
        total = to_aggregate(tally, *self._names(), self._locate)
        plain = sum(reading.read_lines.total() - reading.aside_lines for reading in self._readings)
        anonymous = sum(reading.anonymous for reading in self._readings)
        total.rows = Rows(plain, plain, doubtful=anonymous)
        if anonymous:
            examples = sorted(example for reading in self._readings for example in reading.examples)[:EXAMPLES]
            total.rows.reasons["unknown_customer"] = anonymous
            total.rows.examples["unknown_customer"] = [self._example(*each) for each in examples]
        return total

    def _names(self) -> tuple[list[str], list[str]]:
        """What each code of touchpoints and of channels is counted as."""
        touchpoints, channels = [*self._shared.touchpoints.texts], [*self._shared.channels.texts]  # more may come
        touchpoint_names = touchpoint_labels(touchpoints, self._mapping).labels
        channel_names = channel_labels(channels).labels
        return [touchpoint_names[text] for text in touchpoints], [channel_names[text] for text in channels]

    def _example(self, position: Position, text: str) -> Example:
        return Example(self._paths[position[0]].name, self._numbering.row(position), text)

    def _locate(self, position: Position) -> tuple[int, Example]:
        return self._numbering.place(position), self._example(position, "")

    def _find_people(self, rest: Aggregate, *, has_sketches: bool) -> Findings | None:
        """None where there is no contact."""
        months = month_names([reading.tally for reading in self._readings], rest, self._shared.other_months)
        if not months:
            return None
        labels, hashes = Labels(*self._names(), months), self._shared.hashes
        findings = find_people(self._shared, labels, has_sketches=has_sketches)
        if hashes and self._keep:
            keep_people(self._engine, self._shared.people, labels, hashes, self._keep)
        return findings

    def _note_repeated(self, rows: Rows, numbers: Numbers, aside: AsideTables) -> None:
        if self._mapping.repeated_rows == "once":
            raise Unfit("repeated rows are to be taken out of the counts")
        repeated = find_repeated(self._plans, self._shared, numbers, aside.candidates(numbers))
        rows.doubtful += repeated.in_order
        rows.reasons["repeated_row"] = repeated.number
        rows.examples["repeated_row"] = [self._example(*each) for each in repeated.examples]
