"""How a change of the map is answered: the whole page, or for htmx no more of it than changed."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts.access import Action, OrgRequest, is_allowed
from journeys.aids import headline_context
from journeys.board import SMALL_MOST, Board, Card, board_of, brief_board_of
from journeys.choices import LEVEL_MEANINGS, Level
from journeys.details import links_of
from journeys.filters import Filter, FilterForm, ids_shown
from journeys.formats.files import FORMATS
from journeys.forms import JourneyForm, MomentForm
from journeys.history import last_event
from journeys.lanes import lanes_of
from journeys.models import Event, Journey, Moment, Stage
from journeys.views.reader import filter_in_use, has_lanes, is_in_step
from journeys.views.talk import talk_context


def map_context(
    request: OrgRequest, journey: Journey, moment_id: int | None = None, *, is_brief: bool = False, **more: Any
) -> dict[str, Any]:
    """All that the map and its panel show; two queries, one more each with a filter, a moment, or a brief board.

    is_brief: without the cards. `form` may carry what was typed and its errors.
    """
    chosen = filter_in_use(request, journey)
    shown = ids_shown(journey, chosen)
    board = brief_board_of(journey, shown) if is_brief else board_of(journey, shown)
    card = _chosen_card(board, moment_id)
    can_edit = is_allowed(request.role, Action.EDIT_JOURNEYS)
    return {
        "section": "journeys",
        "journey": journey,
        "board": board,
        "card": card,
        "total": board.total,
        "shown_count": board.shown_count,
        "can_edit": can_edit,
        "chosen": chosen,
        "kept": f"{chosen.query}&" if chosen else "",
        "owners": board.owners,
        "filter_form": None if is_brief else FilterForm(chosen.form_data()),
        "page_here": journey.get_absolute_url(),
        "has_lanes": has_lanes(request),
        "lanes": lanes_of(board.columns) if has_lanes(request) else (),
        **headline_context(journey, board),
        "export_formats": FORMATS.values(),
        "levels": [(level, LEVEL_MEANINGS[level]) for level in reversed(Level)],
        "form": _panel_form(journey, card.moment if card else None) if can_edit else None,
        "links": links_of(journey, _detail_ids(board, card)),
        "detail_choices": _detail_choices(request, journey) if can_edit and card else [],
        "last_event": last_event(journey, card.moment.pk) if card else None,
        **talk_context(request, journey, board, card),
        **more,
    }


def _detail_ids(board: Board, *more: Card | None) -> dict[int, int]:
    """What moments lead to, by their ids: of all that the board has, and of single cards."""
    cards = [card for column in board.columns for card in column.cards] + [card for card in more if card]
    moments = (card.moment for card in cards)
    return {moment.pk: moment.detail_journey_id for moment in moments if moment.detail_journey_id is not None}


def _detail_choices(request: OrgRequest, journey: Journey) -> list[Journey]:
    """What a moment may lead to: the organisation's other journeys, the archived ones last."""
    others = Journey.objects.in_organisation(request.organisation).exclude(pk=journey.pk)
    return list(
        others.only("pk", "title", "archived_at").order_by(F("archived_at").asc(nulls_first=True), "title", "pk")
    )


def _chosen_card(board: Board, moment_id: int | None) -> Card | None:
    if moment_id not in board.order:
        return None
    for column in board.columns:
        for card in column.cards:
            if card.moment.pk == moment_id:
                return card
    moment = Moment.objects.filter(pk=moment_id).select_related("stage").first()
    return board.card_of(moment) if moment else None


def _panel_form(journey: Journey, moment: Moment | None) -> BaseForm:
    return MomentForm(instance=moment) if moment else JourneyForm(instance=journey)


