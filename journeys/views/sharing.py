"""The links to one map: listed, made and revoked by who may share it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import Action, OrgRequest, member_required
from accounts.links import public_link
from journeys.models import Journey, ShareLink
from journeys.share_forms import ShareForm
from journeys.sharing import LINKS_MAX, TooManyLinks, make_share_link, revoke_share_link, working
from journeys.views.lookup import journey_for, share_link_for


@sensitive_post_parameters("passcode")
@require_http_methods(["GET", "POST"])
@member_required(Action.SHARE_JOURNEYS)
def share_list(request: OrgRequest, journey_id: int) -> HttpResponse:
    """GET lists, POST makes. POST answers with the page itself, not a redirect: the link it shows is kept nowhere."""
    journey = journey_for(request, journey_id)
    form = ShareForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, journey, form, status=422 if form.errors else 200)
    try:
        link, token = make_share_link(journey, request.user, form.new_link(), request.POST.get("submission", "")[:100])
    except TooManyLinks:
        form.add_error(None, _("%s links to this map work already. Revoke some first.") % LINKS_MAX)
        return _page(request, journey, form, status=422)
    return _page(request, journey, ShareForm(), new=link, new_link=public_link("share_open", token))


def _page(request: OrgRequest, journey: Journey, form: ShareForm, status: int = 200, **more: Any) -> HttpResponse:
    links = ShareLink.objects.filter(journey=journey)
    working_ids = set(links.filter(working(timezone.now())).values_list("pk", flat=True))
    rows = list(links)
    context = {
        "section": "journeys",
        "journey": journey,
        "form": form,
        "links": [link for link in rows if link.pk in working_ids],
        "ended": [link for link in rows if link.pk not in working_ids],
        **more,
    }
    response = render(request, "journeys/share_list.html", context, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


@require_http_methods(["GET", "POST"])
@member_required(Action.SHARE_JOURNEYS)
def share_revoke(request: OrgRequest, share_id: int) -> HttpResponse:
    """GET asks, POST does."""
    link = share_link_for(request, share_id)
    if request.method == "GET":
        return render(request, "journeys/share_revoke.html", {"link": link, "journey": link.journey})
    revoke_share_link(link)
    messages.success(request, _("The link is revoked. Whoever opens it from now on sees nothing."))
    return redirect("share_list", request.organisation.slug, link.journey_id)
