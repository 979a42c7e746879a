"""What people did that scores never tell."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from assessments.models.links import new_nonce
from assessments.models.rounds import scoped
from improvements.choices import Stayed, StoryKind, StoryState
from improvements.limits import REASON_MAX, SHORT_MAX, STORY_MAX
from journeys.limits import TITLE_MAX
from journeys.models import Journey, Moment


class Story(models.Model):
    """A moment of impact, or a failure and its recovery: told by anybody, shown once somebody has looked at it.

    The moment may be off the map and come back with the same id: so no constraint ties the two, and its title is kept.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="stories")
    journey = models.ForeignKey(Journey, on_delete=models.SET_NULL, null=True, blank=True, related_name="stories")
    moment = models.ForeignKey(
        Moment, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="stories"
    )
    moment_title = models.CharField(max_length=TITLE_MAX, blank=True, default="")
    kind = models.CharField(max_length=10, choices=StoryKind.choices, default=StoryKind.IMPACT)
    state = models.CharField(max_length=10, choices=StoryState.choices, default=StoryState.WAITING)
    language = models.CharField(_("language"), max_length=10, default="en")
    what_happened = models.TextField(
        _("what happened"), max_length=STORY_MAX, validators=[ProhibitNullCharactersValidator()]
    )
    who = models.CharField(
        _("who did it"), max_length=SHORT_MAX, blank=True, default="", help_text="A name only with consent."
    )
    team = models.CharField(_("team"), max_length=SHORT_MAX, blank=True, default="", help_text="“our gate team”")
    has_consent = models.BooleanField(default=False, help_text="Whoever is named agreed; withdrawn, the name goes.")
    happened_on = models.DateField(_("when"), null=True, blank=True)
    customer_said = models.TextField(_("what the customer said"), max_length=SHORT_MAX, blank=True, default="")
    cost = models.CharField(_("what it cost"), max_length=SHORT_MAX, blank=True, default="")
    what_changed = models.TextField(_("what it changed"), max_length=SHORT_MAX, blank=True, default="")
    what_we_did = models.TextField(
        _("what we did within the hour"),
        max_length=STORY_MAX,
        blank=True,
        default="",
        db_default="",
        help_text="Of a recovery.",
    )
    stayed = models.CharField(
        _("did the customer stay"), max_length=10, choices=Stayed.choices, blank=True, default="", db_default=""
    )
    name_nonce = models.CharField(
        max_length=32,
        default=new_nonce,
        db_default="",
        help_text="Of the private link by which whoever is named takes the name out.",
    )
    name_hmac = models.CharField(max_length=64, blank=True, default="", db_default="", db_index=True)
    name_withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_from_link = models.BooleanField(default=False, db_default=False, help_text="Told without an account.")
    reviewed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    declined_reason = models.CharField(_("why not"), max_length=REASON_MAX, blank=True, default="", db_default="")
    told_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    featured_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name_plural = "stories"
        indexes = [
            models.Index(fields=["organisation", "state", "-published_at"], name="stories_of_a_feed"),
            models.Index(fields=["moment", "state"], name="stories_of_a_moment"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["journey"], condition=Q(featured_at__isnull=False), name="one_featured_story_a_journey"
            ),
            models.CheckConstraint(condition=Q(who="") | Q(has_consent=True), name="story_names_with_consent_only"),
            models.CheckConstraint(condition=Q(who="") | Q(kind="impact"), name="recovery_names_nobody"),
        ]

    def __str__(self) -> str:
        return self.what_happened[:60]

    def get_absolute_url(self) -> str:
        return reverse("story_page", args=[self.organisation.slug, self.pk])

    @property
    def is_published(self) -> bool:
        return self.state == StoryState.PUBLISHED

    @property
    def is_waiting(self) -> bool:
        return self.state == StoryState.WAITING

    @property
    def is_recovery(self) -> bool:
        return self.kind == StoryKind.RECOVERY

    @property
    def doer(self) -> str:
        """Who did it as it may be told: a name, a team, both or nothing."""
        return ", ".join(part for part in (self.who, self.team) if part)


class StoryPhoto(models.Model):
    """The picture of a story, apart from its row, so that no list carries it. content: a JPEG of our own making."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="photo")
    content = models.BinaryField(help_text="A JPEG without metadata, at most 250 kB.")
    width = models.PositiveSmallIntegerField(help_text="In pixels.")
    height = models.PositiveSmallIntegerField()
    words = models.CharField(_("what the photo shows"), max_length=SHORT_MAX, blank=True, default="")

    objects: ClassVar[Any] = scoped("story__organisation")

    def __str__(self) -> str:
        return self.words or f"photo of story {self.story_id}"
