"""Results as files."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, member_required
from assessments.export_files import write_csv, write_xlsx
from assessments.export_tables import TABLES, tables_of
from assessments.models import ResultSheet
from assessments.views.lookup import round_for
from journeys.views.exchange import file_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@member_required(Action.SEE_RESULTS)
def results_export(request: OrgRequest, round_id: int) -> HttpResponse:
    """as=xlsx: a workbook with everything; as=csv: one table, that of the moments where `table` names none."""
    round_ = round_for(request, round_id)
    kind, name = request.GET.get("as", "xlsx"), request.GET.get("table", "moments")
    if kind not in ("csv", "xlsx") or name not in TABLES:
        raise Http404
    sheet = ResultSheet.objects.filter(round=round_).first()
    if sheet is None:
        messages.info(request, _("This round shows no results yet."))
        return redirect(round_)
    figures = sheet.figures
    stem = f"{figures['round']['journey']}, {figures['round']['title']}"
    if kind == "csv":
        stem = stem if name == "moments" else f"{stem}, {name}"
        response = HttpResponse(write_csv(TABLES[name](figures)), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(write_xlsx(tables_of(figures)), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, file_name(stem, f".{kind}"))
    response["Cache-Control"] = "private, no-store"
    return response
