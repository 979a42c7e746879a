"""A file together with what its columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.contacts.mapping import Mapping
from journeys.contacts.sources import Source


@dataclass(frozen=True)
class Reading:
    """A source with a settled mapping. forms: of the start's and the end's column. has_ids: customers stand for
    themselves while they are counted, not a number for each that differs from version to version. has_hashes: the
    source holds no ids but hashes as `customers.hash_sql` makes them, in hexadecimal.
    """

    source: Source
    mapping: Mapping
    start_form: str
    end_form: str
    has_ids: bool = False
    has_hashes: bool = False

    @property
    def zone(self) -> str:
        return self.mapping.time_zone or "UTC"

    def text(self, role: str) -> str:
        """The column of a role; an empty text where the log has none. Trimmed where the head of the file shows need."""
        column = self.mapping.columns.get(role)
        if not column:
            return "''"
        place = self.source.columns.index(column)
        if not self.source.has_quotes:
            return f"trim(c{place}, ' \"')"
        is_padded = any(row[place] != row[place].strip() for row in self.source.head if place < len(row))
        return f"trim(c{place})" if is_padded else f"c{place}"

    @property
    def places(self) -> Sequence[int]:
        """The places of all columns that are used."""
        return sorted({self.source.columns.index(column) for column in self.mapping.columns.values()})

    @property
    def least_milliseconds(self) -> int:
        """The shortest duration that is known; of steps that are to be paired, zero is not yet a duration."""
        return 1 if self.mapping.zero_means_unknown and not self.mapping.lifecycle else 0
