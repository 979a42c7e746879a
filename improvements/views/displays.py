"""Screens on the wall: listed, made, changed, looked at and revoked by who may show results to a corridor."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.links import public_link
from accounts.security import private_page
from accounts.submissions import once_only
from improvements.limits import DISPLAYS_MAX
from improvements.models import Display
from improvements.views.display_lookup import display_for
from improvements.views.wall_showing import show_content, show_wall
from improvements.walls.display_forms import DisplayForm
from improvements.walls.displays import (
    TooManyDisplays,
    change_display,
    code_of_display,
    is_silent,
    make_display,
    revoke_display,
    token_of_display,
)


@private_page
@require_safe
@member_required(Action.MANAGE_DISPLAYS)
def display_list(request: OrgRequest) -> HttpResponse:
    """All screens, and when each was last seen; one query."""
    rows = list(Display.objects.in_organisation(request.organisation))
    context = {
        "section": "displays",
        "displays": [(display, is_silent(display)) for display in rows if display.revoked_at is None],
        "ended": [display for display in rows if display.revoked_at],
    }
    return render(request, "improvements/display_list.html", context)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.MANAGE_DISPLAYS)
@once_only
def display_create(request: OrgRequest) -> HttpResponse:
    """The answer leads to the screen's page, which shows the address to open there."""
    form = DisplayForm(request.POST if request.method == "POST" else None, organisation=request.organisation)
    if form.is_valid():
        try:
            display = make_display(request.organisation, request.user, *form.parts())
        except TooManyDisplays:
            form.add_error(None, _("%s screens have a link already. Revoke some first.") % DISPLAYS_MAX)
        else:
            messages.success(request, _("Now open this address on the screen."))
            return redirect("display_edit", request.organisation.slug, display.pk)
    return _form_page(request, form)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.MANAGE_DISPLAYS)
def display_edit(request: OrgRequest, display_id: int) -> HttpResponse:
    """The link with its address, and what the screen shows."""
    display = display_for(request, display_id)
    if display.revoked_at:
        return redirect("display_list", request.organisation.slug)
    form = DisplayForm(
        request.POST if request.method == "POST" else None,
        instance=copy(display),  # the page's frame shows what is saved
        organisation=request.organisation,
    )
    if form.is_valid():
        change_display(display, *form.parts())
        messages.success(request, _("Saved. The screen shows it within five minutes."))
        return redirect("display_edit", request.organisation.slug, display.pk)
    address = public_link("wall_open", token_of_display(display))
    short = public_link("wall_open", code_of_display(display)).partition("://")[2].rstrip("/")
    return _form_page(request, form, display=display, address=address, short=short, is_silent=is_silent(display))


@private_page
@require_safe
@member_required(Action.MANAGE_DISPLAYS)
def display_look(request: OrgRequest, display_id: int) -> HttpResponse:
    """The wall as the screen shows it, without its link; ?part=slides for the slides alone."""
    display = display_for(request, display_id)
    if request.GET.get("part") == "slides":
        return show_content(request, display)
    here = reverse("display_look", args=[request.organisation.slug, display.pk])
    return show_wall(request, display, f"{here}?part=slides")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.MANAGE_DISPLAYS)
def display_revoke(request: OrgRequest, display_id: int) -> HttpResponse:
    """GET asks, POST does."""
    display = display_for(request, display_id)
    if request.method != "POST":
        return render(request, "improvements/display_revoke.html", {"section": "displays", "display": display})
    revoke_display(display)
    messages.success(request, _("The link is revoked. Its screen shows nothing within five minutes."))
    return redirect("display_list", request.organisation.slug)


def _form_page(request: OrgRequest, form: DisplayForm, **more: Any) -> HttpResponse:
    context = {"section": "displays", "form": form, **more}
    return render(request, "improvements/display_form.html", context, status=422 if form.errors else 200)
