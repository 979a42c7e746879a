"""Impact against effort, and actions as files."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import Action as May
from accounts.access import OrgRequest, is_allowed, member_required
from improvements.actions import rows as action_rows
from improvements.actions.effort_picture import draw_picture
from improvements.actions.filter import read_filter
from improvements.actions.rows import OPEN_MAX, OPEN_STATES
from improvements.actions.tables import CONTENT_TYPES, table_of, write_actions
from improvements.views.action_head import head_of, private
from journeys.views.exchange import file_name

FILE_ROWS_MAX = 5_000


@require_safe
@member_required(May.SEE_RESULTS)
def action_picture(request: OrgRequest) -> HttpResponse:
    """Open actions by the damage of their moment and by effort, as a picture with its table."""
    chosen, day = read_filter(request.GET), timezone.localdate()
    rows = action_rows.actions_of(request.organisation, chosen, day).filter(state__in=OPEN_STATES)[:OPEN_MAX]
    cards = action_rows.by_damage(action_rows.cards_of(list(rows), day, with_figures=True))
    context = {**head_of(request, chosen, "picture"), "cards": cards, "picture": draw_picture(cards)}
    return private(render(request, "improvements/action_picture.html", context))


@require_safe
@member_required(May.SEE_ACTIONS)
def actions_export(request: OrgRequest) -> HttpResponse:
    """as=xlsx or csv, of the actions that the filter chooses, whatever their state."""
    kind, chosen = request.GET.get("as", "xlsx"), read_filter(request.GET)
    if kind not in CONTENT_TYPES:
        raise Http404
    rows = action_rows.actions_of(request.organisation, chosen, timezone.localdate()).select_related("made_by")
    actions = list(rows.order_by("pk")[:FILE_ROWS_MAX])
    table = table_of(actions, with_figures=is_allowed(request.role, May.SEE_RESULTS))
    response = HttpResponse(write_actions(kind, table), content_type=CONTENT_TYPES[kind])
    name = file_name(_("Actions of %s") % request.organisation, f".{kind}")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
