"""What people say about moments, whom they mention, and which staff may join in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationQuerySet, User
from journeys.limits import TEXT_MAX, TITLE_MAX
from journeys.models.sequence import Journey, Moment, _scoped


class CommentQuerySet(OrganisationQuerySet):
    """Comments of one organisation, and invitations to comment."""

    organisation_path = "journey__organisation"


class MentionQuerySet(OrganisationQuerySet):
    """Mentions of one organisation."""

    organisation_path = "comment__journey__organisation"


class Comment(models.Model):
    """One comment on a moment, or one answer to a comment.

    The moment may be off the map, and may come back with the same id and find its comments again: so no constraint
    ties the two, and the moment's title is kept as it was.
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="comments")
    moment = models.ForeignKey(Moment, on_delete=models.DO_NOTHING, db_constraint=False, related_name="comments")
    moment_title = models.CharField(max_length=TITLE_MAX)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=254)
    text = models.TextField(_("comment"), max_length=TEXT_MAX, validators=[ProhibitNullCharactersValidator()])
    at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True, help_text="Its words are gone, its answers stay.")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = _scoped(CommentQuerySet)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["journey", "moment"], name="comments_of_a_moment")]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:40]}"

    def get_absolute_url(self) -> str:
        journey = reverse("journey_map", args=[self.journey.organisation.slug, self.journey_id])
        return f"{journey}?moment={self.moment_id}#comment-{self.pk}"


class Mention(models.Model):
    """Somebody named with @ in a comment. typed: the words behind the @, as they stand there."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    typed = models.CharField(max_length=254)

    objects: ClassVar[Any] = _scoped(MentionQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="one_mention_a_person")]

    def __str__(self) -> str:
        return f"@{self.typed}"


class CommentInvitation(models.Model):
    """Lets one person comment on one journey whose role alone would not."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="comment_invitations")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = _scoped(CommentQuerySet)

    class Meta:
        ordering = ["user__name", "user__email"]
        constraints = [models.UniqueConstraint(fields=["journey", "user"], name="one_comment_invitation_a_person")]

    def __str__(self) -> str:
        return f"{self.user} ({self.journey})"
