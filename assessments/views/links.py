"""The open links of a round: shown with their words to who runs rounds, capped, renewed, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.security import private_page
from assessments.link_forms import CapForm
from assessments.link_rows import link_name, link_row, links_of
from assessments.links import make_links, renew_link, revoke_link
from assessments.models import OpenLink, Round
from assessments.views.lookup import open_link_for, round_for

LINKS_A_PAGE = 24  # a code takes some 10 ms to draw


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def link_list(request: OrgRequest, round_id: int) -> HttpResponse:
    """GET lists, POST makes those that are missing."""
    round_ = round_for(request, round_id)
    if request.method == "POST":
        make_links(round_)
        return redirect("link_list", request.organisation.slug, round_.pk)
    return _page(request, round_)


@private_page
@require_POST
@member_required(Action.RUN_ROUNDS)
def link_cap(request: OrgRequest, link_id: int) -> HttpResponse:
    """How many responses the link takes from now on."""
    link = open_link_for(request, link_id)
    form = CapForm(request.POST, auto_id=f"cap-{link.pk}-%s")
    if not form.is_valid():
        return _page(request, link.round, refused={link.pk: form})
    OpenLink.objects.filter(pk=link.pk).update(cap=form.cleaned_data["cap"])
    messages.success(request, _("The link takes %s responses at most.") % form.cleaned_data["cap"])
    return redirect("link_list", request.organisation.slug, link.round_id)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def link_renew(request: OrgRequest, link_id: int) -> HttpResponse:
    """GET asks, POST gives the group another link and ends this one."""
    link = open_link_for(request, link_id)
    if request.method != "POST":
        return _ask(request, link, is_renewed=True)
    renew_link(link)
    messages.success(
        request, _("%s has a new link. Hand it out; the old one takes nobody in any more.") % link_name(link)
    )
    return redirect("link_list", request.organisation.slug, link.round_id)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def link_revoke(request: OrgRequest, link_id: int) -> HttpResponse:
    """GET asks, POST ends the link."""
    link = open_link_for(request, link_id)
    if request.method != "POST":
        return _ask(request, link, is_renewed=False)
    revoke_link(link)
    messages.success(request, _("The link is revoked. What was handed in by it stays."))
    return redirect("link_list", request.organisation.slug, link.round_id)


@private_page
@require_safe
@member_required(Action.RUN_ROUNDS)
def link_screen(request: OrgRequest, link_id: int) -> HttpResponse:
    """The code over the whole screen of a meeting room."""
    link = open_link_for(request, link_id)
    return render(request, "assessments/link_screen.html", {"round": link.round, "row": link_row(link)})


def _page(request: OrgRequest, round_: Round, refused: dict[int, CapForm] | None = None) -> HttpResponse:
    refused = refused or {}
    links = links_of(round_)
    working = [link for link in links if link.revoked_at is None]
    places = [place for place, link in enumerate(working) if link.pk in refused]
    number = places[0] // LINKS_A_PAGE + 1 if places else request.GET.get("page")
    page = Paginator(working, LINKS_A_PAGE).get_page(number)
    context = {
        "section": "rounds",
        "round": round_,
        "links": page,
        "rows": [link_row(link, refused.get(link.pk)) for link in page],
        "ended": [(link, link_name(link)) for link in links if link.revoked_at],
        "missing_count": len(round_.views) * max(1, round_.groups.count()) - len(working),
    }
    return render(request, "assessments/link_list.html", context, status=422 if refused else 200)


def _ask(request: OrgRequest, link: OpenLink, *, is_renewed: bool) -> HttpResponse:
    context = {
        "section": "rounds",
        "round": link.round,
        "link": link,
        "name": link_name(link),
        "is_renewed": is_renewed,
    }
    return render(request, "assessments/link_end.html", context)
