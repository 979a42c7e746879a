"""What staff and customers say of an organisation's communications, by an open link each.

Answers are kept as counts alone: handing in adds one to a few numbers, and no row is made of what a person said.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from assessments.choices import View
from assessments.models.links import new_nonce
from assessments.models.rounds import scoped
from assessments.privacy import DEFAULT_MINIMUM, SMALLEST_MINIMUM
from improvements.communications.limits import MINIMUM_MAX
from improvements.models.communications import Communication


class Asked(models.TextChoices):
    """What a tally counts."""

    SEEN = "seen", _("Whether they saw it")
    RELEVANCE = "relevance", _("Relevance")
    LEVEL = "level", _("Level")


class CommunicationSurvey(models.Model):
    """The one link of an organisation by which staff, or customers, rate what it sends. Its words are not kept.

    A link that is renewed or made again is the same row with another nonce, so that figures go on.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="communication_surveys")
    view = models.CharField(_("who is asked"), max_length=10, choices=View.choices)
    minimum_group = models.PositiveSmallIntegerField(
        _("minimum group"),
        default=DEFAULT_MINIMUM,
        validators=[MinValueValidator(SMALLEST_MINIMUM), MaxValueValidator(MINIMUM_MAX)],
        help_text="k: what fewer people said is shown to nobody. Never lowered.",
    )
    nonce = models.CharField(max_length=32, default=new_nonce)
    token_hmac = models.CharField(max_length=64, unique=True)
    code_hmac = models.CharField(max_length=64, unique=True, help_text="Of the short address that people type.")
    hand_in_count = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["-view"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "view"], name="one_communication_survey_a_view"),
            models.CheckConstraint(
                condition=Q(minimum_group__gte=SMALLEST_MINIMUM), name="communication_minimum_at_least_3"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.get_view_display()}"


class CommunicationHandIn(models.Model):
    """A device has handed in, so that it does so once. What it said is not known here."""

    survey = models.ForeignKey(CommunicationSurvey, on_delete=models.CASCADE, related_name="hand_ins")
    device_hmac = models.CharField(max_length=64, help_text="Of the random key in the device's pass.")
    handed_in_on = models.DateField(auto_now_add=True, help_text="A day, no time: old ones go.")

    objects: ClassVar[Any] = scoped("survey__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "device_hmac"], name="one_hand_in_a_device")]

    def __str__(self) -> str:
        return f"{self.survey_id}, {self.handed_in_on}"


class CommunicationTally(models.Model):
    """How many gave each answer to one question about one communication.

    counts: what has come out, in batches of at least the minimum group; waiting: what has not yet. By value: never saw
    it, saw it; relevance 1 to 5; level 1 to 6.
    """

    survey = models.ForeignKey(CommunicationSurvey, on_delete=models.CASCADE, related_name="tallies")
    communication = models.ForeignKey(Communication, on_delete=models.CASCADE, related_name="tallies")
    asked = models.CharField(max_length=10, choices=Asked.choices)
    waiting = models.JSONField(default=list)
    counts = models.JSONField(default=list)

    objects: ClassVar[Any] = scoped("survey__organisation")

    class Meta:
        verbose_name_plural = "communication tallies"
        constraints = [
            models.UniqueConstraint(fields=["survey", "communication", "asked"], name="one_tally_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.communication_id}: {self.asked}"
