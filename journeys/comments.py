"""Comments on moments: who may, and all that is done with them.

Each function opens a transaction and raises the journey's `comments_version`, which also locks its row, so that two
answers, or an answer and a deletion, never cross. The map itself does not change, so its `version` stays.
Call inside the organisation's scope.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from accounts.access import Action, Role, is_allowed
from accounts.models import Membership, Notification, User
from accounts.notifications import News, change_news, notify, withdraw_news
from journeys.mentions import Mentions, Person, read_mentions
from journeys.models import Comment, CommentInvitation, Journey, Mention, Moment

COMMENTS_MAX = 500


class TooManyComments(ValueError):
    """The moment has as many comments as one may."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a comment brought about. told: who was mentioned; invited: who may comment here from now on."""

    comment: Comment
    told: tuple[User, ...]
    invited: tuple[User, ...]
    mentions: Mentions


@contextmanager
def talking(journey: Journey) -> Iterator[Journey]:
    """A transaction that holds the journey's row. Journey.DoesNotExist where it is gone."""
    with transaction.atomic():
        if not Journey.objects.filter(pk=journey.pk).update(comments_version=F("comments_version") + 1):
            raise Journey.DoesNotExist
        yield journey


def may_comment(journey: Journey, user: User, role: Role) -> bool:
    """Whether the role lets this person comment, or an invitation to this journey does; one query at most."""
    return (
        is_allowed(role, Action.COMMENT) or CommentInvitation.objects.filter(journey=journey, user_id=user.pk).exists()
    )


def may_delete(comment: Comment, user: User, role: Role) -> bool:
    """One's own, and who may change the map any."""
    return comment.author_id == user.pk or is_allowed(role, Action.EDIT_JOURNEYS)


def people_of(journey: Journey) -> list[Person]:
    """Everybody who can be mentioned on a journey: the organisation's members."""
    rows = Membership.objects.filter(organisation=journey.organisation_id, user__is_active=True)
    return [Person(*row) for row in rows.values_list("user_id", "user__name", "user__email")]


def add_comment(moment: Moment, author: User, role: Role, text: str, parent: Comment | None = None) -> Outcome:
    """Say something about a moment, or answer a comment on it; who is mentioned is told.

    Raises TooManyComments; Comment.DoesNotExist where the comment that is answered has just been deleted.
    """
    with talking(moment.stage.journey) as journey:
        if Comment.objects.filter(moment=moment.pk).count() >= COMMENTS_MAX:
            raise TooManyComments
        thread = _thread_of(parent) if parent else None
        comment = Comment.objects.create(
            journey=journey,
            moment=moment,
            moment_title=moment.title,
            parent=thread,
            author=author,
            author_name=str(author),
            text=text,
        )
        outcome = _tell_mentioned(comment, author, role)
        if thread and thread.author and thread.author_id not in outcome.mentions.found:
            notify(journey.organisation, [thread.author], _news(Notification.Kind.REPLY, comment, author))
    return outcome


def _thread_of(parent: Comment) -> Comment:
    """The thread that an answer belongs to, open again, since somebody has more to say."""
    thread = Comment.objects.select_related("author").get(pk=parent.parent_id or parent.pk)
    Comment.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)
    return thread


def change_comment(comment: Comment, author: User, role: Role, text: str) -> Outcome:
    """Say it otherwise; who is mentioned for the first time is told. Comment.DoesNotExist where it is deleted."""
    with talking(comment.journey):
        changed = Comment.objects.filter(pk=comment.pk, deleted_at=None).update(text=text, edited_at=timezone.now())
        if not changed:
            raise Comment.DoesNotExist
        comment.text = text
        change_news(_source(comment), text)
        return _tell_mentioned(comment, author, role)


def _tell_mentioned(comment: Comment, author: User, role: Role) -> Outcome:
    mentions = read_mentions(comment.text, people_of(comment.journey))
    Mention.objects.filter(comment=comment).delete()
    Mention.objects.bulk_create(
        Mention(comment=comment, user_id=user_id, typed=typed) for user_id, typed in mentions.found.items()
    )
    people = list(User.objects.filter(pk__in=mentions.found))
    invited = _invite_mentioned(comment.journey, people, author) if is_allowed(role, Action.COMMENT) else ()
    told = notify(comment.journey.organisation, people, _news(Notification.Kind.MENTION, comment, author))
    return Outcome(comment, tuple(told), invited, mentions)


def _invite_mentioned(journey: Journey, people: list[User], invited_by: User) -> tuple[User, ...]:
    """Let those comment here whose role alone would not."""
    roles = Membership.objects.filter(organisation=journey.organisation_id, user__in=people)
    needing = {
        user_id for user_id, role in roles.values_list("user_id", "role") if not is_allowed(role, Action.COMMENT)
    }
    return tuple(user for user in people if user.pk in needing and invite_to_comment(journey, user, invited_by))


def invite_to_comment(journey: Journey, user: User, invited_by: User) -> bool:
    """Let a member comment on this journey; False where that was so already."""
    defaults = {"invited_by": invited_by}
    return bool(CommentInvitation.objects.get_or_create(journey=journey, user=user, defaults=defaults)[1])


def _news(kind: Notification.Kind, comment: Comment, actor: User) -> News:
    place = f"{comment.journey.title} · {comment.moment_title}"
    return News(kind, actor, place, comment.text, comment.get_absolute_url(), _source(comment))


def _source(comment: Comment) -> str:
    return f"comment {comment.pk}"


def resolve_comment(comment: Comment, user: User, *, is_resolved: bool) -> None:
    """Mark a thread as settled, or open it again. Comment.DoesNotExist where it has just been deleted."""
    with talking(comment.journey):
        at, by = (timezone.now(), user) if is_resolved else (None, None)
        if not Comment.objects.filter(pk=comment.pk, parent=None).update(resolved_at=at, resolved_by=by):
            raise Comment.DoesNotExist


def delete_comment(comment: Comment) -> None:
    """Take a comment away. One that was answered leaves its place, without words; with its last answer that goes."""
    with talking(comment.journey):
        withdraw_news(_source(comment))
        if Comment.objects.filter(parent=comment.pk).exists():
            Mention.objects.filter(comment=comment.pk).delete()
            Comment.objects.filter(pk=comment.pk).update(
                text="", author_name="", author=None, deleted_at=timezone.now()
            )
            return
        Comment.objects.filter(pk=comment.pk).delete()
        emptied = Comment.objects.filter(pk=comment.parent_id).exclude(deleted_at=None)
        if comment.parent_id and not Comment.objects.filter(parent=comment.parent_id).exists():
            emptied.delete()


def open_counts(journey: Journey) -> Mapping[int, int]:
    """How many threads wait to be resolved, by moment; one query, whatever the size."""
    rows = Comment.objects.filter(journey=journey, parent=None, resolved_at=None)
    return dict(rows.order_by().values_list("moment_id").annotate(count=Count("pk")))
