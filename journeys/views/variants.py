"""A journey copied as a variant, and two journeys side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import whole_number
from journeys.limits import TITLE_MAX
from journeys.models import Journey
from journeys.side_by_side import Side, place_side_by_side
from journeys.snapshot import plan_of
from journeys.variant_forms import CopyForm
from journeys.variants import copy_journey, family_of
from journeys.views.lookup import journey_for


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
@once_only
def journey_copy(request: OrgRequest, journey_id: int) -> HttpResponse:
    """A copy for another kind of customer; the answer leads to its map."""
    journey = journey_for(request, journey_id)
    suggested = _("%(title)s (variant)") % {"title": journey.title}
    known = {"title": suggested[:TITLE_MAX], "customers_per_year": journey.customers_per_year}
    form = CopyForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        variant = copy_journey(journey, **form.cleaned_data)
        messages.success(request, _("“%s” is a copy: change what is different for these customers.") % variant.title)
        return redirect(variant)
    context = {"section": "journeys", "journey": journey, "form": form}
    return render(request, "journeys/copy.html", context, status=422 if form.errors else 200)


@require_safe
@member_required(Action.SEE_JOURNEYS)
def journey_compare(request: OrgRequest, journey_id: int) -> HttpResponse:
    """The journey beside the one that `with` names; without, the choice of one."""
    journey = journey_for(request, journey_id)
    asked = request.GET.get("with", "")
    context: dict[str, Any] = {"journey": journey, "choices": _choices(request, journey), "asked": asked}
    if not asked:
        return render(request, "journeys/compare.html", {"section": "journeys", **context})
    other_id = whole_number(asked)
    if other_id is None:
        raise Http404
    left, right = _with_parts(request, journey.pk, other_id)
    return render_side_by_side(request, _side(left), _side(right), other=right, **context)


def render_side_by_side(request: OrgRequest, left: Side, right: Side, **more: Any) -> HttpResponse:
    """The page for any two: journeys, or versions of one. more: `choices` and `journey` for the choice of another."""
    context = {
        "section": "journeys",
        "both": place_side_by_side(left, right),
        "can_edit": is_allowed(request.role, Action.EDIT_JOURNEYS),
        **more,
    }
    return render(request, "journeys/compare.html", context)


def _with_parts(request: OrgRequest, left_id: int, right_id: int) -> tuple[Journey, Journey]:
    """Both with their stages and moments in three queries, or 404."""
    journeys = Journey.objects.in_organisation(request.organisation).prefetch_related("stages__moments")
    found = {journey.pk: journey for journey in journeys.filter(pk__in=[left_id, right_id])}
    if right_id not in found or left_id not in found:
        raise Http404
    for journey in found.values():
        journey.organisation = request.organisation
    return found[left_id], found[right_id]


def _side(journey: Journey) -> Side:
    return Side(journey.title, plan_of(journey), journey.get_absolute_url())


def _choices(request: OrgRequest, journey: Journey) -> list[tuple[str, list[Journey]]]:
    """What it can stand beside: its variants first, then the organisation's other journeys."""
    others = Journey.objects.in_organisation(request.organisation).exclude(pk=journey.pk)
    family = set(family_of(journey).values_list("pk", flat=True))
    listed = list(others)
    groups = [
        (_("Variants"), [other for other in listed if other.pk in family]),
        (_("Other journeys"), [other for other in listed if other.pk not in family]),
    ]
    return [group for group in groups if group[1]]
