"""What every file that is made for people has in common."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models import Job


class Made(Job):
    """A file with a picture of its first page, that the organisation's retention leaves alone where it is kept."""

    file_columns: ClassVar[tuple[str, ...]] = ("artifact_name", "thumbnail_name")

    is_kept = models.BooleanField(_("kept"), default=False, db_default=False)
    thumbnail_name = models.CharField(
        max_length=120, blank=True, default="", db_default="", help_text="Below ARTIFACT_DIR; a PNG."
    )

    class Meta(Job.Meta):
        abstract = True
