"""What will be done about a moment."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from assessments.models import Idea
from assessments.models.rounds import scoped
from improvements.choices import ActionState, Effort
from improvements.limits import REASON_MAX
from improvements.models.stories import Story
from journeys.choices import Decision, Level
from journeys.limits import TEXT_MAX, TITLE_MAX
from journeys.models import Comment, Journey, Moment

UNDER_WAY = Q(state__in=[ActionState.PLANNED, ActionState.DOING])
LEVELS = (MinValueValidator(min(Level)), MaxValueValidator(max(Level)))


class Action(models.Model):
    """One thing that will be done about a moment, with owner and date. Source: METHOD, "Words".

    The moment may be off the map and come back with the same id: so no constraint ties the two, and its title is kept.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="actions")
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="actions")
    moment = models.ForeignKey(
        Moment, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="actions"
    )
    moment_title = models.CharField(max_length=TITLE_MAX, blank=True, default="")
    story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions")
    idea = models.ForeignKey(Idea, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    what = models.CharField(_("what"), max_length=TITLE_MAX, validators=[ProhibitNullCharactersValidator()])
    more = models.TextField(_("more about it"), max_length=TEXT_MAX, blank=True, default="")
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.ENHANCE)
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due"), null=True, blank=True)
    level_from = models.PositiveSmallIntegerField(_("level now"), null=True, blank=True, validators=LEVELS)
    level_to = models.PositiveSmallIntegerField(_("level expected"), null=True, blank=True, validators=LEVELS)
    effort = models.PositiveSmallIntegerField(_("effort"), choices=Effort.choices, null=True, blank=True)
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.PROPOSED)
    dropped_reason = models.CharField(_("why not"), max_length=REASON_MAX, blank=True, default="")
    done_on = models.DateField(null=True, blank=True)
    relied_on_by = models.TextField(
        _("who still relies on it"), max_length=REASON_MAX, blank=True, default="", db_default=""
    )
    last_seen_on = models.DateField(_("when it was last seen"), null=True, blank=True)
    contacts_saved_per_year = models.FloatField(
        null=True, blank=True, help_text="Of a moment that was eliminated, as they were when that was done."
    )
    help_words = models.CharField(_("what is needed"), max_length=REASON_MAX, blank=True, default="", db_default="")
    help_asked_on = models.DateField(null=True, blank=True, help_text="Its owner asked for help and has not got it.")
    said = models.CharField(_("what people said"), max_length=REASON_MAX, blank=True, default="", db_default="")
    did = models.CharField(_("what we did"), max_length=REASON_MAX, blank=True, default="", db_default="")
    is_told = models.BooleanField(
        default=False, db_default=False, help_text="Somebody put it under “You said, we did”, for people outside too."
    )
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"], name="actions_of_a_board"),
            models.Index(
                fields=["owner", "due_on"], condition=Q(state__in=["planned", "doing"]), name="actions_under_way"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("action_page", args=[self.organisation.slug, self.pk])

    @property
    def level_from_name(self) -> str:
        """3 Expected; empty for none."""
        return _level_name(self.level_from)

    @property
    def level_to_name(self) -> str:
        """The same of the level that is expected."""
        return _level_name(self.level_to)

    @property
    def is_under_way(self) -> bool:
        return self.state in (ActionState.PLANNED, ActionState.DOING)

    @property
    def is_elimination(self) -> bool:
        return self.decision == Decision.ELIMINATE

    def is_overdue(self, day: date) -> bool:
        """Whether it should have been done before `day`."""
        return self.is_under_way and self.due_on is not None and self.due_on < day


def _level_name(level: int | None) -> str:
    return f"{level} {Level(level).label}" if level else ""
