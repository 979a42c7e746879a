"""How views fetch posters: inside the organisation, or 404."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.access import OrgRequest, Role
from reports.models import Poster


def posters_of(request: OrgRequest) -> QuerySet[Poster]:
    """All posters of the request's organisation, with their journeys and who asked for them."""
    rows: QuerySet[Poster] = Poster.objects.in_organisation(request.organisation)
    return rows.select_related("organisation", "journey", "requested_by")


def poster_for(request: OrgRequest, poster_id: int) -> Poster:
    """A poster of the request's organisation."""
    return get_object_or_404(posters_of(request), pk=poster_id)


def may_change(request: OrgRequest, poster: Poster) -> bool:
    """Whoever asked for a poster may stop and delete it; so may owners and managers."""
    return poster.requested_by_id == request.user.pk or request.role in (Role.OWNER, Role.MANAGER)


def changeable_poster_for(request: OrgRequest, poster_id: int) -> Poster:
    """A poster that this member may stop or delete; somebody else's answers 403."""
    poster = poster_for(request, poster_id)
    if not may_change(request, poster):
        raise PermissionDenied
    return poster
