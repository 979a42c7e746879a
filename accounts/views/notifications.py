"""What has been said to somebody, in all organisations."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import OrgRequest
from accounts.models import Notification
from accounts.notifications import mark_seen
from accounts.typed_numbers import whole_number

A_PAGE = 30


@require_http_methods(["GET", "POST"])
def notification_list(request: OrgRequest) -> HttpResponse:
    """The list, the newest first; ?open=ID leads to one and marks it seen. POST marks one (`seen`) or all as seen."""
    mine = Notification.objects.for_person(request.user)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        mark_seen(request.user, None if seen == "all" else [whole_number(seen) or 0])
        return redirect("notification_list")
    if "open" in request.GET:
        found = mine.filter(pk=whole_number(request.GET["open"])).first()
        if found is None:
            raise Http404
        mark_seen(request.user, [found.pk])
        return redirect(found.path)
    page = Paginator(mine.select_related("organisation"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/notification_list.html", {"page": page})
