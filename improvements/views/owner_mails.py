"""One's own weekly mail: wanted or not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Action as May
from accounts.access import OrgRequest, member_required
from improvements.actions.owner_mails import refuse_mails, want_mails


@require_POST
@member_required(May.SEE_ACTIONS)
def action_mails(request: OrgRequest) -> HttpResponse:
    """`wanted`: yes or no."""
    if request.POST.get("wanted") == "yes":
        want_mails(request.organisation, request.user)
        messages.success(request, _("You are mailed again where something of yours is overdue."))
    else:
        refuse_mails(request.organisation, request.user)
        messages.success(request, _("You get no mail of overdue actions any more."))
    return redirect("action_list", request.organisation.slug)
