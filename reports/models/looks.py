"""What an organisation's papers look like: its logo and its colour."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import Organisation, OrganisationQuerySet


class Look(models.Model):
    """The look of one organisation. It stands apart from the organisation's row, which every request reads."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="look")
    logo = models.BinaryField(blank=True, default=b"", help_text="A PNG of reports.logos, at most 75 kB.")
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    accent = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-f]{6}\Z")],
        help_text="As #12508f; empty for ink.",
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = ScopedManager(
        organisation="organisation", _manager_class=models.Manager.from_queryset(OrganisationQuerySet)
    )

    def __str__(self) -> str:
        return f"look of {self.organisation_id}"
