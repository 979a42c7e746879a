"""An organisation's own words for the six levels."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, OrganisationQuerySet
from journeys.models.sequence import _scoped

LEVEL_NAME_MAX, LEVEL_MEANING_MAX = 40, 120


class LevelWording(models.Model):
    """The name of one level and what it means, in one language; what has none goes by the usual words."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="level_wordings")
    language = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=LEVEL_NAME_MAX, validators=[ProhibitNullCharactersValidator()])
    meaning = models.CharField(
        _("what it means"), max_length=LEVEL_MEANING_MAX, blank=True, validators=[ProhibitNullCharactersValidator()]
    )

    objects: ClassVar[Any] = _scoped(OrganisationQuerySet)

    class Meta:
        ordering = ["language", "level"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "language", "level"], name="one_wording_a_level"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=6), name="wording_level_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.name} ({self.language})"
