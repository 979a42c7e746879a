"""How views fetch posters: inside the organisation, or 404."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.access import OrgRequest, Role
from jobs.models import Job
from reports.models import Poster, Report, RoundPrint


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


def reports_of(request: OrgRequest) -> QuerySet[Report]:
    """All reports of the request's organisation, with their rounds and who asked for them.

    Without their inputs, a megabyte for a large round, since a page that waits asks every second.
    """
    rows: QuerySet[Report] = Report.objects.in_organisation(request.organisation)
    return rows.select_related("organisation", "round__journey", "requested_by").defer("inputs")


def report_for(request: OrgRequest, report_id: int) -> Report:
    """A report of the request's organisation."""
    found = get_object_or_404(reports_of(request), pk=report_id)
    if found.round:
        found.round.organisation = found.round.journey.organisation = request.organisation
    return found


def changeable_report_for(request: OrgRequest, report_id: int) -> Report:
    """A report that this member may stop; somebody else's answers 403."""
    report = report_for(request, report_id)
    if not may_change(request, report):
        raise PermissionDenied
    return report
