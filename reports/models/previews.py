"""What a paper would look like, before it is made."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from reports.models.posters import Poster
from reports.models.prints import RoundPrint
from reports.models.reports import Report
from reports.models.story_papers import StoryPaper

STEPS: dict[str, dict[str, Any]] = {
    made.part: {**made.steps, "save": _("drawing the picture")} for made in (Poster, RoundPrint, Report, StoryPaper)
}
"""By the part that would be made: its own steps, of which the last is not the saving of a file but its picture."""


class Preview(Job):
    """The first page as a picture. Its inputs name the part that would be made, and that one's own inputs."""

    task_name = "reports.tasks.make_preview"
    maker = "reports.preview_making.make_preview"
    first_guess_seconds = 1.0
    file_folder = "previews"
    file_suffix = ".png"

    part = models.CharField(max_length=10, help_text="Of what: poster, print or report.")

    class Meta(Job.Meta):
        pass

    @property
    def steps(self) -> dict[str, Any]:  # type: ignore[override]
        """Those of what would be made."""
        return STEPS[self.part]

    def get_absolute_url(self) -> str:
        return reverse("preview_page", args=[self.organisation.slug, self.pk])
