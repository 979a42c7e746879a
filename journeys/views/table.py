"""The map as a table whose rows are changed in place."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from accounts.typed_numbers import VERSION_PLACES_MAX, whole_number
from journeys import sequence
from journeys.filters import FilterForm
from journeys.models import Journey, Moment
from journeys.rows import COLUMNS, RowForm, owners_of, rows_of, with_the_rest
from journeys.views.lookup import journey_for, moment_for
from journeys.views.reader import filter_in_use, sort_in_use
from journeys.views.stale import differences_between


@require_safe
@member_required(Action.SEE_JOURNEYS)
def journey_table(request: OrgRequest, journey_id: int) -> HttpResponse:
    """All moments as rows, filtered and sorted as the address asks."""
    return _render_table(request, journey_for(request, journey_id))


def _render_table(request: OrgRequest, journey: Journey, status: int = 200, **row: Any) -> HttpResponse:
    chosen, sort = filter_in_use(request, journey), sort_in_use(request, journey)
    rows = list(rows_of(journey, chosen, sort))
    total = Moment.objects.filter(stage__journey=journey).count() if chosen else len(rows)
    context = {
        "section": "journeys",
        "journey": journey,
        "rows": rows,
        "total": total,
        "shown_count": len(rows),
        "columns": [_heading(name, title, chosen.query, sort) for name, title in COLUMNS.items()],
        "can_edit": is_allowed(request.role, Action.EDIT_JOURNEYS),
        "chosen": chosen,
        "sort": sort,
        "filter_form": FilterForm(chosen.form_data()),
        "owners": owners_of(journey),
        "page_here": _address(journey),
        **row,
    }
    return render(request, "journeys/moments_table.html", context, status=status)


def _heading(name: str, title: str, query: str, sort: str) -> dict[str, str]:
    is_up = sort == name
    order = "ascending" if is_up else "descending" if sort == f"-{name}" else ""
    asked = [query] if query else []
    return {"title": title, "order": order, "query": "&".join([*asked, f"sort={'-' if is_up else ''}{name}"])}


def _address(journey: Journey) -> str:
    return reverse("journey_table", args=[journey.organisation.slug, journey.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
def moment_row(request: OrgRequest, moment_id: int) -> HttpResponse:
    """One row: as a form (`as=form`, `field`: where to begin), as words, or saved. Stale writes answer 409."""
    moment = moment_for(request, moment_id)
    if request.method == "POST":
        return _save(request, moment)
    if request.GET.get("as") == "words":
        return _answer_row(request, moment, is_back=True)
    return _answer_row(request, moment, form=RowForm(instance=moment, focus=request.GET.get("field", "")))


def _save(request: OrgRequest, moment: Moment) -> HttpResponse:
    form = RowForm(with_the_rest(request.POST, moment), instance=copy(moment))
    if not form.is_valid():
        return _answer_row(request, moment, status=422, form=form)
    text = request.POST.get("keep") or request.POST.get("version", "")
    version = whole_number(text, VERSION_PLACES_MAX) or 0
    try:
        sequence.change_moment(moment, version, **form.cleaned_data)
    except sequence.StaleWrite:
        moment.refresh_from_db()
        stale = {"version": moment.version, "differences": differences_between(moment, form)}
        return _answer_row(request, moment, status=409, form=form, stale=stale)
    moment.refresh_from_db()
    return _answer_row(request, moment, is_back=True)


def _answer_row(request: OrgRequest, moment: Moment, status: int = 200, **more: Any) -> HttpResponse:
    """For htmx the row alone; else the whole table with that row as a form, or back to the table."""
    journey = moment.stage.journey
    if request.htmx:
        context = {"moment": moment, "journey": journey, "can_edit": True, **more}
        return render(
            request, "journeys/_row_form.html" if "form" in more else "journeys/_row.html", context, status=status
        )
    if "form" in more:
        return _render_table(request, journey, status, open_id=moment.pk, **more)
    asked = [filter_in_use(request, journey).query, f"sort={sort_in_use(request, journey)}"]
    return redirect(f"{_address(journey)}?{'&'.join(filter(None, asked))}#row-{moment.pk}")
