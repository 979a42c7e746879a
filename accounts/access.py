"""The one place that says who may do what: a table of role x action, and the decorator that asks it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_htmx.middleware import HtmxDetails

from accounts.acting import acting
from accounts.inside import inside

if TYPE_CHECKING:
    from accounts.models import Membership, Organisation, User

P = ParamSpec("P")
LAST_ORGANISATION = "organisation"


class Role(TextChoices):
    """What a member is in an organisation."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    LEADER = "leader", _("Leader")
    STAFF = "staff", _("Staff")


class Action(TextChoices):
    """What a view lets its caller do."""

    SEE_JOURNEYS = "see_journeys", _("see journeys")
    EDIT_JOURNEYS = "edit_journeys", _("map and change journeys")
    COMMENT = "comment", _("comment on journeys, and let staff comment by mentioning them")
    SHARE_JOURNEYS = "share_journeys", _("share journeys by a link")
    RUN_ROUNDS = "run_rounds", _("ask staff and customers in rounds, and type in paper answers")
    SEE_RESULTS = "see_results", _("see the results of rounds")
    SEE_REPORTS = "see_reports", _("see and download posters")
    MAKE_REPORTS = "make_reports", _("make posters")
    TELL_STORIES = "tell_stories", _("read, tell and thank for moments of impact")
    REVIEW_STORIES = (
        "review_stories",
        _("look at told stories, publish and feature them, and hand out the link to tell"),
    )
    SEE_ACTIONS = "see_actions", _("see what is being done about moments, and answer for their own actions")
    EDIT_ACTIONS = "edit_actions", _("propose, plan and close actions")
    SHARE_ACTIONS = "share_actions", _("show by a link what was done")
    MANAGE_DISPLAYS = "manage_displays", _("show results and stories on screens, by a link")
    READ_MINUTES = "read_minutes", _("read the minutes of reviews")
    KEEP_REVIEWS = "keep_reviews", _("set how often journeys are reviewed, and keep the minutes")
    SEE_PEOPLE = "see_people", _("see who is a member")
    MANAGE_PEOPLE = "manage_people", _("invite people and change roles")
    EDIT_ORGANISATION = "edit_organisation", _("change the organisation")
    LEAVE = "leave", _("leave the organisation")


ALLOWED: dict[Role, frozenset[Action]] = {
    Role.OWNER: frozenset(Action),
    Role.MANAGER: frozenset(
        {
            Action.SEE_JOURNEYS,
            Action.EDIT_JOURNEYS,
            Action.COMMENT,
            Action.SHARE_JOURNEYS,
            Action.RUN_ROUNDS,
            Action.SEE_RESULTS,
            Action.SEE_REPORTS,
            Action.MAKE_REPORTS,
            Action.TELL_STORIES,
            Action.REVIEW_STORIES,
            Action.SEE_ACTIONS,
            Action.EDIT_ACTIONS,
            Action.SHARE_ACTIONS,
            Action.MANAGE_DISPLAYS,
            Action.READ_MINUTES,
            Action.KEEP_REVIEWS,
            Action.SEE_PEOPLE,
            Action.LEAVE,
        }
    ),
    Role.LEADER: frozenset(
        {
            Action.SEE_JOURNEYS,
            Action.COMMENT,
            Action.SEE_RESULTS,
            Action.SEE_REPORTS,
            Action.MAKE_REPORTS,
            Action.TELL_STORIES,
            Action.SEE_ACTIONS,
            Action.EDIT_ACTIONS,
            Action.READ_MINUTES,
            Action.SEE_PEOPLE,
            Action.LEAVE,
        }
    ),
    Role.STAFF: frozenset({Action.SEE_JOURNEYS, Action.TELL_STORIES, Action.SEE_ACTIONS, Action.LEAVE}),
}


class OrgRequest(HttpRequest):
    """A request after `member_required`: signed in, with organisation, role and htmx details."""

    user: User
    htmx: HtmxDetails
    organisation: Organisation
    role: Role


def is_allowed(role: str, action: Action) -> bool:
    """Whether the table lets `role` do `action`."""
    return action in ALLOWED[Role(role)]


def member_required(
    action: Action,
) -> Callable[[Callable[Concatenate[OrgRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Let members through whose role may do `action`, inside their organisation's scope.

    The view's address must carry `organisation_slug`; it is taken off and the membership's organisation and role are
    put on the request. A stranger gets 404, as for an organisation that does not exist; a wrong role 403. Times of day
    are those of the organisation.
    """

    def decorate(view: Callable[Concatenate[OrgRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: OrgRequest, organisation_slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            membership = _membership_of(request.user, organisation_slug)
            request.organisation, request.role = membership.organisation, Role(membership.role)
            if not is_allowed(membership.role, action):
                raise PermissionDenied
            remember_organisation(request, membership.organisation)
            with (
                inside(request.organisation),
                acting(request.user),
            ):
                return view(request, *args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]  # read by the test that walks every address
        return guarded

    return decorate


def _membership_of(user: User, organisation_slug: str) -> Membership:
    for membership in user.my_memberships:
        if membership.organisation.slug == organisation_slug:
            return membership
    raise Http404


def remember_organisation(request: HttpRequest, organisation: Organisation) -> None:
    """Where the next visit begins."""
    if request.session.get(LAST_ORGANISATION) != organisation.pk:
        request.session[LAST_ORGANISATION] = organisation.pk
