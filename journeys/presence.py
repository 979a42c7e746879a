"""Who is on a map, and at which moment: said by each open page again and again, and forgotten when it falls silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from journeys.models import Journey, Moment, Presence

SILENT_AFTER = timedelta(seconds=45)
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Somebody:
    """One other person on the map. moment_title: of the moment in their panel, "" where it is none of this map."""

    name: str
    initials: str
    moment_id: int | None
    moment_title: str
    is_editor: bool


def arrive(journey: Journey, user: User, tab: str, moment_id: int | None, *, is_editor: bool) -> None:
    """Say that a page is open, and at which moment. Only news raises the journey's people_version."""
    with transaction.atomic():
        here = {"journey": journey, "user": user, "tab": tab}
        place = {"moment_id": moment_id, "is_editor": is_editor}
        is_known = Presence.objects.filter(**here, **place).update(seen_at=timezone.now())
        if not is_known:
            Presence.objects.bulk_create(
                [Presence(**here, **place, seen_at=timezone.now())],
                update_conflicts=True,
                unique_fields=["journey", "user", "tab"],
                update_fields=[*place, "seen_at"],
            )
        gone = _forget_silent(journey)
        if gone or not is_known:
            _tell(journey)


def leave(journey: Journey, user: User, tab: str) -> None:
    """Say that a page was closed."""
    with transaction.atomic():
        if Presence.objects.filter(journey=journey, user=user, tab=tab).delete()[0]:
            _tell(journey)


def _forget_silent(journey: Journey) -> int:
    silent = Presence.objects.filter(journey=journey, seen_at__lt=timezone.now() - SILENT_AFTER)
    return int(silent.delete()[0])


def forget_old_presences() -> int:
    """Delete what is left of maps that nobody opened since, which nobody was shown any more; says how many."""
    return int(Presence.objects.filter(seen_at__lt=timezone.now() - KEPT).delete()[0])


def _tell(journey: Journey) -> None:
    Journey.objects.filter(pk=journey.pk).update(people_version=F("people_version") + 1)


def others_on(journey: Journey, user: User) -> list[Somebody]:
    """The other people on a map, each once, by name; two queries."""
    rows = Presence.objects.filter(journey=journey, seen_at__gte=timezone.now() - SILENT_AFTER).exclude(user=user)
    by_place = (F("moment_id").asc(nulls_first=True), "seen_at")
    latest = {row.user_id: row for row in rows.select_related("user").order_by(*by_place)}
    asked = {row.moment_id for row in latest.values()} - {None}
    moments = Moment.objects.filter(stage__journey=journey, pk__in=asked)
    titles: dict[int | None, str] = dict(moments.values_list("pk", "title"))
    return sorted((_somebody(row, titles) for row in latest.values()), key=lambda person: person.name.casefold())


def _somebody(row: Presence, titles: dict[int | None, str]) -> Somebody:
    return Somebody(
        name=str(row.user),
        initials=row.user.initials,
        moment_id=row.moment_id if row.moment_id in titles else None,
        moment_title=titles.get(row.moment_id, ""),
        is_editor=row.is_editor,
    )
