"""What-if scenarios: levels that a journey could have, under a name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import OrganisationQuerySet
from journeys.choices import LEAVE_RATE_PERCENT
from journeys.limits import TITLE_MAX
from journeys.models.sequence import Journey


class ScenarioQuerySet(OrganisationQuerySet):
    """Scenarios of one organisation."""

    organisation_path = "journey__organisation"


class Scenario(models.Model):
    """Target levels of some of a journey's moments. A moment that has gone since is passed over."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(_("name"), max_length=TITLE_MAX, validators=[ProhibitNullCharactersValidator()])
    targets = models.JSONField(default=dict, help_text="Target level, 1 to 6, by the moment's id as a text.")
    leave_rate_percent = models.FloatField(
        default=LEAVE_RATE_PERCENT, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with every change of this scenario.")

    objects: ClassVar[Any] = ScopedManager(
        organisation=ScenarioQuerySet.organisation_path,
        _manager_class=models.Manager.from_queryset(ScenarioQuerySet),
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "name"], name="one_scenario_a_name"),
            models.CheckConstraint(
                condition=Q(leave_rate_percent__gte=0, leave_rate_percent__lte=100), name="leave_rate_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name
