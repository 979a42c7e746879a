"""Names as they stand in a log, and what they are counted as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from journeys.contacts.engine import Engine
from journeys.contacts.limits import NAME_MAX
from journeys.contacts.mapping import Mapping


@dataclass(frozen=True)
class Labels:
    """labels: what each name written in counted contacts is counted as. column: where the contacts hold the names."""

    column: str
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def distinct(self) -> list[str]:
        return sorted(set(self.labels.values()))

    def code_sql(self) -> str:
        """The place of a contact's label in `distinct`, as SQL. Needs the type that `make_type` makes."""
        code = f"enum_code({self.column}::{self.column}_name)::INTEGER"
        places = {label: place for place, label in enumerate(self.distinct)}
        found = [places[self.labels[name]] for name in sorted(self.labels)]
        return code if found == list(range(len(found))) else f"{found}[{code} + 1]"

    def make_type(self, engine: Engine) -> None:
        """An enumeration of the written names: numbers are grouped faster than texts."""
        engine.run(f"CREATE TABLE {self.column}_names AS SELECT unnest(?::VARCHAR[]) AS name", [sorted(self.labels)])
        names = f"SELECT name FROM {self.column}_names ORDER BY name"  # noqa: S608
        engine.run(f"CREATE TYPE {self.column}_name AS ENUM ({names})")


def touchpoint_labels(names: Iterable[str], mapping: Mapping) -> Labels:
    cleaned = {name: _clean(name) for name in names}
    return Labels("touchpoint", {name: _clean(mapping.names.get(label, label)) for name, label in cleaned.items()})


def channel_labels(names: Iterable[str]) -> Labels:
    return Labels("channel", {name: _clean(name) for name in names})


def _clean(name: str) -> str:
    return name.replace("\0", "").strip()[:NAME_MAX]


def is_clean(name: str) -> bool:
    """Whether a name is counted as it is written."""
    return _clean(name) == name
