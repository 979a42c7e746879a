"""The habit of looking: how often a journey is reviewed by whom, and the minutes of each review."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from assessments.models.rounds import scoped
from improvements.limits import SHORT_MAX
from improvements.reviews.dates import ReviewEvery
from improvements.reviews.limits import MINUTES_MAX, REMIND_DAYS_MAX
from journeys.models import Journey


class ReviewRhythm(models.Model):
    """How often a journey is reviewed, and who meets. The next day stands on the journey, `review_on`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="review_rhythms")
    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="review_rhythm")
    rhythm = models.CharField(_("how often"), max_length=12, choices=ReviewEvery.choices, default=ReviewEvery.QUARTERLY)
    day = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(31)], help_text="Of the month; a short one gives its last."
    )
    place = models.CharField(_("where"), max_length=SHORT_MAX, blank=True, default="")
    members: models.ManyToManyField[Any, Any] = models.ManyToManyField(User, related_name="+", blank=True)
    addresses = models.JSONField(default=list, help_text="Of people without an account, who get the agenda too.")
    remind_days = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(REMIND_DAYS_MAX)]
    )
    remind_on = models.DateField(null=True, blank=True, help_text="When mails leave; empty once they have.")
    set_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["journey__title", "id"]
        indexes = [
            models.Index(fields=["remind_on"], condition=Q(remind_on__isnull=False), name="reviews_to_remind_of")
        ]

    def __str__(self) -> str:
        return f"{self.journey_id}: {self.get_rhythm_display()}"


class Review(models.Model):
    """One review of a journey: its minutes are open while it is held, then closed; one a journey is open at a time."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reviews")
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="reviews")
    due_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(_("held on"))
    question = models.PositiveSmallIntegerField(help_text="Its number among the questions of reviews.")
    who_was_there = models.TextField(_("who was there"), max_length=SHORT_MAX, blank=True, default="")
    minutes = models.TextField(_("what was said"), max_length=MINUTES_MAX, blank=True, default="")
    decisions = models.TextField(_("what was decided"), max_length=MINUTES_MAX, blank=True, default="")
    began_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey"], condition=Q(closed_at__isnull=True), name="one_open_review_a_journey"
            )
        ]

    def __str__(self) -> str:
        return f"{self.journey_id}, {self.held_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("review_page", args=[self.organisation.slug, self.pk])

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything."""
        return not (self.minutes or self.decisions or self.who_was_there)
