"""The map on paper, printed by the browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, member_required
from journeys.board import board_of
from journeys.filters import ids_shown
from journeys.strips import strips_of
from journeys.views.lookup import journey_for
from journeys.views.reader import filter_in_use


@require_safe
@member_required(Action.SEE_JOURNEYS)
def journey_print(request: OrgRequest, journey_id: int) -> HttpResponse:
    """All moments in rows of at most twelve, each with its ladder, then what more will be done; two queries."""
    journey = journey_for(request, journey_id)
    chosen = filter_in_use(request, journey)
    board = board_of(journey, ids_shown(journey, chosen))
    cards = [card for column in board.columns for card in column.cards if card.is_shown]
    context = {
        "section": "journeys",
        "journey": journey,
        "board": board,
        "chosen": chosen,
        "strips": strips_of(board),
        "doing_more": [card for card in cards if card.moment.what_more],
    }
    return render(request, "journeys/print.html", context)
