"""What every view of the map answers with: the whole page, or for htmx the parts that changed."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts.access import Action, OrgRequest, is_allowed
from journeys.aids import headline_context
from journeys.board import Board, board_of
from journeys.choices import LEVEL_MEANINGS, Level
from journeys.formats.files import FORMATS
from journeys.forms import JourneyForm, MomentForm
from journeys.models import Journey, Moment, Removal, Stage


def map_context(request: OrgRequest, journey: Journey, moment_id: int | None = None, **more: Any) -> dict[str, Any]:
    """All that the map and its panel show; two queries. `form` may carry what was typed and its errors."""
    board = board_of(journey)
    card = board.card_of(moment_id)
    can_edit = is_allowed(request.role, Action.EDIT_JOURNEYS)
    return {
        "section": "journeys",
        "journey": journey,
        "board": board,
        "card": card,
        "can_edit": can_edit,
        **headline_context(journey, board),
        "export_formats": FORMATS.values(),
        "levels": [(level, LEVEL_MEANINGS[level]) for level in reversed(Level)],
        "form": _panel_form(journey, board, card.moment if card else None) if can_edit else None,
        **more,
    }


def _panel_form(journey: Journey, board: Board, moment: Moment | None) -> BaseForm:
    return MomentForm(instance=moment) if moment else JourneyForm(instance=journey)


def render_map(
    request: OrgRequest, journey: Journey, moment_id: int | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The full page, with one moment or the journey itself in the panel."""
    return render(request, "journeys/map.html", map_context(request, journey, moment_id, **more), status=status)


def answer_panel(request: OrgRequest, journey: Journey, moment_id: int | None = None) -> HttpResponse:
    """The panel alone for htmx, else the page with that moment chosen."""
    if not request.htmx:
        return redirect(page_address(journey, moment_id))
    response = render(request, "journeys/_panel.html", map_context(request, journey, moment_id))
    response["HX-Replace-Url"] = page_address(journey, moment_id)
    patch_vary_headers(response, ["HX-Request"])
    return response


def answer_change(
    request: OrgRequest, journey: Journey, moment_id: int | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """After a change: for htmx the map, the panel and a word about it; else back to the page."""
    if not request.htmx and status == 200:
        return redirect(page_address(journey, moment_id, more.get("removal"), more.get("adding")))
    if not request.htmx:
        return render_map(request, journey, moment_id, status, **more)
    journey.refresh_from_db(fields=["version", "title", "customers_per_year", "changed_at"])
    context = map_context(request, journey, moment_id, **more)
    response = render(request, "journeys/_map_changed.html", context, status=status)
    response["HX-Replace-Url"] = page_address(journey, moment_id)
    return response


def page_address(
    journey: Journey, moment_id: int | None = None, removal: Removal | None = None, adding: Stage | None = None
) -> str:
    """The map's address with a moment chosen, an undo offered, or a stage waiting for its next moment."""
    asked = {
        "moment": moment_id,
        "removed": removal.pk if removal else None,
        "adding": adding.pk if adding else None,
    }
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return journey.get_absolute_url() + (f"?{query}" if query else "")


def full_message() -> str:
    """What to do about a journey that holds as much as one may."""
    return _("This journey is full. Split it in two, or take something off first.")
