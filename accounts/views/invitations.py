"""From the link in a mail to being a member."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import OrgRequest
from accounts.forms import NewPersonForm
from accounts.invitations import Found, InvitationGoneError, accept_invitation, find_invitation, join_as_new_person
from accounts.models import User
from accounts.passes import go_without_words, hand_pass, read_pass, take_pass
from accounts.security import private_page

COOKIE, PASS_SECONDS = "invitation", 24 * 3600


@csrf_exempt  # changes nothing, and a refusal would write the token into the log
@login_not_required
@private_page
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Put the token where no address, log or referrer shows it. Consumes nothing: mail scanners open links too."""
    response = go_without_words("invitation_accept")
    hand_pass(response, COOKIE, token, path=reverse("invitation_accept"), seconds=PASS_SECONDS)
    return response


@sensitive_post_parameters("password")
@login_not_required
@private_page
@require_http_methods(["GET", "POST"])
def invitation_accept(request: OrgRequest) -> HttpResponse:
    """GET shows what the invitation is for, POST accepts it: as the account signed in, or as a new one."""
    found = find_invitation(read_pass(request, COOKIE))
    if found is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    try:
        return _accept_signed_in(request, found) if request.user.is_authenticated else _accept_new(request, found)
    except (InvitationGoneError, IntegrityError):  # twice at once; the page tells what has become of it
        return redirect("invitation_accept")


def _accept_signed_in(request: OrgRequest, found: Found) -> HttpResponse:
    is_invited = request.user.email == found.invitation.email
    if request.method == "GET" or not is_invited:
        status = 200 if request.method == "GET" else 409
        return _invitation_page(request, found, is_invited=is_invited, status=status)
    accept_invitation(found.invitation, request.user)
    return _welcome_to(request, found, redirect(found.invitation.organisation))


def _accept_new(request: OrgRequest, found: Found) -> HttpResponse:
    if User.objects.filter(email=found.invitation.email).exists():
        return _invitation_page(request, found, has_account=True, status=200 if request.method == "GET" else 409)
    form = NewPersonForm(request.POST or None, email=found.invitation.email)
    if not form.is_valid():
        return _invitation_page(request, found, form=form, status=422 if form.errors else 200)
    user = join_as_new_person(found, **form.cleaned_data)
    page = perform_login(request, user, redirect_url=found.invitation.organisation.get_absolute_url(), signup=True)
    return _welcome_to(request, found, page)


def _invitation_page(request: OrgRequest, found: Found, *, status: int, **context: object) -> HttpResponse:
    context["invitation"] = found.invitation
    return render(request, "accounts/invitation_accept.html", context, status=status)


def _welcome_to(request: OrgRequest, found: Found, response: HttpResponse) -> HttpResponse:
    messages.success(request, _("Welcome to %(organisation)s.") % {"organisation": found.invitation.organisation})
    take_pass(response, COOKIE, path=reverse("invitation_accept"))
    return response
