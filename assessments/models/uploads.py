"""Answers from elsewhere on their way in: the file, and what was said of it so far."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from assessments.models.rounds import Round, scoped
from journeys.limits import TITLE_MAX
from journeys.models import Journey


class AnswerUpload(models.Model):
    """A file of answers between its steps. It goes once it is taken over, and by itself after a day."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="answer_uploads")
    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, null=True, blank=True, related_name="answer_uploads", help_text="Its target."
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=TITLE_MAX, blank=True)
    content = models.BinaryField()
    said = models.JSONField(default=dict, help_text="Uses of columns, levels of values, view, title and day.")
    is_confirmed = models.BooleanField(default=False, help_text="A worker takes it over; nothing is changed any more.")
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects: ClassVar[Any] = scoped("journey__organisation")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name