def render_map(
    request: OrgRequest, journey: Journey, moment_id: int | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The full page, with one moment or the journey itself in the panel."""
    return render(request, "journeys/map.html", map_context(request, journey, moment_id, **more), status=status)


def answer_panel(request: OrgRequest, journey: Journey, moment_id: int | None = None) -> HttpResponse:
    """The panel alone for htmx, else the page with that moment chosen."""
    address = page_address(journey, moment_id, chosen=filter_in_use(request, journey))
    if not request.htmx:
        return redirect(address)
    response = render(request, "journeys/_panel.html", map_context(request, journey, moment_id, is_brief=True))
    response["HX-Replace-Url"] = address
    patch_vary_headers(response, ["HX-Request"])
    return response


def answer_change(
    request: OrgRequest,
    journey: Journey,
    moment_id: int | None = None,
    *,
    status: int = 200,
    placed_id: int | None = None,
    gone_id: int | None = None,
    **more: Any,
) -> HttpResponse:
    """After a change: for htmx what changed, the panel and a word about it; else back to the page.

    placed_id, gone_id: the one moment that was added, moved or taken off, where nothing else changed.
    """
    chosen = filter_in_use(request, journey)
    address = page_address(journey, moment_id, more.get("event"), more.get("adding"), chosen)
    if not request.htmx:
        return redirect(address) if status == 200 else render_map(request, journey, moment_id, status, **more)
    journey.refresh_from_db(fields=["version", "title", "customers_per_year", "changed_at"])
    is_small = bool(placed_id or gone_id) and is_in_step(request, journey)
    response = _small_answer(request, journey, moment_id, placed_id, gone_id, **more) if is_small else None
    if response is None:
        context = map_context(request, journey, moment_id, **more)
        response = render(request, "journeys/_map_changed.html", context, status=status)
    response["HX-Replace-Url"] = page_address(journey, moment_id, chosen=chosen)
    return response


def _small_answer(
    request: OrgRequest,
    journey: Journey,
    moment_id: int | None,
    placed_id: int | None,
    gone_id: int | None,
    **more: Any,
) -> HttpResponse | None:
    """What one placed or gone moment changes. None where the map is or was small, or that moment is gone by now."""
    context = map_context(request, journey, moment_id, is_brief=not has_lanes(request), **more)
    board, card = context["board"], context["card"]
    was_small = board.total <= SMALL_MOST + 1  # or may have been, so that its page lacks what a long map has
    if was_small or (placed_id and placed_id not in board.order):
        return None
    placed = card if card and card.moment.pk == placed_id else _chosen_card(board, placed_id)
    if placed is not card:
        context["links"] = links_of(journey, _detail_ids(board, card, placed))
        if placed:
            placed.moment.open_comments = context["comment_counts"].get(placed.moment.pk, 0)
    context |= {"gone_id": gone_id, "placed": placed, "before": board.before(placed.moment) if placed else None}
    response = render(request, "journeys/_cards_changed.html", context)
    response["HX-Reswap"] = "none"
    return response


def answer_saved(request: OrgRequest, journey: Journey, moment: Moment, form: MomentForm) -> HttpResponse:
    """After the panel saved a moment: its card and what follows from it, never the field somebody types in."""
    journey.refresh_from_db(fields=["version", "changed_at"])
    if is_in_step(request, journey):
        context = map_context(request, journey, moment.pk, is_brief=not has_lanes(request), form=form)
        if not context["board"].is_small and context["card"]:
            response = render(request, "journeys/_card_saved.html", {**context, "replaced": context["card"]})
            response["HX-Reswap"] = "none"
            return response
    return render(request, "journeys/_saved.html", map_context(request, journey, moment.pk, form=form))


def page_address(
    journey: Journey,
    moment_id: int | None = None,
    event: Event | None = None,
    adding: Stage | None = None,
    chosen: Filter | None = None,
) -> str:
    """The map's address with a moment chosen, an undo offered, a stage waiting for its next moment, or a filter."""
    asked = {
        "moment": moment_id,
        "step": event.pk if event else None,
        "adding": adding.pk if adding else None,
    }
    query = [chosen.query] if chosen else []
    query += [f"{name}={value}" for name, value in asked.items() if value]
    return journey.get_absolute_url() + (f"?{'&'.join(query)}" if query else "")


def full_message() -> str:
    """What to do about a journey that holds as much as one may."""
    return _("This journey is full. Split it in two, or take something off first.")
