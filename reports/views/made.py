"""What is done with a file that was made: called otherwise, kept, thrown away, brought back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Action, OrgRequest, member_required
from reports.gallery_forms import NameForm
from reports.keeping import bring_back, keep, rename, throw_away
from reports.models import Made
from reports.views.gallery import answer_card, card_of
from reports.views.lookup import changeable_made_for


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.MAKE_REPORTS)
def made_rename(request: OrgRequest, kind: str, made_id: int) -> HttpResponse:
    """Another name in lists and for the file."""
    made = changeable_made_for(request, kind, made_id)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"title": made.title}, label_suffix="")
    if form.is_valid():
        rename(made, form.cleaned_data["title"])
        return _back(request, made)
    came_from = request.POST.get("from", request.GET.get("from"))
    context = {"section": "posters", "made": made, "form": form, "came_from": came_from}
    return render(request, "reports/made_rename.html", context, status=422 if form.errors else 200)


@require_POST
@member_required(Action.MAKE_REPORTS)
def made_keep(request: OrgRequest, kind: str, made_id: int) -> HttpResponse:
    """Keep it beyond the organisation's rule, or with `kept=0` no longer; htmx gets its card."""
    made = changeable_made_for(request, kind, made_id)
    keep(made, is_kept=request.POST.get("kept") != "0")
    if request.htmx:
        return answer_card(request, card_of(request, made), request.POST.get("from", ""))
    return _back(request, made)


@require_POST
@member_required(Action.MAKE_REPORTS)
def made_delete(request: OrgRequest, kind: str, made_id: int) -> HttpResponse:
    """Throw it away; the gallery offers to bring it back."""
    throw_away(changeable_made_for(request, kind, made_id))
    return redirect(_gallery(request))


@require_POST
@member_required(Action.MAKE_REPORTS)
def made_restore(request: OrgRequest, kind: str, made_id: int) -> HttpResponse:
    """Bring back what was thrown away; what is there stays there."""
    made = changeable_made_for(request, kind, made_id, even_thrown_away=True)
    if bring_back(made):
        messages.success(request, _("“%s” is back.") % made.title)
    return redirect(_gallery(request))


def _back(request: OrgRequest, made: Made) -> HttpResponse:
    """To the gallery as it was chosen, or to the file's own page where one came from there."""
    return redirect(_gallery(request) if "from" in request.POST else made)


def _gallery(request: OrgRequest) -> str:
    """The gallery with the filters that `from` names; they are read and written anew."""
    chosen = QueryDict(request.POST.get("from", "")).urlencode()
    address = reverse("poster_gallery", args=[request.organisation.slug])
    return f"{address}?{chosen}" if chosen else address
