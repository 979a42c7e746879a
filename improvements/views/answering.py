"""The actions of a weekly mail, answered without an account by who came through its link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.acting import acting
from accounts.inside import inside
from accounts.security import private_page
from accounts.typed_numbers import version_in
from improvements.actions.answer_forms import ANSWERS, AnswerForm, forms_of
from improvements.actions.answering import (
    action_of_mail,
    actions_of_mail,
    answer,
)
from improvements.actions.changing import StaleAction
from improvements.actions.owner_mails import refuse_mails
from improvements.models import OwnerMail
from improvements.views.answer_opening import do_gone, mail_of


@login_not_required
@private_page
@require_safe
def do_page(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The actions of the mail, each with its answers."""
    mail = mail_of(request, mail_id)
    if mail is None:
        return do_gone(request)
    with _in_organisation_of(mail):
        return _show(request, mail)


@login_not_required
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def do_answer(request: HttpRequest, mail_id: int, action_id: int) -> HttpResponse:
    """`answer`: done, date, drop or help, with the words that it needs. Who loads the address anew sees all of them."""
    if request.method != "POST":
        return redirect("do_page", mail_id)
    mail = mail_of(request, mail_id)
    if mail is None:
        return redirect("do_gone")
    with _in_organisation_of(mail):
        return _take(request, mail, action_id)


@login_not_required
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def do_stop(request: HttpRequest, mail_id: int) -> HttpResponse:
    """GET asks, POST stops the weekly mails to this person."""
    mail = mail_of(request, mail_id)
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
        answer(mail, action, version_in(request.POST), form.values())
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


@contextmanager
def _in_organisation_of(mail: OwnerMail) -> Iterator[None]:
    with (
        inside(mail.organisation),
        acting(mail.user),
        translation.override(mail.user.language or "en"),
    ):
        yield
