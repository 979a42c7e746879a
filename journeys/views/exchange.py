"""Journeys as files: out in every format, in through a preview."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import whole_number
from journeys.creation_forms import OutlineForm
from journeys.details import detail_titles
from journeys.formats.columns import COLUMNS
from journeys.formats.files import FORMATS, FileReading, read_file
from journeys.formats.json_plan import write_json
from journeys.limits import FILE_MAX, TITLE_MAX
from journeys.preview import preview_of
from journeys.sequence import create_journey
from journeys.snapshot import plan_of
from journeys.views.lookup import journey_for

CHARACTERS_MAX = 1_000_000  # of a text that goes on in the form for texts
CARRIED_MAX = 3_500_000  # bytes of a table that the confirming form carries: in base64, below the size of a request
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029\u202a-\u202e]+')
_NAME_MAX = 80


@require_safe
@member_required(Action.SEE_JOURNEYS)
def journey_export(request: OrgRequest, journey_id: int) -> HttpResponse:
    """The journey as a file of the format that `as` names; JSON, the whole of it, where it names none."""
    journey = journey_for(request, journey_id)
    kind = FORMATS.get(request.GET.get("as", "json"))
    if kind is None:
        raise Http404
    content = write_json(plan_of(journey), detail_titles(journey)) if kind.name == "json" else None
    response = HttpResponse(content or kind.to_bytes(plan_of(journey)), content_type=kind.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file_name(journey.title, kind.suffixes[0]))
    response["Cache-Control"] = "private, no-store"
    return response


def file_name(title: str, suffix: str) -> str:
    """A name that every system takes, with the title's own letters."""
    stem = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:_NAME_MAX].strip(" .")
    return f"{stem or 'journey'}{suffix}"


@require_POST
@member_required(Action.EDIT_JOURNEYS)
@once_only
def journey_upload(request: OrgRequest) -> HttpResponse:
    """What a file would make. A text goes on in the form for texts, where it can be mended; a table shows its columns.

    Nothing is stored but with `create`. The form that confirms a table carries the file itself, so nothing gets lost.
    """
    upload = request.FILES.get("file")
    name = upload.name or "" if upload else request.POST.get("file_name", "")
    if upload and (upload.size or 0) > FILE_MAX:
        return _render_refused(request, _("This file is larger than 5 MB. Take a part of it."))
    content = upload.read() if upload else _carried(request)
    if not content:
        return _render_refused(request, _("Choose a file that holds something."))
    reading = read_file(content, name, fields=_said_fields(request))
    if reading.table is not None:
        return _confirm_table(request, reading, content, name)
    if not reading.text:
        return _render_refused(request, reading.findings[0].text)
    if len(reading.text) > CHARACTERS_MAX:
        return _render_refused(request, _("This text has more than a million characters. Take a part of it."))
    form = OutlineForm({"outline": reading.text})
    form.full_clean()
    context = {"section": "journeys", "form": form, "preview": form.preview}
    return render(request, "journeys/paste.html", context, status=422 if form.errors else 200)


def _carried(request: OrgRequest) -> bytes:
    try:
        return base64.urlsafe_b64decode(request.POST.get("content", ""))
    except (binascii.Error, ValueError):
        return b""


def _said_fields(request: OrgRequest) -> dict[int, str]:
    """What each column holds, where the form says so."""
    said = ((name.removeprefix("column-"), request.POST[name]) for name in request.POST if name.startswith("column-"))
    known = ((number, field) for place, field in said if (number := whole_number(place, 3)) is not None)
    return {place: field if field in COLUMNS else "" for place, field in known}


def _confirm_table(request: OrgRequest, reading: FileReading, content: bytes, name: str) -> HttpResponse:
    if len(content) > CARRIED_MAX:
        return _render_refused(request, _("This table is larger than 3.5 MB. Take a part of it."))
    if reading.table and reading.table.refused and not reading.table.columns:
        return _render_refused(request, reading.table.refused)  # nothing to choose, so nothing to carry
    asked = request.POST.get("title", "").replace("\0", "").strip()[:TITLE_MAX]
    plan = replace(reading.plan, title=asked or reading.plan.title)
    if "create" in request.POST and not reading.is_refused:
        return redirect(create_journey(request.organisation, plan))
    context = {
        "section": "journeys",
        "table": reading.table,
        "preview": None if reading.is_refused else preview_of(plan, reading.findings, ""),
        "findings": reading.findings,
        "file_name": name[:TITLE_MAX],
        "title": plan.title,
        "content": base64.urlsafe_b64encode(content).decode(),
        "fields": [(field, words[0]) for field, words in COLUMNS.items()],
    }
    return render(request, "journeys/table.html", context, status=422 if reading.is_refused else 200)


def _render_refused(request: OrgRequest, reason: str) -> HttpResponse:
    return render(request, "journeys/upload.html", {"section": "journeys", "file_error": reason}, status=422)
