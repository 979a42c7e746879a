"""Staff's medians of times a week and seconds, offered as a map's new volumes and taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from assessments.models import Round, RoundEvent, RoundGroup, RoundMoment
from assessments.result_words import Figures
from assessments.rounds import REASON_MAX, log_event
from journeys.choices import VolumeSource
from journeys.limits import CONTACTS_PER_CUSTOMER_MAX, SECONDS_MAX
from journeys.models import Moment
from journeys.taking_volumes import NewVolumes, take_volumes

WEEKS_A_YEAR = 52


@dataclass(frozen=True, slots=True)
class Offer:
    """One moment's medians, and what they make of the map. moment: None where it was taken off the map since.

    contacts, seconds: what the map would get; None where staff said nothing, or it can't be reckoned.
    """

    title: str
    moment: Moment | None
    times: Figures | None
    asked_seconds: Figures | None
    contacts: float | None
    seconds: float | None

    @property
    def is_taken(self) -> bool:
        """Whether the map says so already, from staff."""
        row = self.moment
        return (
            row is not None
            and row.volume_source == VolumeSource.STAFF
            and self.contacts in (None, row.contacts_per_customer)
            and self.seconds in (None, row.seconds)
        )

    @property
    def can_be_taken(self) -> bool:
        """Whether there is something new to take over."""
        has_numbers = self.contacts is not None or self.seconds is not None
        return self.moment is not None and has_numbers and not self.is_taken

    @property
    def key(self) -> str:
        """Names the moment in the state that was looked at, and the numbers."""
        return f"{self.moment.pk}:{self.moment.version}:{self.contacts}:{self.seconds}" if self.moment else ""


def contacts_from_times(times_per_week: float, people: int | None, customers_per_year: int) -> float | None:
    """Contacts per customer a year where each of `people` meets `times_per_week` customers, 52 weeks a year.

    To four figures, as a median is no finer. None where people or customers are unknown, or where it is more than a map
    holds.
    """
    if not people or not customers_per_year:
        return None
    contacts = float(f"{times_per_week * WEEKS_A_YEAR * people / customers_per_year:.4g}")
    return contacts if contacts <= CONTACTS_PER_CUSTOMER_MAX else None


def people_of(round_: Round) -> int | None:
    """Those who could answer, over all groups; None where nobody counted them. One query."""
    total: int | None = RoundGroup.objects.filter(round=round_).aggregate(total=Sum("people"))["total"]
    return total


def offers_of(round_: Round, figures: Figures, people: int | None) -> list[Offer]:
    """The moments of which staff said something, in the journey's order; two queries."""
    told = {it["position"]: it for it in figures["moments"] if any(it["volumes"].values())}
    copies = RoundMoment.objects.filter(round=round_, position__in=told)
    sources = dict(copies.values_list("position", "source_id"))
    rows = Moment.objects.filter(stage__journey=round_.journey_id).in_bulk([pk for pk in sources.values() if pk])
    customers = round_.journey.customers_per_year
    return [_offer(it, rows.get(sources.get(place)), people, customers) for place, it in sorted(told.items())]


def _offer(told: Figures, row: Moment | None, people: int | None, customers: int) -> Offer:
    times, seconds = told["volumes"]["times_per_week"], told["volumes"]["seconds"]
    return Offer(
        title=told["title"],
        moment=row,
        times=times,
        asked_seconds=seconds,
        contacts=contacts_from_times(times["median"], people, customers) if times else None,
        seconds=float(seconds["median"]) if seconds and seconds["median"] <= SECONDS_MAX else None,
    )


@transaction.atomic
def take_over(round_: Round, offers: Sequence[Offer]) -> int:
    """Write the offers into the map and log it; says of how many moments. Raises StaleWrite, with nothing changed."""
    wanted = [
        NewVolumes(offer.moment.pk, offer.moment.version, offer.contacts, offer.seconds)
        for offer in offers
        if offer.moment is not None and offer.can_be_taken
    ]
    if not wanted:
        return 0
    take_volumes(round_.journey, wanted, VolumeSource.STAFF, _asked_on(round_))
    titles = ", ".join(offer.title for offer in offers if offer.can_be_taken)
    log_event(round_, RoundEvent.Kind.TAKEN_OVER, titles[:REASON_MAX])
    return len(wanted)


def _asked_on(round_: Round) -> Any:
    """The day of the answers: when the round closed, else today."""
    return timezone.localdate(round_.closed_at) if round_.closed_at and round_.has_ended else timezone.localdate()
