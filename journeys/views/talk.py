"""What the map shows of its comments: counts on the cards, and the talk about the moment in the panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.access import Action, OrgRequest, is_allowed
from journeys.board import Board, Card
from journeys.comment_forms import CommentForm
from journeys.comments import may_comment, open_counts
from journeys.models import Comment, Journey, Moment
from journeys.threads import Thread, read_threads


@dataclass(frozen=True, slots=True)
class Talk:
    """The comments of one moment. asked: the comment that an open form is about, and which form ("reply", "edit" or
    "delete"); focus: the comment, or 0 for the new one, that gets the keyboard."""

    moment: Moment
    open: tuple[Thread, ...]
    resolved: tuple[Thread, ...]
    may_comment: bool
    form: CommentForm
    asked: int | None = None
    asked_form: CommentForm | None = None
    asks: str = ""
    focus: int | None = None
    notice: str = ""

    @property
    def is_resolved_open(self) -> bool:
        """Whether the form or the focus is among the threads that are folded away."""
        held = {self.asked, self.focus} - {None}
        return any(
            held & {thread.comment.pk, *(said.comment.pk for said in thread.replies)} for thread in self.resolved
        )


def talk_context(request: OrgRequest, journey: Journey, board: Board, card: Card | None) -> dict[str, Any]:
    """One query for the counts; the talk itself is read where a template shows it."""
    cards = [*(other for column in board.columns for other in column.cards), *([card] if card else [])]
    counts = open_counts(journey)
    for other in cards:
        other.moment.open_comments = counts.get(other.moment.pk, 0)
    talk = SimpleLazyObject(lambda: talk_about(request, card.moment)) if card else None
    return {"open_comments": sum(counts.values()), "comment_counts": counts, "talk": talk}


def talk_about(request: OrgRequest, moment: Moment, form: CommentForm | None = None, **more: Any) -> Talk:
    """The threads of one moment and what the reader may do; three queries at most."""
    journey = moment.stage.journey
    form = form or comment_form(journey)
    form.fields["text"].help_text = _help(request)
    if form.errors or more.get("focus") == 0:
        form.fields["text"].widget.attrs["autofocus"] = True
    threads = read_threads(Comment.objects.filter(moment=moment.pk), request.user, request.role)
    return Talk(
        moment=moment,
        open=tuple(thread for thread in threads if thread.comment.resolved_at is None),
        resolved=tuple(thread for thread in threads if thread.comment.resolved_at is not None),
        may_comment=may_comment(journey, request.user, request.role),
        form=form,
        **more,
    )


def _help(request: OrgRequest) -> str:
    if is_allowed(request.role, Action.COMMENT):
        return _("@ with a name tells that person, and lets a member of the staff answer.")
    return _("@ with a name tells that person.")


def comment_form(journey: Journey, data: Any = None, name: str = "new", **more: Any) -> CommentForm:
    """The form of a comment on this journey; `name` tells the forms of one page apart."""
    suggestions = reverse("mention_suggest", args=[journey.organisation.slug, journey.pk])
    form = CommentForm(data, name=name, suggestions=suggestions, **more)
    if name != "new":
        form.fields["text"].widget.attrs["autofocus"] = True
    return form
