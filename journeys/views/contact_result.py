"""What contact logs say of a journey: names matched to moments, figures beside estimates, taken over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from accounts.submissions import once_only
from journeys.contact_export import figures_csv
from journeys.contact_naming import NamesForm, names_of
from journeys.contact_pictures import hours_between
from journeys.contact_result import Measured, Result, result_of, take_over
from journeys.contacts.sketches import is_exact
from journeys.figures import whole
from journeys.limits import CUSTOMERS_PER_YEAR_MAX
from journeys.models import ContactImport, Journey
from journeys.sequence import StaleWrite
from journeys.views.lookup import journey_for

ALL = "all"


@require_safe
@member_required(Action.SEE_JOURNEYS)
def contact_log_result(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Measured volumes beside the map's. `customers`: a year, that contacts are divided by."""
    journey = journey_for(request, journey_id)
    customers, error = _customers(request.GET.get("customers", ""))
    return _show(request, journey, result_of(journey, customers), 422 if error else 200, customers_error=error)


def _customers(text: str) -> tuple[int | None, str]:
    """The number that was typed, and what is wrong with it."""
    bare = "".join(letter for letter in text if not letter.isspace() and letter not in ",.'’")
    if not bare:
        return None, ""
    if not bare.isascii() or not bare.isdecimal() or not 0 < int(bare[:30]) <= CUSTOMERS_PER_YEAR_MAX:
        return None, _("Type a whole number of customers a year, such as 120,000.")
    return int(bare), ""


def _show(request: OrgRequest, journey: Journey, result: Result, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "section": "journeys",
        "journey": journey,
        "result": result,
        "is_empty": not result.imports,
        "is_counting": ContactImport.objects.filter(journey=journey, state__in=["queued", "running"]).exists(),
        "can_edit": is_allowed(request.role, Action.EDIT_JOURNEYS),
        **(_details(result, request.GET.get("week", "")) if result.summary.get("contacts") else {}),
        **more,
    }
    response = render(request, "journeys/contact_result.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _details(result: Result, week_of: str) -> dict[str, Any]:
    """Whatever stands below the moments. week_of: a moment's id, or anything for all."""
    summary = result.summary
    chosen = next((each.moment for each in result.measured if str(each.moment.pk) == week_of), None)
    hours = hours_between(summary["hours_of_week"])
    return {
        "first": datetime.fromisoformat(summary["first"]),
        "last": datetime.fromisoformat(summary["last"]),
        "is_exact": is_exact(summary["customers"]),
        "has_customers": any(each["customers"] for each in summary["months"]),
        "hours": hours,
        "week": [
            (day, [shades[hour] for hour in hours])
            for day, shades in zip(WEEKDAYS_ABBR.values(), result.week_of(chosen), strict=True)
        ],
        "week_of": chosen,
        "parts": [(_("Month"), summary["months"]), (_("Channel"), summary["channels"])],
        "months_by_moment": [
            (each.moment, [each.figures["months"].get(month, 0) for month in result.months]) for each in result.measured
        ],
    }


@require_safe
@member_required(Action.SEE_JOURNEYS)
def contact_log_figures(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Everything that the page sums up, by moment, channel and month, as a CSV."""
    journey = journey_for(request, journey_id)
    response = HttpResponse("".join(figures_csv(journey)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="contacts.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@member_required(Action.EDIT_JOURNEYS)
@once_only
def contact_log_take(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Write measured volumes into the map: of one moment, or of all that the page showed."""
    journey = journey_for(request, journey_id)
    customers, _error = _customers(request.POST.get("customers", ""))
    result = result_of(journey, customers)
    chosen = _chosen(result, request)
    try:
        if chosen is None:
            raise StaleWrite
        count = take_over(journey, chosen)
    except StaleWrite:
        journey.refresh_from_db()
        return _show(request, journey, result_of(journey, customers), 409, is_stale=True)
    messages.success(request, _say_taken(count))
    address = reverse("contact_log_result", args=[request.organisation.slug, journey.pk])
    return redirect(f"{address}?customers={customers}" if customers else address)


def _chosen(result: Result, request: OrgRequest) -> list[Measured] | None:
    """What was asked for, in the state in which it was shown; None where map or logs moved on."""
    seen, take = set(request.POST.getlist("seen")), request.POST.get("take", "")
    wanted = seen if take == ALL else {take}
    chosen = [each for each in result.can_be_taken if each.key in wanted]
    return chosen if len(chosen) == len(wanted) else None


def _say_taken(count: int) -> str:
    said = ngettext(
        "Taken over for %s moment: the map's history can undo it.",
        "Taken over for %s moments: the map's history can undo each.",
        count,
    )
    return said % whole(count)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
def contact_log_names(request: OrgRequest, journey_id: int) -> HttpResponse:
    """What the names in the logs stand for; those without a moment first, by volume."""
    journey = journey_for(request, journey_id)
    names = names_of(journey)
    form = NamesForm(request.POST if request.method == "POST" else None, journey=journey, names=names)
    if form.is_valid():
        form.save()
        messages.success(request, _("Kept, also for the next file."))
        return redirect("contact_log_result", request.organisation.slug, journey.pk)
    context = {"section": "journeys", "journey": journey, "form": form, "is_empty": not names}
    return render(request, "journeys/contact_names.html", context, status=422 if form.errors else 200)
