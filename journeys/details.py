"""A moment may lead to a journey that shows it in more detail; that one shows what it is a detail of.

Links never close a loop, directly or over several journeys: each is checked while its organisation's row is held, so
that two people who link at once can't close one together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import Organisation
from journeys.history import record_difference
from journeys.levels import value_of_levels
from journeys.models import Event, Journey, Moment
from journeys.models.history import EventKind
from journeys.sequence import changing
from journeys.volumes import total_volumes

_Row = tuple[float, float, int | None]  # contacts per customer, seconds, level


class DetailLoop(ValueError):
    """The link would lead back to where it begins. titles: of the journeys on the way round, the first again last."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(" → ".join(titles))
        self.titles = titles


@dataclass(frozen=True, slots=True)
class Detail:
    """The more detailed journey of a moment, in numbers. Per customer a year; balance None before any level."""

    journey: Journey
    moments_count: int
    contacts_per_customer: float
    seconds_per_customer: float
    weakest_level: int | None
    loyalty_balance: float | None


@dataclass(frozen=True, slots=True)
class Links:
    """What a journey leads to and where it is led to from. details: by the moment's id; parents: moments elsewhere."""

    details: Mapping[int, Detail]
    parents: tuple[Moment, ...]


def link_detail(moment: Moment, detail: Journey | None) -> Event | None:
    """Let a moment lead to a journey of the same organisation, or to none.

    Raises DetailLoop where that would lead back, ValueError for another organisation's journey, Moment.DoesNotExist
    where the moment is gone.
    """
    journey = moment.stage.journey
    if detail is not None and detail.organisation_id != journey.organisation_id:
        raise ValueError("a journey of another organisation")
    with changing(journey):
        Organisation.objects.select_for_update().get(pk=journey.organisation_id)
        if detail is not None and (way := _way_back(detail.pk, journey.pk, journey.organisation_id)):
            raise DetailLoop(_titles([journey.pk, *way]))
        moment = Moment.objects.select_related("detail_journey").get(pk=moment.pk)
        before = _side(moment.detail_journey)
        Moment.objects.filter(pk=moment.pk).update(detail_journey=detail)
        ids = {"stage_id": moment.stage_id, "moment_id": moment.pk}
        sides = {"before": before, "after": _side(detail)}
        return record_difference(journey, EventKind.MOMENT_LINKED, moment.title, **sides, **ids)


def _side(journey: Journey | None) -> dict[str, Any]:
    return {"journey": journey.pk, "journey_title": journey.title} if journey else {}


def take_link_back(event: Event) -> Event | None:
    """What undoes a link. Raises as link_detail does; Journey.DoesNotExist where the journey from before is gone."""
    moment = Moment.objects.select_related("stage__journey").get(pk=event.moment_id, stage__journey=event.journey_id)
    pk = event.before.get("journey")
    organisation = moment.stage.journey.organisation_id
    return link_detail(moment, Journey.objects.get(pk=pk, organisation=organisation) if pk else None)


def relink(journey: Journey, contents: Iterable[dict[str, Any]]) -> None:
    """Give moments that came back the links they had, as far as those close no loop by now. Inside `changing`."""
    wanted = {moment["id"]: moment["detail"] for moment in contents if moment.get("detail")}
    if not wanted:
        return
    Organisation.objects.select_for_update().get(pk=journey.organisation_id)
    there = Journey.objects.filter(organisation=journey.organisation_id, pk__in=wanted.values())
    open_ids = {
        pk for pk in there.values_list("pk", flat=True) if not _way_back(pk, journey.pk, journey.organisation_id)
    }
    for moment_id, detail_id in wanted.items():
        if detail_id in open_ids:
            Moment.objects.filter(pk=moment_id).update(detail_journey=detail_id)


def _way_back(start: int, goal: int, organisation_id: int) -> list[int]:
    """Journeys from `start` to `goal` along links, both included; empty where there is no way."""
    links = Moment.objects.filter(stage__journey__organisation=organisation_id, detail_journey__isnull=False)
    onward: dict[int, list[int]] = defaultdict(list)
    for parent, detail in links.values_list("stage__journey", "detail_journey"):
        onward[parent].append(detail)
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return way
        ways += [[*way, to] for to in onward[way[-1]] if to not in seen]
        seen.update(onward[way[-1]])
    return []


def _titles(way: Iterable[int]) -> list[str]:
    way = list(way)
    titles = dict(Journey.objects.filter(pk__in=way).values_list("pk", "title"))
    return [titles[pk] for pk in way]


def links_of(journey: Journey, detail_ids: Mapping[int, int]) -> Links:
    """detail_ids: what its moments lead to, by their ids. Two queries; one where none leads anywhere."""
    numbers = _numbers(journey, set(detail_ids.values()))
    parents = tuple(_parents(journey)) if getattr(journey, "has_parents", True) else ()
    for parent in parents:
        parent.stage.journey.organisation = journey.organisation
    return Links({pk: numbers[detail] for pk, detail in detail_ids.items() if detail in numbers}, parents)


def detail_titles(journey: Journey) -> dict[tuple[int, int], str]:
    """Titles of what its moments lead to, by the places of stage and moment from 0; one query."""
    leading = Moment.objects.filter(stage__journey=journey, detail_journey__isnull=False)
    rows = leading.values_list("stage__position", "position", "detail_journey__title")
    return {(stage, moment): title for stage, moment, title in rows}


def _parents(journey: Journey) -> QuerySet[Moment]:
    return Moment.objects.filter(detail_journey=journey).select_related("stage__journey").order_by("pk")


def links_version(journey: Journey) -> list[tuple[int, ...]]:
    """Changes whenever a linked journey does: for caches of pages that show its numbers. One query, or none."""
    if not getattr(journey, "has_details", True) and not getattr(journey, "has_parents", True):
        return []
    down = Moment.objects.filter(stage__journey=journey, detail_journey__isnull=False).order_by()
    up = Moment.objects.filter(detail_journey=journey).order_by()
    versions = up.values_list("pk", "stage__journey__version")
    return sorted(down.values_list("pk", "detail_journey__version").union(versions))


def _numbers(journey: Journey, pks: set[int]) -> dict[int, Detail]:
    """One query for all of them, none for none; a journey without moments gives one row of nothing."""
    if not pks:
        return {}
    found: dict[int, tuple[Journey, list[_Row]]] = {}
    names = ("contacts_per_customer", "seconds", "level")
    rows = Journey.objects.filter(pk__in=pks).values_list(
        "pk", "title", "customers_per_year", "archived_at", *(f"stages__moments__{name}" for name in names)
    )
    for pk, title, customers, archived_at, contacts, seconds, level in rows:
        detail = Journey(pk=pk, title=title, customers_per_year=customers, archived_at=archived_at)
        detail.organisation = journey.organisation
        moments = found.setdefault(pk, (detail, []))[1]
        if contacts is not None:
            moments.append((contacts, seconds, level))
    return {pk: _detail(*entry) for pk, entry in found.items()}


def _detail(journey: Journey, rows: list[_Row]) -> Detail:
    contacts, levels = [row[0] for row in rows], [row[2] for row in rows]
    total = total_volumes(journey.customers_per_year, contacts, [row[1] for row in rows])
    value = value_of_levels(levels, contacts)
    return Detail(
        journey=journey,
        moments_count=len(rows),
        contacts_per_customer=total.contacts_per_customer,
        seconds_per_customer=total.seconds_per_customer,
        weakest_level=min((level for level in levels if level), default=None),
        loyalty_balance=value.loyalty_balance if value else None,
    )
