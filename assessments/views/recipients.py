"""People who are asked by mail: their list, invitations and reminders. No page tells who has answered."""

from __future__ import annotations

from copy import copy
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.security import private_page
from accounts.submissions import once_only
from assessments.mail_counts import mail_counts
from assessments.models import Recipient, Round
from assessments.recipient_forms import ListForm, RecipientForm
from assessments.recipients import (
    add_recipients,
    ask_invitations,
    ask_reminders,
    correct_recipient,
    mark_bounced,
    remove_recipient,
)
from assessments.views.lookup import recipient_for, round_for

PEOPLE_A_PAGE = 100
SHOWN_IN_PREVIEW = 20


@private_page
@require_safe
@member_required(Action.RUN_ROUNDS)
def recipient_list(request: OrgRequest, round_id: int) -> HttpResponse:
    """The list, what became of its invitations, and the form for more."""
    round_ = round_for(request, round_id)
    return _page(request, round_, ListForm(round_=round_))


@private_page
@require_POST
@member_required(Action.RUN_ROUNDS)
@once_only
def recipient_add(request: OrgRequest, round_id: int) -> HttpResponse:
    """What a list would add, with each row that can't be used; with `add` it is added."""
    round_ = round_for(request, round_id)
    form = ListForm(request.POST, request.FILES, round_=round_)
    if not form.is_valid() or form.found is None:
        return _page(request, round_, form, status=422)
    if "add" in request.POST:
        try:
            count = add_recipients(round_, form.cleaned_data["view"], form.found.lines)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return _page(request, round_, form, status=422)
        said = ngettext("%s person is on the list now.", "%s more people are on the list now.", count)
        messages.success(request, said % f"{count:,}")
        return _back(request, round_)
    context = {
        "section": "rounds",
        "round": round_,
        "found": form.found,
        "first": form.found.lines[:SHOWN_IN_PREVIEW],
        "rejected": form.found.rejected[: SHOWN_IN_PREVIEW * 5],
        "people": form.found.to_text(),
        "view": form.cleaned_data["view"],
    }
    return render(request, "assessments/recipient_preview.html", context)


@private_page
@require_POST
@member_required(Action.RUN_ROUNDS)
def recipient_invite(request: OrgRequest, round_id: int) -> HttpResponse:
    """Write to whoever was not written to; a draft's mails leave when it opens."""
    round_ = round_for(request, round_id)
    if round_.has_ended:
        messages.error(request, _("The round is closed, so nobody is invited any more."))
        return _back(request, round_)
    count = ask_invitations(round_)
    if round_.is_draft:
        said = ngettext(
            "%s invitation leaves when the round opens.", "%s invitations leave when the round opens.", count
        )
    else:
        said = ngettext("%s invitation leaves now.", "%s invitations leave now.", count)
    messages.success(request, said % f"{count:,}")
    return _back(request, round_)


@private_page
@require_POST
@member_required(Action.RUN_ROUNDS)
def recipient_remind(request: OrgRequest, round_id: int) -> HttpResponse:
    """Remind those who have not answered. The answer is the same whether that is all of them or nobody."""
    round_ = round_for(request, round_id)
    if not round_.is_open:
        messages.error(request, _("The round is not open, so nobody is reminded."))
        return _back(request, round_)
    ask_reminders(round_)
    messages.success(
        request,
        _("Whoever was invited before today, has not answered and was not reminded today gets a reminder now."),
    )
    return _back(request, round_)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def recipient_edit(request: OrgRequest, recipient_id: int) -> HttpResponse:
    """Correct an address; one that came back is written to again."""
    recipient = recipient_for(request, recipient_id)
    form = RecipientForm(request.POST if request.method == "POST" else None, instance=copy(recipient))
    if form.is_valid():
        try:
            correct_recipient(recipient, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The changes are saved."))
            return _back(request, recipient.round)
    context = {"section": "rounds", "round": recipient.round, "recipient": recipient, "form": form}
    return render(request, "assessments/recipient_edit.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
@member_required(Action.RUN_ROUNDS)
def recipient_bounce(request: OrgRequest, recipient_id: int) -> HttpResponse:
    """A mail came back to somebody's own mailbox: this address gets no more."""
    recipient = recipient_for(request, recipient_id)
    mark_bounced(recipient, _("marked by %s") % request.user)
    messages.success(request, _("“%s” gets no more mails until you correct the address.") % recipient.email)
    return _back(request, recipient.round)


@private_page
@require_POST
@member_required(Action.RUN_ROUNDS)
def recipient_remove(request: OrgRequest, recipient_id: int) -> HttpResponse:
    """Take somebody off the list, before the invitation."""
    recipient = recipient_for(request, recipient_id)
    try:
        remove_recipient(recipient)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("“%s” is off the list.") % recipient.email)
    return _back(request, recipient.round)


def _page(request: OrgRequest, round_: Round, form: ListForm, status: int = 200) -> HttpResponse:
    people = Recipient.objects.filter(round=round_).select_related("group")
    sought, only = request.GET.get("q", "").replace("\0", "").strip()[:200], request.GET.get("only", "")
    if sought:
        people = people.filter(Q(email__icontains=sought) | Q(name__icontains=sought))
    if only == "bounced":
        people = people.filter(bounced_on__isnull=False)
    context = {
        "section": "rounds",
        "round": round_,
        "form": form,
        "counts": mail_counts(round_),
        "people": Paginator(people, PEOPLE_A_PAGE).get_page(request.GET.get("page")),
        "sought": sought,
        "only": only,
        "query": urlencode({"q": sought, "only": only}) + "&" if sought or only else "",
        "mails_are_files": not settings.EMAIL_URL,
    }
    return render(request, "assessments/recipient_list.html", context, status=status)


def _back(request: OrgRequest, round_: Round) -> HttpResponse:
    return redirect("recipient_list", request.organisation.slug, round_.pk)
