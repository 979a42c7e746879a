"""Making and changing organisations."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Action, OrgRequest, member_required
from accounts.forms import SLUG_TAKEN, OrganisationEditForm, OrganisationForm
from accounts.models import Organisation
from accounts.organisations import found_organisation
from accounts.submissions import once_only


@require_http_methods(["GET", "POST"])
@once_only
def organisation_create(request: OrgRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None, initial={"time_zone": settings.TIME_ZONE})
    if form.is_valid() and (organisation := _found(request, form)):
        return redirect(organisation)
    context = {"form": form, "is_first": not request.user.memberships.exists()}
    return render(request, "accounts/organisation_create.html", context, status=422 if form.errors else 200)


def _found(request: OrgRequest, form: OrganisationForm) -> Organisation | None:
    """None, with the reason beside the field, where somebody took the address between the check and now."""
    try:
        return found_organisation(request.user, **form.cleaned_data)
    except IntegrityError:
        form.add_error("slug", SLUG_TAKEN)
        return None


@require_http_methods(["GET", "POST"])
@member_required(Action.EDIT_ORGANISATION)
def organisation_edit(request: OrgRequest) -> HttpResponse:
    organisation = Organisation.objects.get(pk=request.organisation.pk)  # a copy: the page's frame shows what is saved
    form = OrganisationEditForm(request.POST or None, instance=organisation)
    if form.is_valid() and _save(form):
        messages.success(request, _("Saved."))
        return redirect("organisation_edit", organisation.slug)
    return render(request, "accounts/organisation_edit.html", {"form": form}, status=422 if form.errors else 200)


def _save(form: OrganisationForm) -> bool:
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        form.add_error("slug", SLUG_TAKEN)
        return False
    return True
