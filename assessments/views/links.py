"""The open links of a round: shown with their words to who runs rounds, capped, renewed, revoked."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.security import private_page
from assessments.addresses import answer_address, kiosk_address, short_address
from assessments.choices import Audience
from assessments.link_forms import CapForm
from assessments.links import make_links, renew_link, revoke_link
from assessments.models import OpenLink, Round
from assessments.qr import qr_svg
from assessments.views.lookup import open_link_for, round_for


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link in words. name: whose it is."""

    link: OpenLink
    name: str
    address: str
    short: str
    kiosk: str
    qr: SafeString
    form: CapForm


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
        return _page(request, link.round, refused={link.pk: form}, status=422)
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
    messages.success(request, _("%s has a new link. Hand it out; the old one takes nobody in any more.") % _name(link))
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
    return render(request, "assessments/link_screen.html", {"round": link.round, "row": _row(link)})


def _page(
    request: OrgRequest, round_: Round, refused: dict[int, CapForm] | None = None, status: int = 200
) -> HttpResponse:
    links = list(
        OpenLink.objects.filter(round=round_).select_related("group").order_by("-view", "group__position", "pk")
    )
    for link in links:
        link.round = round_
    working = [link for link in links if link.revoked_at is None]
    wanted = len(round_.views) * max(1, round_.groups.count())
    context = {
        "section": "rounds",
        "round": round_,
        "rows": [_row(link, (refused or {}).get(link.pk)) for link in working],
        "ended": [(link, _name(link)) for link in links if link.revoked_at],
        "missing_count": wanted - len(working),
    }
    return render(request, "assessments/link_list.html", context, status=status)


def _row(link: OpenLink, form: CapForm | None = None) -> LinkRow:
    address = answer_address(link)
    form = form or CapForm(initial={"cap": link.cap}, auto_id=f"cap-{link.pk}-%s")
    return LinkRow(link, _name(link), address, short_address(link), kiosk_address(link), qr_svg(address), form)


def _name(link: OpenLink) -> str:
    view = link.get_view_display()
    if link.group is None:
        return str(view)
    return f"{link.group}, {view}" if link.round.audience == Audience.BOTH else link.group.name


def _ask(request: OrgRequest, link: OpenLink, *, is_renewed: bool) -> HttpResponse:
    context = {
        "section": "rounds",
        "round": link.round,
        "link": link,
        "name": _name(link),
        "is_renewed": is_renewed,
    }
    return render(request, "assessments/link_end.html", context)
