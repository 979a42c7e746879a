"""What people did that scores never tell."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from assessments.models.rounds import scoped
from improvements.choices import StoryKind, StoryState
from improvements.limits import SHORT_MAX, STORY_MAX
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
    told_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    featured_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name_plural = "stories"
        indexes = [models.Index(fields=["organisation", "state", "-published_at"], name="stories_of_a_feed")]

    def __str__(self) -> str:
        return self.what_happened[:60]
