"""Where the link of a weekly mail leads: its actions, answered without an account. Wrong words all end alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope, scopes_disabled

from accounts.acting import acting
from accounts.passes import go_without_words, hand_pass, read_pass
from accounts.security import private_page
from assessments.wrong_tries import count_wrong_try, has_guessed_too_often
from improvements.actions import StaleAction
from improvements.answer_forms import ANSWERS, AnswerForm, forms_of
from improvements.answering import (
    action_of_mail,
    actions_of_mail,
    answer,
    find_by_pass,
    find_by_token,
    make_pass,
    seconds_left,
)
from improvements.models import OwnerMail
from improvements.owner_mails import refuse_mails

COOKIE = "do"


@csrf_exempt  # changes nothing, and a refusal would write the token into the log
@login_not_required
@private_page
@sensitive_variables("token")
def do_open(request: HttpRequest, token: str) -> HttpResponse:
    """Swap the token for a pass that no address, log or referrer shows. Consumes nothing: mail scanners open links."""
    address = get_adapter().get_client_ip(request)
    with scopes_disabled():
        mail = None if has_guessed_too_often(address) else find_by_token(token)
        if mail is None:
            count_wrong_try(address)
    response = go_without_words("do_page", mail.pk) if mail else go_without_words("do_gone")
    if mail:
        _hand_over(response, mail)
    return response


@login_not_required
@private_page
@require_safe
def do_gone(request: HttpRequest) -> HttpResponse:
    """Where links lead that are wrong or expired: to all alike."""
    return render(request, "improvements/do_gone.html", status=404)


@login_not_required
@private_page
@require_safe
def do_page(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The actions of the mail, each with its answers."""
    mail = _mail_of(request, mail_id)
    if mail is None:
        return do_gone(request)
    with _in_organisation_of(mail):
        return _show(request, mail)


@login_not_required
@private_page
@require_POST
def do_answer(request: HttpRequest, mail_id: int, action_id: int) -> HttpResponse:
    """`answer`: done, date, drop or help, with the words that it needs."""
    mail = _mail_of(request, mail_id)
    if mail is None:
        return redirect("do_gone")
    with _in_organisation_of(mail):
        return _take(request, mail, action_id)


@login_not_required
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def do_stop(request: HttpRequest, mail_id: int) -> HttpResponse:
    """GET asks, POST stops the weekly mails to this person."""
    mail = _mail_of(request, mail_id)
    if mail is None:
        return do_gone(request) if request.method != "POST" else redirect("do_gone")
    with _in_organisation_of(mail):
        if request.method == "POST":
            refuse_mails(mail.organisation, mail.user)
        context = {"mail": mail, "is_stopped": request.method == "POST"}
        return render(request, "improvements/do_stop.html", context)


def _take(request: HttpRequest, mail: OwnerMail, action_id: int) -> HttpResponse:
    action, given = action_of_mail(mail, action_id), request.POST.get("answer", "")
    if action is None or given not in ANSWERS:
        return redirect("do_page", mail.pk)
    form: Any = forms_of(action_id, given, request.POST)[given]
    if not form.is_valid():
        return _show(request, mail, action_id, given, form, status=422)
    try:
        answer(mail, action, _version(request), form.values())
    except StaleAction:
        return _show(request, mail, problem=_("Somebody changed this meanwhile. Look, then answer again."), status=409)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _show(request, mail, action_id, given, form, status=422)
    return redirect(f"{reverse('do_page', args=[mail.pk])}?answered={action.pk}")


def _show(
    request: HttpRequest,
    mail: OwnerMail,
    action_id: int = 0,
    given: str = "",
    form: AnswerForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = []
    for asked in actions_of_mail(mail):
        own = forms_of(asked.action.pk)
        if form and asked.action.pk == action_id:
            own[given] = form
        rows.append((asked, own, given if asked.action.pk == action_id else ""))
    context = {"mail": mail, "rows": rows, "problem": problem, "answered": request.GET.get("answered", ""),
               "is_all_answered": not any(asked.is_open for asked, _forms, _given in rows)}  # fmt: skip
    return render(request, "improvements/do_page.html", context, status=status)


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _mail_of(request: HttpRequest, mail_id: int) -> OwnerMail | None:
    with scopes_disabled():
        return find_by_pass(mail_id, read_pass(request, COOKIE))


@contextmanager
def _in_organisation_of(mail: OwnerMail) -> Iterator[None]:
    with (
        scope(organisation=mail.organisation),
        acting(mail.user),
        timezone.override(mail.organisation.time_zone),
        translation.override(mail.user.language or "en"),
    ):
        yield


def _hand_over(response: HttpResponse, mail: OwnerMail) -> None:
    path = reverse("do_page", args=[mail.pk])
    hand_pass(response, COOKIE, make_pass(mail), path=path, seconds=seconds_left(mail))
