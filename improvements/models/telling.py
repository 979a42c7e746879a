"""What stands around stories: the link by which anybody tells one, thanks, and what was picked for a meeting."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from assessments.models.links import new_nonce
from assessments.models.rounds import scoped
from improvements.models.stories import Story
from journeys.limits import TITLE_MAX


class StoryLink(models.Model):
    """The organisation's one link for telling without an account; the QR code on the wall. Its words are not kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="story_links")
    nonce = models.CharField(max_length=32, default=new_nonce)
    token_hmac = models.CharField(max_length=64, db_index=True)
    code_hmac = models.CharField(max_length=64, db_index=True, help_text="Of the short address that people type.")
    offers_journeys = models.BooleanField(
        default=True, db_default=True, help_text="Whether the page lists journeys and moments to choose from."
    )
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(revoked_at=None), name="one_story_link_an_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"link to tell {self.organisation_id} a story"


class StoryThanks(models.Model):
    """One colleague's thank-you for one story."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="thanks")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = scoped("story__organisation")

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "story thanks"
        constraints = [models.UniqueConstraint(fields=["story", "user"], name="one_thank_you_a_person")]

    def __str__(self) -> str:
        return f"{self.user} for story {self.story_id}"


class StoryPick(models.Model):
    """A story that a team reads in the meeting of one week. week: its Monday; team: "" for everybody together."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="story_picks")
    team = models.CharField(max_length=TITLE_MAX, blank=True, default="", help_text="As journeys.teams compares it.")
    week = models.DateField()
    position = models.PositiveSmallIntegerField()
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="picks")

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["week", "team", "position"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "team", "week", "position"], name="one_pick_a_place"),
            models.UniqueConstraint(fields=["organisation", "team", "week", "story"], name="one_pick_a_story"),
        ]

    def __str__(self) -> str:
        return f"{self.week}: story {self.story_id}"
