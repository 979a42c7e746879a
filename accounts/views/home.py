"""The front door and a person's own page."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import LAST_ORGANISATION, OrgRequest
from accounts.demo import DEMO_PASSWORD, DEMO_PEOPLE
from accounts.forms import ProfileForm
from accounts.models import Organisation


@login_not_required
@require_GET
def home(request: OrgRequest) -> HttpResponse:
    """What this is, for who is not signed in; else the organisation used last, or the first step towards one."""
    if not request.user.is_authenticated:
        return _welcome(request)
    organisation = _last_organisation(request)
    return redirect(organisation) if organisation else redirect("organisation_create")


def _welcome(request: HttpRequest) -> HttpResponse:
    has_demo = settings.DEMO and settings.IS_LOOPBACK
    context = {"demo_people": DEMO_PEOPLE if has_demo else (), "demo_password": DEMO_PASSWORD}
    return render(request, "accounts/welcome.html", context)


def _last_organisation(request: OrgRequest) -> Organisation | None:
    mine = request.user.organisations.order_by("name", "pk")
    last = request.session.get(LAST_ORGANISATION, 0)
    return mine.filter(pk=last).first() or mine.first()


@require_http_methods(["GET", "POST"])
def profile_edit(request: OrgRequest) -> HttpResponse:
    """Name; ways to the pages for address and password."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("profile_edit")
    return render(request, "accounts/profile_edit.html", {"form": form}, status=422 if form.errors else 200)
