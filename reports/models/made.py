"""What every file that is made for people has in common."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import Organisation, OrganisationQuerySet
from jobs.models import Job
from journeys.limits import TITLE_MAX


class MadeQuerySet(OrganisationQuerySet):
    """Files of an organisation; what was thrown away is found by those who ask for just that."""

    def in_organisation(self, organisation: Organisation) -> Self:
        return super().in_organisation(organisation).filter(deleted_at=None)

    def ever_in_organisation(self, organisation: Organisation) -> Self:
        """With what was thrown away and has not gone yet."""
        return super().in_organisation(organisation)

    def thrown_away(self, organisation: Organisation) -> Self:
        return super().in_organisation(organisation).filter(deleted_at__isnull=False)


class Made(Job):
    """A file with a picture of its first page, that the organisation's retention leaves alone where it is kept.

    A concrete one names its part of an address (made/<part>/7/keep/), its page, and the way from it to its journey.
    """

    file_columns: ClassVar[tuple[str, ...]] = ("artifact_name", "thumbnail_name")
    part: ClassVar[str]
    page_name: ClassVar[str]
    journey_path: ClassVar[str] = "journey"
    has_round: ClassVar[bool] = True

    title = models.CharField(
        _("title"), max_length=TITLE_MAX, help_text="The journey's or the round's, when asked for; may be changed."
    )
    is_kept = models.BooleanField(_("kept"), default=False, db_default=False)
    thumbnail_name = models.CharField(
        max_length=120, blank=True, default="", db_default="", help_text="Below ARTIFACT_DIR; a PNG."
    )
    deleted_at = models.DateTimeField(null=True, editable=False, help_text="Thrown away; can be brought back a while.")

    objects: ClassVar[Any] = ScopedManager(
        organisation="organisation", _manager_class=models.Manager.from_queryset(MadeQuerySet)
    )

    class Meta(Job.Meta):
        abstract = True

    @property
    def file_address(self) -> str:
        """Where it is downloaded: below its page."""
        return f"{self.get_absolute_url()}file/"

    @property
    def goes_at(self) -> datetime | None:
        """When the organisation's rule takes it away; None where it stays, or is not ready yet."""
        days = self.organisation.keep_files_days
        if self.is_kept or not days or self.finished_at is None:
            return None
        return self.finished_at + timedelta(days=days)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse(self.page_name, args=[self.organisation.slug, self.pk])
