"""How views fetch posters: inside the organisation, or 404."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.access import OrgRequest, Role
from jobs.models import Job
from reports.models import Poster, RoundPrint, Schedule


def posters_of(request: OrgRequest) -> QuerySet[Poster]:
    """All posters of the request's organisation, with their journeys and who asked for them."""
    rows: QuerySet[Poster] = Poster.objects.in_organisation(request.organisation)
    return rows.select_related("organisation", "journey", "requested_by")


def poster_for(request: OrgRequest, poster_id: int) -> Poster:
    """A poster of the request's organisation."""
    return get_object_or_404(posters_of(request), pk=poster_id)


def may_change(request: OrgRequest, job: Job) -> bool:
    """Whoever asked for a file may stop and delete it; so may owners and managers."""
    return job.requested_by_id == request.user.pk or request.role in (Role.OWNER, Role.MANAGER)


def changeable_poster_for(request: OrgRequest, poster_id: int) -> Poster:
    """A poster that this member may stop or delete; somebody else's answers 403."""
    poster = poster_for(request, poster_id)
    if not may_change(request, poster):
        raise PermissionDenied
    return poster


def prints_of(request: OrgRequest) -> QuerySet[RoundPrint]:
    """All prints of rounds of the request's organisation, with their rounds and who asked for them."""
    rows: QuerySet[RoundPrint] = RoundPrint.objects.in_organisation(request.organisation)
    return rows.select_related("organisation", "round__journey", "requested_by")


def print_for(request: OrgRequest, print_id: int) -> RoundPrint:
    """A print of the request's organisation."""
    return get_object_or_404(prints_of(request), pk=print_id)


def schedules_of(request: OrgRequest) -> QuerySet[Schedule]:
    """All schedules of the request's organisation, with their journeys and who made them."""
    rows: QuerySet[Schedule] = Schedule.objects.in_organisation(request.organisation)
    return rows.select_related("organisation", "journey", "made_by")


def schedule_for(request: OrgRequest, schedule_id: int) -> Schedule:
    """A schedule of the request's organisation."""
    return get_object_or_404(schedules_of(request), pk=schedule_id)
