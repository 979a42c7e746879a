"""What a paper would look like, before it is made."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from jobs.models import Job
from reports.models.posters import Poster


class Preview(Job):
    """The first page as a picture. Its inputs name the part that would be made, and that one's own inputs."""

    task_name = "reports.tasks.make_preview"
    maker = "reports.preview_making.make_preview"
    first_guess_seconds = 1.0
    file_folder = "previews"
    file_suffix = ".png"
    steps: ClassVar[dict[str, Any]] = Poster.steps

    part = models.CharField(max_length=10, help_text="Of what: poster, print or report.")

    class Meta(Job.Meta):
        pass

    def get_absolute_url(self) -> str:
        return reverse("preview_page", args=[self.organisation.slug, self.pk])
