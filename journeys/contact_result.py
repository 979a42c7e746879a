"""What contact logs say of each moment, beside what the map says; and taken over into the map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from journeys.choices import VolumeSource
from journeys.contact_figures import MOMENT, NAME, imports_of, summary_of
from journeys.contact_names import moments_of, rules_of
from journeys.contact_pictures import Hour, Line, draw_line, months_between, shade_week
from journeys.limits import CONTACTS_PER_CUSTOMER_MAX, SECONDS_MAX
from journeys.models import ContactImport, Journey, Moment
from journeys.taking_volumes import NewVolumes, take_volumes

Figures = dict[str, Any]
OFF_MOST = 3  # times as many customers: then somebody should look


@dataclass(frozen=True, slots=True)
class Measured:
    """One moment's contacts. contacts, seconds: what the map would get, None where it can't be told."""

    moment: Moment
    names: Sequence[str]
    figures: Figures
    contacts: float | None
    seconds: float | None
    first: date
    on: date
    line: Line

    @property
    def is_taken(self) -> bool:
        """Whether the map says so already, from a log."""
        row = self.moment
        return (
            row.volume_source == VolumeSource.MEASURED
            and self.contacts in (None, row.contacts_per_customer)
            and self.seconds in (None, row.seconds)
        )

    @property
    def can_be_taken(self) -> bool:
        """Whether there is something new to take over."""
        return not self.is_taken and (self.contacts is not None or self.seconds is not None)

    @property
    def key(self) -> str:
        """Names the moment in the state that was looked at, and the numbers."""
        return f"{self.moment.pk}:{self.moment.version}:{self.contacts}:{self.seconds}"


@dataclass(frozen=True, slots=True)
class Result:
    """All that the page shows. customers: a year, that contacts are divided by; None where nobody knows.

    nameless: what the log names and no moment stands for; unmet: moments of the map that no name stands for.
    """

    imports: Sequence[ContactImport]
    summary: Figures
    customers: int | None
    measured: Sequence[Measured] = ()
    nameless: Sequence[Figures] = ()
    unmet: Sequence[Moment] = ()
    months: Sequence[str] = field(default_factory=list)

    def week_of(self, moment: Moment | None) -> list[list[Hour]]:
        """Contacts by hour of the week: of one moment, or of all."""
        hours = self.summary["hours_by_name"][f"{MOMENT}{moment.pk}"] if moment else self.summary["hours_of_week"]
        return shade_week(hours)

    @property
    def is_of_others(self) -> bool:
        """Whether contacts are divided by far more customers than the logs name, or by far fewer."""
        seen = self.summary.get("customers", 0)
        return bool(seen and self.customers and not 1 / OFF_MOST < self.customers / seen < OFF_MOST)

    @property
    def can_be_taken(self) -> list[Measured]:
        return [each for each in self.measured if each.can_be_taken]


def result_of(journey: Journey, customers: int | None = None) -> Result:
    """Over all kept imports. customers: a year; else those of the map, else those of the log. Six queries or fewer."""
    imports, rules = imports_of(journey), rules_of(journey)
    if not imports:
        return Result([], {}, customers)
    summary, moments = summary_of(imports, rules), moments_of(journey)
    people = customers or journey.customers_per_year or summary["customers"] or None
    told = {each["name"]: each for each in summary["touchpoints"]}
    names: defaultdict[int | None, list[str]] = defaultdict(list)
    for name, moment_id in sorted(rules.moment_ids.items()):
        names[moment_id].append(name)
    found = {moment.pk: told[f"{MOMENT}{moment.pk}"] for moment in moments if f"{MOMENT}{moment.pk}" in told}
    months = months_between(summary["months"][0]["name"], summary["months"][-1]["name"]) if summary["months"] else []
    return Result(
        imports,
        summary,
        people,
        [
            _measured(moment, names[moment.pk], found[moment.pk], people, months)
            for moment in moments
            if moment.pk in found
        ],
        [each | {"name": each["name"][1:]} for each in summary["touchpoints"] if each["name"].startswith(NAME)],
        [moment for moment in moments if moment.pk not in found],
        months,
    )


def _measured(
    moment: Moment, names: Sequence[str], figures: Figures, people: int | None, months: Sequence[str]
) -> Measured:
    mean = figures["seconds"]["mean"]
    return Measured(
        moment,
        names,
        figures,
        _contacts(figures["contacts_per_year"], people),
        round(mean, 1) if mean is not None and mean <= SECONDS_MAX else None,
        datetime.fromisoformat(figures["first"]).date(),
        datetime.fromisoformat(figures["last"]).date(),
        draw_line(months, figures["months"]),
    )


def _contacts(per_year: float | None, people: int | None) -> float | None:
    """Contacts per customer a year, to four figures; None where it is more than a map holds."""
    if per_year is None or not people:
        return None
    contacts = float(f"{per_year / people:.4g}")
    return contacts if contacts <= CONTACTS_PER_CUSTOMER_MAX else None


def take_over(journey: Journey, chosen: Sequence[Measured]) -> int:
    """Write what was measured into the map, as of the last contact; says of how many moments. Raises StaleWrite."""
    if not chosen:
        return 0
    volumes = [NewVolumes(it.moment.pk, it.moment.version, it.contacts, it.seconds) for it in chosen]
    take_volumes(journey, volumes, VolumeSource.MEASURED, max(it.on for it in chosen))
    return len(volumes)
