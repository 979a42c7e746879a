"""What all processes read a log with."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field

from journeys.contacts.mapping import Mapping
from journeys.contacts.plain.cells import CHANNELS_MOST, TOUCHPOINTS_MOST
from journeys.contacts.plain.keyed import Hashes
from journeys.contacts.plain.names import Names
from journeys.contacts.plain.offsets import Offsets
from journeys.contacts.plain.people import People
from journeys.contacts.plain.words import Numbers, number_texts


@dataclass
class Shared:
    """What all processes read with. hashes: of customers, where they are going to be asked for."""

    mapping: Mapping
    people: People
    looks_for_repeats: bool
    hashes: Hashes | None = None
    touchpoints: Names = field(init=False)
    channels: Names = field(init=False)
    offsets: Offsets = field(init=False)
    unknown: Numbers = field(init=False)
    other_months: dict[str, int] = field(default_factory=dict)  # by name, of years that no clock here reads

    def __post_init__(self) -> None:
        self.touchpoints = Names(TOUCHPOINTS_MOST, ("", *self.mapping.ignored))
        self.channels = Names(CHANNELS_MOST)
        self.offsets = Offsets(self.mapping.time_zone or "UTC")
        self.unknown = number_texts([word.encode() for word in ("", *self.mapping.unknown_customers)])
        self.nameless = self.touchpoints.code(self.mapping.touchpoint_name) if not self.mapping.touchpoint else 0
        self.no_channel = self.channels.code("") if not self.mapping.channel else 0

    def for_another(self) -> Shared:
        """The same names, and nobody met yet: for a process of its own."""
        another = copy(self)
        another.people = People(is_sample=self.people.is_sample)
        another.hashes = self.hashes.for_another() if self.hashes else None
        return another
