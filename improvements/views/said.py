"""“You said, we did” for members: what is told, what could be, and the links by which others read it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action as May
from accounts.access import OrgRequest, is_allowed, member_required
from accounts.submissions import once_only
from improvements.actions.changing import change_action
from improvements.actions.filter import ActionFilter, journeys_with_actions
from improvements.actions.said_done import (
    TooManyLinks,
    address_of,
    make_said_link,
    not_told,
    revoke_said_link,
    you_said_we_did,
)
from improvements.actions.said_forms import SaidLinkForm
from improvements.choices import ActionState
from improvements.models import SaidLink
from improvements.views.action_head import head_of, private
from improvements.views.action_lookup import action_for, said_link_for
from journeys.views.lookup import journey_by_text_for


@require_safe
@member_required(May.SEE_ACTIONS)
def said_page(request: OrgRequest) -> HttpResponse:
    """What is told; for who may, what is done and told to nobody yet, and the links."""
    return _page(request)


def _page(request: OrgRequest, form: SaidLinkForm | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        **head_of(request, ActionFilter(), "said"),
        "rows": you_said_we_did(request.organisation),
        "can_share": is_allowed(request.role, May.SHARE_ACTIONS),
    }
    if context["can_edit"]:
        context["untold"] = not_told(request.organisation)
    if context["can_share"]:
        links = list(SaidLink.objects.filter(organisation=request.organisation).select_related("journey"))
        context["links"] = [(link, address_of(link)) for link in links if link.revoked_at is None]
        context["ended"] = [link for link in links if link.revoked_at]
        context["form"] = form or SaidLinkForm(journeys=context["journeys"])
    return private(render(request, "improvements/said_page.html", context, status=status))


@require_POST
@member_required(May.EDIT_ACTIONS)
def said_tell(request: OrgRequest, action_id: int) -> HttpResponse:
    """`told`: yes or no; of what is done alone."""
    action = action_for(request, action_id)
    if action.state != ActionState.DONE:
        messages.error(request, _("Only what is done can be told."))
    else:
        change_action(action, None, {"is_told": request.POST.get("told") == "yes"})
    return redirect("said_page", request.organisation.slug)


@require_POST
@member_required(May.SHARE_ACTIONS)
@once_only
def said_link_make(request: OrgRequest) -> HttpResponse:
    """A link for people without an account, of one journey or of all."""
    form = SaidLinkForm(request.POST, journeys=journeys_with_actions(request.organisation))
    if not form.is_valid():
        return _page(request, form, status=422)
    chosen = form.cleaned_data["journey"]
    journey = journey_by_text_for(request, chosen) if chosen else None
    try:
        make_said_link(request.organisation, journey, form.cleaned_data["label"])
    except TooManyLinks:
        form.add_error(None, _("There are as many links as one may have. Revoke some first."))
        return _page(request, form, status=422)
    messages.success(request, _("The link is made: it stands below, to be copied."))
    return redirect("said_page", request.organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(May.SHARE_ACTIONS)
def said_link_revoke(request: OrgRequest, said_link_id: int) -> HttpResponse:
    """GET asks, POST revokes."""
    link = said_link_for(request, said_link_id)
    if request.method != "POST":
        return private(render(request, "improvements/said_link_revoke.html", {"section": "actions", "link": link}))
    revoke_said_link(link)
    messages.success(request, _("The link is revoked. Whoever opens it from now on sees nothing."))
    return redirect("said_page", request.organisation.slug)
