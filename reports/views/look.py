"""The organisation's look: its logo and its colour, with what they do to a paper."""

from __future__ import annotations

from base64 import b64decode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Action, OrgRequest, member_required
from reports.look import change_look, look_of
from reports.look_forms import AccentForm, LookForm
from reports.views.job_pages import FILE_HEADERS


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_ORGANISATION)
def look_edit(request: OrgRequest) -> HttpResponse:
    """Choose logo and colour."""
    look = look_of(request.organisation)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LookForm(*given, has_logo="logo" in look, initial={"accent": look.get("accent", "")})
    if form.is_valid():
        values = form.cleaned_data
        removes_logo = values.get("removes_logo", False)
        change_look(request.organisation, values["accent"], values["logo"], removes_logo=removes_logo)
        messages.success(
            request, _("Saved. What is made from now on looks like this; files that are there stay as they are.")
        )
        return redirect("look_edit", request.organisation.slug)
    context = {"form": form, "look": look, "accent": look.get("accent", "")}
    return render(request, "reports/look.html", context, status=422 if form.errors else 200)


@require_safe
@member_required(Action.EDIT_ORGANISATION)
def look_preview(request: OrgRequest) -> HttpResponse:
    """The beginning of a paper in the colour that is being typed, or what is wrong with it."""
    form = AccentForm(request.GET)
    accent = form.cleaned_data["accent"] if form.is_valid() else ""
    return render(
        request, "reports/_look_preview.html", {"form": form, "look": look_of(request.organisation), "accent": accent}
    )


@require_safe
@member_required(Action.EDIT_ORGANISATION)
def look_logo(request: OrgRequest) -> HttpResponse:
    """The logo as it is kept; 204 where there is none."""
    logo = look_of(request.organisation).get("logo")
    if not logo:
        return HttpResponse(status=204)
    return HttpResponse(b64decode(logo), "image/png", headers=FILE_HEADERS)
