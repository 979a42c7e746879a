"""Who has a map open at this moment."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from accounts.models import OrganisationQuerySet
from journeys.models.sequence import Journey

TAB_MAX = 32


class PresenceQuerySet(OrganisationQuerySet):
    """Presences on one organisation's maps."""

    organisation_path = "journey__organisation"


class Presence(models.Model):
    """One open map of one person. It lives as long as it is renewed, and nothing else refers to it.

    moment_id: the moment in the panel; no reference, so that a moment is taken off without asking who looks at it.
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tab = models.CharField(max_length=TAB_MAX, help_text="Made up by the page, so that two windows are told apart.")
    moment_id = models.BigIntegerField(null=True)
    is_editor = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    objects: ClassVar[Any] = ScopedManager(
        organisation=PresenceQuerySet.organisation_path, _manager_class=models.Manager.from_queryset(PresenceQuerySet)
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journey", "user", "tab"], name="one_presence_a_tab")]
        indexes = [models.Index(fields=["journey", "seen_at"], name="presences_of_a_journey")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.journey_id}"
