"""The same form sent twice, by a double click or a tired network, does its work once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import OrgRequest
from accounts.models import Submission

P = ParamSpec("P")
View = Callable[Concatenate[OrgRequest, P], HttpResponse]
KEPT = timedelta(days=2)


def once_only(view: View[P]) -> View[P]:
    """Answer a repeated post with the address that the first one led to.

    A form names itself with `{% submission_key %}`; the same name with other contents is another submission, and one
    that was refused may be sent again.
    """

    @wraps(view)
    def guarded(request: OrgRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" or not request.POST.get("submission"):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            submission = _claimed(_digest(request))
            if submission.answer:
                return _lead_to(request, submission.answer)
            response = view(request, *args, **kwargs)
            _remember(submission, response)
        return response

    return guarded


def _claimed(digest: str) -> Submission:
    """The row of this submission: without an answer where it is the first. A second one waits here for the first."""
    Submission.objects.bulk_create([Submission(digest=digest)], ignore_conflicts=True)
    return Submission.objects.get(pk=digest)


def _digest(request: OrgRequest) -> str:
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return hashlib.sha256(repr((request.user.pk, request.path, fields)).encode()).hexdigest()


def _remember(submission: Submission, response: HttpResponse) -> None:
    submission.answer = response.get("Location") or response.get("HX-Replace-Url") or ""
    if response.status_code < 400 and submission.answer:
        submission.save(update_fields=["answer"])
    else:  # refused, or only looked at: nothing was done
        transaction.set_rollback(True)


def _lead_to(request: OrgRequest, answer: str) -> HttpResponse:
    return HttpResponseClientRedirect(answer) if request.htmx else HttpResponseRedirect(answer)


def forget_submissions() -> int:
    """Delete what nobody will send again; says how many."""
    return Submission.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
