"""A contact log on its way in: sent whole or in pieces, its columns confirmed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import whole_number
from journeys.contact_forms import ColumnsForm, values_of
from journeys.contact_looking import look_with
from journeys.contact_making import file_path
from journeys.contact_uploads import (
    Misplaced,
    begin_upload,
    discard,
    finish_upload,
    look,
    receive_piece,
    receive_whole,
    received_bytes,
    request_import,
)
from journeys.contacts.mapping import ROLES, Mapping
from journeys.contacts.masking import shortened
from journeys.contacts.refusals import Refused
from journeys.contacts.sample import Sample
from journeys.models import ContactUpload, Journey
from journeys.views.lookup import contact_upload_for, journey_for


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
def contact_log_upload(request: OrgRequest, journey_id: int) -> HttpResponse:
    """A file is chosen, and sent with the form; a script that will send it in pieces posts `size` instead."""
    journey = journey_for(request, journey_id)
    if request.method != "POST":
        return _show_upload(request, journey)
    if "size" in request.POST:
        return _begin(request, journey)
    file = request.FILES.get("file")
    if file is None:
        return _show_upload(request, journey, _("Choose a file."))
    try:
        upload = begin_upload(journey, request.user, file.name or "", file.size or 0, "")
        receive_whole(upload, file.chunks())
        finish_upload(upload)
    except Refused as refused:
        return _show_upload(request, journey, str(refused))
    return redirect(_columns_address(request, upload))


def _show_upload(request: OrgRequest, journey: Journey, error: str = "") -> HttpResponse:
    unfinished = ContactUpload.objects.filter(journey=journey, made_by=request.user)
    context = {"section": "journeys", "journey": journey, "file_error": error, "unfinished": unfinished}
    return render(request, "journeys/contact_upload.html", context, status=422 if error else 200)


def _begin(request: OrgRequest, journey: Journey) -> HttpResponse:
    size_bytes = whole_number(request.POST["size"]) or 0
    try:
        upload = begin_upload(
            journey, request.user, request.POST.get("name", ""), size_bytes, request.POST.get("stamp", "")[:40]
        )
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=422)
    return JsonResponse(_told(request, upload))


def _told(request: OrgRequest, upload: ContactUpload) -> dict[str, Any]:
    """What the script goes on with."""
    told: dict[str, Any] = {
        "address": reverse("contact_log_chunk", args=[request.organisation.slug, upload.pk]),
        "received": received_bytes(upload),
    }
    return told | ({"next": _columns_address(request, upload)} if upload.is_whole else {})


def _columns_address(request: OrgRequest, upload: ContactUpload) -> str:
    return reverse("contact_log_columns", args=[request.organisation.slug, upload.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
def contact_log_chunk(request: OrgRequest, upload_id: int) -> HttpResponse:
    """How much of a file is there; a post appends the piece that begins at `offset`. 409 where it does not fit on."""
    upload = contact_upload_for(request, upload_id)
    if request.method != "POST" or upload.is_whole:
        return JsonResponse(_told(request, upload))
    offset = whole_number(request.GET.get("offset"))
    try:
        if receive_piece(upload, -1 if offset is None else offset, request.body) == upload.size_bytes:
            finish_upload(upload)
    except Misplaced:
        return JsonResponse(_told(request, upload), status=409)
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=422)
    return JsonResponse(_told(request, upload))


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def contact_log_discard(request: OrgRequest, upload_id: int) -> HttpResponse:
    """Don't import a file that was sent, or only half sent."""
    upload = contact_upload_for(request, upload_id)
    discard(upload)
    messages.success(request, _("“%s” is not imported, and deleted from the server.") % upload.file_name)
    return redirect("contact_log_list", request.organisation.slug, upload.journey_id)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
@once_only
def contact_log_columns(request: OrgRequest, upload_id: int) -> HttpResponse:
    """What the columns are: guessed, shown with ten rows, confirmed; then a worker counts."""
    upload = contact_upload_for(request, upload_id)
    if not upload.is_whole or not file_path(upload.stored_name).is_file():
        messages.info(request, _("This file is not whole yet: choose it again, and it goes on where it stopped."))
        return redirect("contact_log_upload", request.organisation.slug, upload.journey_id)
    form = _form(request, upload)
    if request.method == "POST" and form.is_valid():
        try:
            if mapping := _settled(upload, form):
                keeps_file = form.cleaned_data["keeps_file"]
                return redirect(request_import(upload, mapping, request.user, keeps_file=keeps_file))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _show_columns(request, upload, form)


def _form(request: OrgRequest, upload: ContactUpload) -> ColumnsForm:
    zone, columns = request.organisation.time_zone, upload.sample["columns"]
    if request.method == "POST":
        return ColumnsForm(request.POST, columns=columns, zone=zone)
    form = ColumnsForm(initial=values_of(upload.said), columns=columns, zone=zone)
    if upload.said:
        form.ask(look_with(upload, Mapping(**{role: upload.said.get(role, "") for role in ROLES})).doubts)
    return form


def _settled(upload: ContactUpload, form: ColumnsForm) -> Mapping | None:
    """The mapping; None where the file leaves something open, which the form then asks. Raises Refused."""
    mapping = form.mapping()
    found = look_with(upload, mapping)
    for role in found.timeless:
        form.add_error(role, _("This column holds no times."))
    form.ask(found.doubts)
    for doubt in found.doubts:
        form.add_error(doubt.kind, _("The file leaves this open. Please say it."))
    return None if form.errors else mapping


def _show_columns(request: OrgRequest, upload: ContactUpload, form: ColumnsForm) -> HttpResponse:
    sample = look(upload)
    roles = {form[role].value(): form.fields[role].label for role in ROLES if form[role].value()}
    context = {
        "section": "journeys",
        "journey": upload.journey,
        "upload": upload,
        "form": form,
        "heads": [(column, roles.get(column, "")) for column in sample.columns],
        "rows": _rows(sample, str(form["customer"].value() or "")),
    }
    response = render(request, "journeys/contact_columns.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def _rows(sample: Sample, customer: str) -> list[list[str]]:
    """Ten rows; of customers' ids only how they begin."""
    hidden = sample.columns.index(customer) if customer in sample.columns else -1
    return [[shortened(cell) if place == hidden else cell for place, cell in enumerate(row)] for row in sample.rows]
