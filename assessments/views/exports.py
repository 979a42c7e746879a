"""Results as files."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, member_required
from assessments.export_kinds import CONTENT_TYPES, names_for, write_results
from assessments.export_tables import TABLES
from assessments.models import ResultSheet
from assessments.views.lookup import round_for
from journeys.views.exchange import file_name

FILE_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",  # where somebody opens a picture by its address
    "X-Content-Type-Options": "nosniff",
}


@require_safe
@member_required(Action.SEE_RESULTS)
def results_export(request: OrgRequest, round_id: int) -> HttpResponse:
    """as=xlsx: a workbook with everything; json: the same for programs; svg, png: the ladder; csv: one table, that of
    the moments where `table` names none."""
    round_ = round_for(request, round_id)
    kind, name = request.GET.get("as", "xlsx"), request.GET.get("table", "moments")
    if kind not in CONTENT_TYPES or name not in TABLES:
        raise Http404
    sheet = ResultSheet.objects.filter(round=round_).first()
    if sheet is None:
        messages.info(request, _("This round shows no results yet."))
        return redirect(round_)
    figures = sheet.figures
    stem = f"{figures['round']['journey']}, {figures['round']['title']}"
    if kind == "csv" and name != "moments":
        stem = f"{stem}, {name}"
    content = write_results(kind, figures, names_for(request.organisation), name)
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(True, file_name(stem, f".{kind}"))
    for header, value in FILE_HEADERS.items():
        response[header] = value
    return response
