"""Distinct customers of a plain log by label, with sketches of them where they are asked for."""

from __future__ import annotations

from typing import NamedTuple

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.plain.cells import Labels
from journeys.contacts.plain.distinct import Found, count_customers
from journeys.contacts.plain.shared import Shared
from journeys.contacts.plain.smallest import Smallest
from journeys.contacts.sketches import Sketches


class Findings(NamedTuple):
    """What was found of whom; one customer in 2 ** halvings was looked at."""

    found: Found
    labels: Labels
    sketches: Sketches
    halvings: int

    def write_on(self, total: Aggregate) -> None:
        total.sketches = self.sketches
        total.sampled = 1 << self.halvings
        by_label = zip(self.labels.all, (self.found.by_label * total.sampled).tolist(), strict=True)
        total.customers = {("all", ""): self.found.customers * total.sampled}
        total.customers |= {label: number for label, number in by_label if number}


def find_people(shared: Shared, labels: Labels, *, has_sketches: bool) -> Findings:
    """Distinct customers, and rows that repeat an earlier one."""
    smallest = Smallest(labels, shared.hashes) if shared.hashes and has_sketches else None
    found = count_customers(shared.people, labels, smallest)
    sketches = smallest.sketches([*found.by_label.tolist(), found.customers]) if smallest else {}
    return Findings(found, labels, sketches, shared.people.halvings)
