"""Schedules: planned, paused, run at once; and who is on their lists."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.access import ALLOWED, Action, Role
from accounts.models import Membership, Organisation, User
from assessments.models import Batch, Round
from assessments.release import ENDED
from reports.models import Schedule
from reports.schedulable import kind_of
from reports.schedule_times import next_time

TEND_SCHEDULES = "reports.tasks.tend_schedules"


def zone_of(organisation: Organisation) -> ZoneInfo:
    return ZoneInfo(organisation.time_zone)


def plan(schedule: Schedule, now: datetime) -> None:
    """When it is due next, from now on. What a new or changed schedule would have been due before is not made up."""
    schedule.next_run_at = next_time(schedule.timing, now, zone_of(schedule.organisation))
    schedule.watches_from = now


def pause(schedule: Schedule) -> None:
    """Nothing is made until it is resumed."""
    schedule.is_paused = True
    schedule.save(update_fields=["is_paused"])


def resume(schedule: Schedule) -> None:
    """It goes on with the next date; what fell into the pause is not made up."""
    schedule.is_paused = False
    plan(schedule, timezone.now())
    schedule.save(update_fields=["is_paused", "next_run_at", "watches_from"])


def members_who_may(organisation: Organisation, actions: tuple[Action, ...]) -> QuerySet[User]:
    """Members whose role may do all of these, by name."""
    roles = [role for role in Role if all(action in ALLOWED[role] for action in actions)]
    memberships = Membership.objects.filter(organisation=organisation, role__in=roles)
    members = User.objects.filter(is_active=True, pk__in=memberships.values("user"))
    return members.order_by("name", "email")


def recipients_now(schedule: Schedule) -> list[User]:
    """Those on the list who are members now and may see what is made."""
    members = members_who_may(schedule.organisation, kind_of(schedule).actions)
    return list(members.filter(schedules=schedule))


def language_for(user: User, schedule: Schedule) -> str:
    """That which somebody chose, or the schedule's."""
    return user.language or schedule.language


def owner_of(schedule: Schedule) -> User | None:
    """Who answers for it: who made it, or, once that one may no longer, whoever has owned the organisation longest."""
    members = members_who_may(schedule.organisation, (Action.MAKE_REPORTS,))
    maker = members.filter(pk=schedule.made_by_id or 0).first()
    owners = Membership.objects.filter(organisation=schedule.organisation, role=Role.OWNER)
    return maker or members.filter(memberships__in=owners).order_by("memberships__created_at", "pk").first()


def newest_round(schedule: Schedule) -> Round | None:
    """The journey's round that closed last and shows its results."""
    rounds = rounds_out().filter(journey=schedule.journey_id).order_by("-closed_at", "-pk")
    found: Round | None = rounds.select_related("organisation", "journey").first()
    return found


def rounds_out() -> QuerySet[Round]:
    """Rounds that have ended and show all of their results: counted in full, the sheet made after they closed."""
    counted_in_part = Batch.objects.filter(Q(profiles=None) | Q(is_shown=False), round=OuterRef("pk"))
    rounds: QuerySet[Round] = Round.objects.filter(state__in=ENDED, sheet__made_at__gte=F("closed_at"))
    return rounds.exclude(Exists(counted_in_part))
