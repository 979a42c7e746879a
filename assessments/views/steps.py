"""A round opened, closed, opened again and archived by hand. GET asks, POST does."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Action, OrgRequest, member_required
from assessments.freezing import moments_of_map
from assessments.links import make_links
from assessments.reopening_form import ReopenForm
from assessments.repeating import stop_repeating
from assessments.rounds import archive_round, close_round, open_round, reopen_round
from assessments.turnout import turnout_of
from assessments.views.lookup import round_for


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def round_open(request: OrgRequest, round_id: int) -> HttpResponse:
    """GET shows what can't be changed any more."""
    round_ = round_for(request, round_id)
    problem = ""
    if request.method == "POST":
        try:
            make_links(open_round(round_))
        except ValidationError as refusal:
            problem = " ".join(refusal.messages)
        else:
            messages.success(request, _("The round is open. Hand out its links."))
            return redirect(round_)
    elif not round_.is_draft:
        return redirect(round_)
    moments = moments_of_map(round_)
    left_out = {moment.pk for moment in moments} & set(round_.not_for_customers)
    context = {
        "section": "rounds",
        "round": round_,
        "problem": problem,
        "moment_count": len(moments),
        "customer_count": len(moments) - len(left_out),
        "small_groups": [group for group in round_.groups.all() if (group.people or 10**9) < round_.minimum_group],
    }
    return render(request, "assessments/round_open.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def round_close(request: OrgRequest, round_id: int) -> HttpResponse:
    """GET shows how many have answered."""
    round_ = round_for(request, round_id)
    if request.method != "POST" and round_.is_open:
        context = {"section": "rounds", "round": round_, "turnout": turnout_of(round_)}
        return render(request, "assessments/round_close.html", context)
    if request.method == "POST":
        try:
            close_round(round_)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("The round is closed. If that was too soon, open it again with a reason."))
    return redirect(round_)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def round_reopen(request: OrgRequest, round_id: int) -> HttpResponse:
    """GET asks for the reason and the new end."""
    round_ = round_for(request, round_id)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reopen_round(round_, form.cleaned_data["reason"], form.cleaned_data["closes_at"])
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("The round is open again. Everybody with a link can answer."))
        return redirect(round_)
    if not round_.has_ended:
        return redirect(round_)
    context = {"section": "rounds", "round": round_, "form": form}
    return render(request, "assessments/round_reopen.html", context, status=422 if form.errors else 200)


@require_POST
@member_required(Action.RUN_ROUNDS)
def round_archive(request: OrgRequest, round_id: int) -> HttpResponse:
    """Put a closed round away; it can be opened again."""
    round_ = round_for(request, round_id)
    try:
        archive_round(round_)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The round is archived. Its results stay."))
    return redirect(round_)


@require_POST
@member_required(Action.RUN_ROUNDS)
def round_stop(request: OrgRequest, round_id: int) -> HttpResponse:
    """It does not come again."""
    round_ = round_for(request, round_id)
    stop_repeating(round_)
    messages.success(request, _("It does not come again. What was prepared for the next time is taken back."))
    return redirect(round_)
