"""How views fetch what was made: inside the organisation, or 404."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import Action, OrgRequest, Role, is_allowed
from jobs.models import Job
from reports.gallery import KINDS, with_parents
from reports.models import Made, Poster, Report, RoundPrint, Schedule, StoryPaper

Files = TypeVar("Files", bound=Job)


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
    return _changeable(request, poster_for(request, poster_id))


def _changeable(request: OrgRequest, made: Files) -> Files:
    if not may_change(request, made):
        raise PermissionDenied
    return made


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
    return _changeable(request, report_for(request, report_id))


def story_paper_for(request: OrgRequest, paper_id: int) -> StoryPaper:
    """A story wall or certificate of the request's organisation."""
    rows = StoryPaper.objects.in_organisation(request.organisation)
    found: StoryPaper = get_object_or_404(rows.select_related("organisation", "journey", "requested_by"), pk=paper_id)
    return found


def changeable_story_paper_for(request: OrgRequest, paper_id: int) -> StoryPaper:
    """One that this member may stop; somebody else's answers 403."""
    return _changeable(request, story_paper_for(request, paper_id))


def parts_for(request: OrgRequest) -> list[str]:
    """The parts of the gallery that this member's role may see: prints are for those who run rounds."""
    return [part for part in KINDS if part != RoundPrint.part or is_allowed(request.role, Action.RUN_ROUNDS)]


def made_for(request: OrgRequest, kind: str, made_id: int, *, even_thrown_away: bool = False) -> Made:
    """A poster, report or print of the request's organisation; one that this member may not see answers 403."""
    if kind not in KINDS:
        raise Http404
    rows, where = with_parents(KINDS[kind]), request.organisation
    rows = rows.ever_in_organisation(where) if even_thrown_away else rows.in_organisation(where)
    made: Made = get_object_or_404(rows, pk=made_id)
    if kind not in parts_for(request):
        raise PermissionDenied
    return made


def changeable_made_for(request: OrgRequest, kind: str, made_id: int, *, even_thrown_away: bool = False) -> Made:
    """One that this member may rename, keep and throw away; somebody else's answers 403."""
    return _changeable(request, made_for(request, kind, made_id, even_thrown_away=even_thrown_away))


def schedules_of(request: OrgRequest) -> QuerySet[Schedule]:
    """All schedules of the request's organisation, with their journeys and who made them."""
    rows: QuerySet[Schedule] = Schedule.objects.in_organisation(request.organisation)
    return rows.select_related("organisation", "journey", "made_by")


def schedule_for(request: OrgRequest, schedule_id: int) -> Schedule:
    """A schedule of the request's organisation."""
    return get_object_or_404(schedules_of(request), pk=schedule_id)
