"""One comment: made, answered, changed, resolved and deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Action, OrgRequest, is_allowed, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import whole_number
from journeys import comments
from journeys.models import Comment, Journey, Moment
from journeys.views.lookup import comment_for, gone_is_404, moment_for
from journeys.views.map_page import page_address, render_map
from journeys.views.outcome import words_about
from journeys.views.talk import comment_form, talk_about


@require_POST
@member_required(Action.SEE_JOURNEYS)
@once_only
def comment_add(request: OrgRequest, moment_id: int) -> HttpResponse:
    """A comment on a moment, or with `parent` an answer; by role, or by an invitation to this journey."""
    moment = moment_for(request, moment_id)
    journey = moment.stage.journey
    _check_may_comment(request, journey)
    parent = _parent(request, moment)
    form = comment_form(journey, request.POST, f"reply-{parent.pk}" if parent else "new")
    if form.is_valid():
        try:
            with gone_is_404():
                outcome = comments.add_comment(moment, request.user, request.role, form.cleaned_data["text"], parent)
        except comments.TooManyComments:
            form.add_error("text", _("This moment has as many comments as fit. Delete some first."))
        else:
            return _answer(request, moment, words_about(outcome), focus=parent.pk if parent else 0)
    if parent:
        return _answer(request, moment, status=422, asked=parent.pk, asks="reply", asked_form=form)
    return _answer(request, moment, status=422, form=form)


@require_http_methods(["GET", "POST"])
@member_required(Action.SEE_JOURNEYS)
def comment_edit(request: OrgRequest, comment_id: int) -> HttpResponse:
    """GET shows the comment ready to be changed, POST changes it; its author's alone."""
    comment = comment_for(request, comment_id)
    moment = _moment_of(request, comment)
    _check_may_comment(request, comment.journey)
    if comment.author_id != request.user.pk:
        raise PermissionDenied
    name, initial = f"edit-{comment.pk}", {"text": comment.text}
    form = comment_form(comment.journey, request.POST if request.method == "POST" else None, name, initial=initial)
    if form.is_valid():
        with gone_is_404():
            outcome = comments.change_comment(comment, request.user, request.role, form.cleaned_data["text"])
        return _answer(request, moment, words_about(outcome), focus=comment.pk)
    return _answer(request, moment, status=422 if form.errors else 200, asked=comment.pk, asks="edit", asked_form=form)


@require_http_methods(["GET", "POST"])
@member_required(Action.SEE_JOURNEYS)
def comment_delete(request: OrgRequest, comment_id: int) -> HttpResponse:
    """GET asks, POST does; one's own, or any for who may change the map."""
    comment = comment_for(request, comment_id)
    if not comments.may_delete(comment, request.user, request.role) or comment.deleted_at:
        raise PermissionDenied
    if request.method == "GET" and request.htmx:
        return _answer(request, _moment_of(request, comment), asked=comment.pk, asks="delete")
    if request.method == "GET":
        return render(request, "journeys/comment_delete.html", {"comment": comment, "journey": comment.journey})
    with gone_is_404():
        comments.delete_comment(comment)
    return _answer_about(request, comment, _("Comment deleted."), focus=comment.parent_id or 0)


@require_POST
@member_required(Action.SEE_JOURNEYS)
def comment_resolve(request: OrgRequest, comment_id: int) -> HttpResponse:
    """Settle a thread, or with resolved=no open it again; its author, or who may change the map."""
    comment = comment_for(request, comment_id)
    _check_may_comment(request, comment.journey)
    if comment.author_id != request.user.pk and not is_allowed(request.role, Action.EDIT_JOURNEYS):
        raise PermissionDenied
    is_resolved = request.POST.get("resolved") != "no"
    with gone_is_404():
        comments.resolve_comment(comment, request.user, is_resolved=is_resolved)
    return _answer_about(request, comment, _("Resolved.") if is_resolved else _("Open again."), focus=comment.pk)


def _check_may_comment(request: OrgRequest, journey: Journey) -> None:
    if not comments.may_comment(journey, request.user, request.role):
        raise PermissionDenied


def _parent(request: OrgRequest, moment: Moment) -> Comment | None:
    """The comment that is answered; 404 where it is none of this moment."""
    text = request.POST.get("parent", "")
    if not text:
        return None
    parent = Comment.objects.filter(moment=moment.pk, pk=whole_number(text) or 0).first()
    if parent is None:
        raise Http404
    return parent


def _moment_of(request: OrgRequest, comment: Comment) -> Moment:
    return moment_for(request, comment.moment_id)


def _answer(
    request: OrgRequest, moment: Moment, notice: str = "", *, status: int = 200, focus: int | None = None, **asked: Any
) -> HttpResponse:
    """For htmx the talk and the counts; else the map's page, by way of a redirect where something was done."""
    journey, anchor = moment.stage.journey, f"#comment-{focus}" if focus else "#comments"
    if notice and not request.htmx:
        messages.success(request, notice)
        return redirect(page_address(journey, moment.pk) + anchor)
    talk = talk_about(request, moment, focus=focus, notice=notice, **asked)
    if not request.htmx:
        return render_map(request, journey, moment.pk, status, talk=talk)
    counts = comments.open_counts(journey)
    moment.open_comments = counts.get(moment.pk, 0)
    context = {"talk": talk, "journey": journey, "moment": moment, "open_comments": sum(counts.values())}
    response = render(request, "journeys/_comments_changed.html", context, status=status)
    response["HX-Replace-Url"] = page_address(journey, moment.pk)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _answer_about(request: OrgRequest, comment: Comment, notice: str, focus: int) -> HttpResponse:
    """To where it was asked: the journey's list of comments, or the moment, if that is on the map."""
    if request.POST.get("from") != "list":
        try:
            return _answer(request, _moment_of(request, comment), notice, focus=focus)
        except Http404:  # taken off the map, so its comments stand in the list alone
            pass
    messages.success(request, notice)
    return redirect("comment_list", request.organisation.slug, comment.journey_id)
