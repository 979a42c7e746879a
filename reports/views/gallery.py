"""All that was made, with a picture of each."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, member_required
from jobs.artifacts import path_of
from jobs.waiting import fingerprint
from reports import gallery
from reports.gallery_forms import GalleryForm
from reports.keeping import goes_soon, thrown_away
from reports.models import Made
from reports.views.job_pages import send_picture
from reports.views.lookup import made_for, may_change, parts_for

CARDS_A_PAGE = 24


@require_safe
@member_required(Action.SEE_REPORTS)
def poster_gallery(request: OrgRequest) -> HttpResponse:
    """Posters, reports and prints of the organisation, the newest first; for htmx the list alone."""
    parts = parts_for(request)
    form = GalleryForm(request.GET, organisation=request.organisation, parts=parts)
    chosen = form.chosen
    rows = gallery.rows_of(request.organisation, parts, chosen)
    page = Paginator(rows, CARDS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = gallery.fetch(page.object_list)
    context = {
        "section": "posters",
        "form": form,
        "is_all": chosen.is_all,
        "came_from": request.GET.urlencode(),
        "page": page,
        "cards": [card_of(request, made) for made in page.object_list],
        "thrown_away": [made for made in thrown_away(request.organisation, parts) if may_change(request, made)],
    }
    response = render(request, "reports/gallery.html" + ("#found" if request.htmx else ""), context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def card_of(request: OrgRequest, made: Made) -> dict[str, Any]:
    """What the card of one file shows."""
    return {
        "made": made,
        "has_file": made.has_file,
        "goes_soon": goes_soon(made),
        "can_change": may_change(request, made),
        "seen": fingerprint(made),
    }


@require_safe
@member_required(Action.SEE_REPORTS)
def made_card(request: OrgRequest, kind: str, made_id: int) -> HttpResponse:
    """One card, asked for while its file is being made; 204 while it says what the browser has seen already."""
    made = made_for(request, kind, made_id)
    if not request.htmx:
        return redirect(made)
    card = card_of(request, made)
    if card["seen"] == request.GET.get("seen"):
        return HttpResponse(status=204)
    return answer_card(request, card, request.GET.get("from", ""))


def answer_card(request: OrgRequest, card: dict[str, Any], came_from: str) -> HttpResponse:
    """A card alone; came_from: the filters of the gallery that it stands in."""
    return render(request, "reports/_made_card.html", {"card": card, "came_from": came_from})


@require_safe
@member_required(Action.SEE_REPORTS)
def made_thumbnail(request: OrgRequest, kind: str, made_id: int) -> HttpResponse:
    """The picture of its first page. 404 where it has none."""
    made = made_for(request, kind, made_id)
    if not made.thumbnail_name:
        raise Http404
    path = path_of(made.thumbnail_name)
    return send_picture(request, path, f'"{path.stem}"')
