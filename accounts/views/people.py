"""Who is a member, as what, and who has been invited."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import ALLOWED, Action, OrgRequest, Role, is_allowed, member_required
from accounts.forms import InvitationForm, RoleForm
from accounts.invitations import invite_person, renew_invitation
from accounts.models import Invitation, Membership
from accounts.people import LastOwnerError, change_role, remove_member


@require_GET
@member_required(Action.SEE_PEOPLE)
def member_list(request: OrgRequest) -> HttpResponse:
    return _people_page(request)


@require_POST
@member_required(Action.MANAGE_PEOPLE)
def member_change(request: OrgRequest, membership_id: int) -> HttpResponse:
    membership, form = _membership_for(request, membership_id), RoleForm(request.POST)
    if not form.is_valid():
        return _people_page(request, error=_("Choose a role from the list."), status=422)
    try:
        change_role(membership, form.cleaned_data["role"])
    except LastOwnerError:
        return _people_page(request, error=_last_owner(membership), status=422)
    if membership.user == request.user:
        return _go(request, "member_list", request.organisation.slug)
    return _done(request, _("%(person)s: %(role)s.") % _words(membership))


@require_http_methods(["GET", "POST"])
@member_required(Action.MANAGE_PEOPLE)
def member_remove(request: OrgRequest, membership_id: int) -> HttpResponse:
    """GET asks, POST does."""
    return _end_membership(request, _membership_for(request, membership_id))


@require_http_methods(["GET", "POST"])
@member_required(Action.LEAVE)
def member_leave(request: OrgRequest) -> HttpResponse:
    """GET asks, POST does."""
    return _end_membership(request, get_object_or_404(Membership, organisation=request.organisation, user=request.user))


@require_POST
@member_required(Action.MANAGE_PEOPLE)
def invitation_add(request: OrgRequest) -> HttpResponse:
    """Answers with the page itself, not a redirect: it shows a link that is kept nowhere."""
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            link = invite_person(
                request.organisation, form.cleaned_data["email"], form.cleaned_data["role"], request.user
            )
        except ValidationError as refusal:
            form.add_error("email", refusal)
        else:
            return _people_page(request, new_link=link, new_email=form.cleaned_data["email"])
    return _people_page(request, form=form, status=422)


@require_POST
@member_required(Action.MANAGE_PEOPLE)
def invitation_resend(request: OrgRequest, invitation_id: int) -> HttpResponse:
    invitation = _invitation_for(request, invitation_id)
    try:
        link = renew_invitation(invitation, request.user)
    except ValidationError as refusal:
        return _people_page(request, error=refusal.message, status=422)
    return _people_page(request, new_link=link, new_email=invitation.email)


@require_POST
@member_required(Action.MANAGE_PEOPLE)
def invitation_withdraw(request: OrgRequest, invitation_id: int) -> HttpResponse:
    invitation = _invitation_for(request, invitation_id)
    invitation.delete()
    return _done(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})


def _membership_for(request: OrgRequest, membership_id: int) -> Membership:
    members = Membership.objects.in_organisation(request.organisation).select_related("user", "organisation")
    return get_object_or_404(members, pk=membership_id)


def _invitation_for(request: OrgRequest, invitation_id: int) -> Invitation:
    pending = Invitation.objects.in_organisation(request.organisation).filter(accepted_at__isnull=True)
    return get_object_or_404(pending.select_related("organisation"), pk=invitation_id)


def _end_membership(request: OrgRequest, membership: Membership) -> HttpResponse:
    context: dict[str, Any] = {"membership": membership, "is_self": membership.user == request.user}
    if request.method == "GET":
        return render(request, "accounts/member_remove.html", context)
    try:
        remove_member(membership)
    except LastOwnerError:
        context["error"] = _last_owner(membership)
        return render(request, "accounts/member_remove.html", context, status=422)
    except Membership.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("%(person)s is no longer a member of %(organisation)s.") % _words(membership))
    return redirect("home") if context["is_self"] else redirect("member_list", request.organisation.slug)


def _people_page(request: OrgRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    """The whole page, or its list alone for htmx."""
    members = list(request.organisation.memberships.select_related("user"))
    may_manage = is_allowed(request.role, Action.MANAGE_PEOPLE)
    context = {
        "section": "people",
        "members": [(member, RoleForm.of(member)) for member in members],
        "invitations": request.organisation.invitations.filter(accepted_at__isnull=True) if may_manage else (),
        "form": InvitationForm(),
        "roles": Role,
        "abilities": [(action, [action in ALLOWED[role] for role in Role]) for action in Action],
        **context,
    }
    page = "accounts/member_list.html" + ("#people" if request.htmx else "")
    response = render(request, page, context, status=status)
    response.headers["Vary"] = "HX-Request, Cookie"
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _done(request: OrgRequest, notice: str) -> HttpResponse:
    if request.htmx:
        return _people_page(request, notice=notice)
    messages.success(request, notice)
    return redirect("member_list", request.organisation.slug)


def _go(request: OrgRequest, name: str, *args: Any) -> HttpResponse:
    """To a page whose frame must change too."""
    response = redirect(name, *args)
    return HttpResponseClientRedirect(response.url) if request.htmx else response


def _last_owner(membership: Membership) -> str:
    return _("%(person)s is the last owner of %(organisation)s. Make somebody else an owner first.") % _words(
        membership
    )


def _words(membership: Membership) -> dict[str, str]:
    return {
        "person": str(membership.user),
        "role": membership.get_role_display(),
        "organisation": str(membership.organisation),
    }
