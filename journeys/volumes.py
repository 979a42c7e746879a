"""How many moments of truth a journey has and how long they last. Pure functions of METHOD, "Volume and time"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

SECONDS_PER_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Volumes:
    """One journey's year. Units stand in the names; `average_seconds` is None where nobody meets anything."""

    contacts_per_year: float
    contacts_per_customer: float
    seconds_per_customer: float
    average_seconds: float | None
    hours_per_year: float


def contacts_per_year(customers_per_year: int, contacts_per_customer: float) -> float:
    """Contacts a year at one moment: N v. Source: METHOD, "Volume and time"."""
    return customers_per_year * contacts_per_customer


def total_volumes(customers_per_year: int, contacts_per_customer: Sequence[float], seconds: Sequence[float]) -> Volumes:
    """The headline numbers of a journey.

    customers_per_year: N, 0 or more; contacts_per_customer: v, a year, one a moment; seconds: t, of one contact, one a
    moment. Raises ValueError where the two sequences differ in length. Source: METHOD, "Volume and time".
    """
    pairs = list(zip(contacts_per_customer, seconds, strict=True))
    contacts = fsum(v for v, _ in pairs)
    seconds_per_customer = fsum(v * t for v, t in pairs)
    return Volumes(
        contacts_per_year=customers_per_year * contacts,
        contacts_per_customer=contacts,
        seconds_per_customer=seconds_per_customer,
        average_seconds=seconds_per_customer / contacts if contacts else None,
        hours_per_year=customers_per_year * seconds_per_customer / SECONDS_PER_HOUR,
    )
