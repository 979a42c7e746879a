"""Comments as they are read: threads with their answers, mentions told apart, and what the reader may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.access import Action, Role, is_allowed
from accounts.models import User
from journeys.comments import may_delete
from journeys.mentions import split_mentions
from journeys.models import Comment


@dataclass(frozen=True, slots=True)
class Said:
    """One comment or answer. pieces: its text in order, with whether a piece is a mention."""

    comment: Comment
    pieces: tuple[tuple[bool, str], ...]
    may_edit: bool
    may_delete: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, the oldest first."""

    said: Said
    replies: tuple[Said, ...]
    may_resolve: bool

    @property
    def comment(self) -> Comment:
        return self.said.comment


def read_threads(comments: QuerySet[Comment], user: User, role: Role) -> list[Thread]:
    """Threads in the order of their first words; two queries, however many there are."""
    rows = list(comments.select_related("resolved_by").prefetch_related("mentions").order_by("at", "pk"))
    replies: dict[int, list[Comment]] = {}
    for row in rows:
        if row.parent_id:
            replies.setdefault(row.parent_id, []).append(row)
    return [_thread(row, replies.get(row.pk, ()), user, role) for row in rows if row.parent_id is None]


def _thread(comment: Comment, replies: Iterable[Comment], user: User, role: Role) -> Thread:
    may_resolve = comment.author_id == user.pk or is_allowed(role, Action.EDIT_JOURNEYS)
    return Thread(_said(comment, user, role), tuple(_said(reply, user, role) for reply in replies), may_resolve)


def _said(comment: Comment, user: User, role: Role) -> Said:
    is_there = comment.deleted_at is None
    return Said(
        comment=comment,
        pieces=tuple(split_mentions(comment.text, [mention.typed for mention in comment.mentions.all()])),
        may_edit=is_there and comment.author_id == user.pk,
        may_delete=is_there and may_delete(comment, user, role),
    )
