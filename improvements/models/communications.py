"""An organisation's letters, mails and messages: moments of a kind of their own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from assessments.models.rounds import scoped
from improvements.communications.limits import EVENTS_MAX, EXAMPLE_MAX, RECIPIENTS_MAX, TIMES_MAX
from improvements.communications.rules import contacts_per_year
from improvements.limits import SHORT_MAX
from journeys.choices import Level
from journeys.limits import TITLE_MAX
from journeys.models import Journey


class CommunicationKind(models.TextChoices):
    """How it reaches the customer."""

    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    MESSAGE = "message", _("Text message")
    APP = "app", _("App or portal")
    CALL = "call", _("Call")
    OTHER = "other", _("Other")


class Per(models.TextChoices):
    """What `times` counts by."""

    YEAR = "year", _("a year")
    EVENT = "event", _("per event")


class Communication(models.Model):
    """One thing that the organisation sends. relevance and level are our own estimate; a check asks others."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="communications")
    journey = models.ForeignKey(
        Journey, on_delete=models.SET_NULL, null=True, blank=True, related_name="communications"
    )
    moment = models.CharField(_("stage or moment"), max_length=TITLE_MAX, blank=True, default="")
    name = models.CharField(_("name"), max_length=TITLE_MAX, validators=[ProhibitNullCharactersValidator()])
    kind = models.CharField(
        _("kind"), max_length=10, choices=CommunicationKind.choices, default=CommunicationKind.EMAIL
    )
    sent_by = models.CharField(_("who sends it"), max_length=SHORT_MAX, blank=True, default="")
    times = models.FloatField(
        _("how often"), default=1, validators=[MinValueValidator(0), MaxValueValidator(TIMES_MAX)]
    )
    per = models.CharField(max_length=5, choices=Per.choices, default=Per.YEAR)
    events_per_year = models.FloatField(
        _("events a year"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(EVENTS_MAX)]
    )
    recipients = models.PositiveBigIntegerField(
        _("customers"), default=0, validators=[MaxValueValidator(RECIPIENTS_MAX)]
    )
    purpose = models.TextField(_("what it is for"), max_length=SHORT_MAX, blank=True, default="")
    example = models.TextField(_("example"), max_length=EXAMPLE_MAX, blank=True, default="")
    relevance = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    level = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(min(Level)), MaxValueValidator(max(Level))]
    )
    removed_at = models.DateTimeField(null=True, blank=True, help_text="It can be brought back for a month.")
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["organisation", "name"], condition=Q(removed_at=None), name="communications_of_a_page")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def contacts_per_year(self) -> float:
        return contacts_per_year(self.recipients, self.times, self.events_per_year if self.per == Per.EVENT else None)
