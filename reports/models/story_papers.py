"""What is printed of stories: a wall of them, and a certificate that thanks for one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from journeys.models import Journey
from reports.models.made import Made


class StoryPaperKind(models.TextChoices):
    """What it is."""

    WALL = "wall", _("Story wall")
    CERTIFICATE = "certificate", _("Thank-you certificate")


STORY_PAPERS = ("A4", "A3", "A2", "Letter", "Tabloid")
"""The sheets of a wall; a certificate is A5."""


class StoryPaper(Made):
    """A paper of published stories, frozen with the names that may be told then."""

    task_name = "reports.tasks.make_story_paper"
    maker = "reports.story_papers.making.make_story_paper"
    first_guess_seconds = 1.0
    file_folder = "story-papers"
    file_columns = ("artifact_name", "thumbnail_name", "photos_name")
    part = "story"
    page_name = "story_paper_page"
    file_suffix = ".pdf"
    has_round = False
    steps: ClassVar[dict[str, Any]] = {"page": _("setting the page"), "save": _("saving the file")}

    journey = models.ForeignKey(Journey, on_delete=models.SET_NULL, null=True, blank=True, related_name="story_papers")
    kind = models.CharField(_("what"), max_length=20, choices=StoryPaperKind.choices)
    paper = models.CharField(_("paper"), max_length=10)
    language = models.CharField(_("language"), max_length=10)
    is_portrait = models.BooleanField(_("portrait"), default=False, db_default=False)
    is_grey = models.BooleanField(_("in grey"), default=False, db_default=False)
    photos_name = models.CharField(
        max_length=120,
        blank=True,
        default="",
        help_text="Below ARTIFACT_DIR; papers may share it.",
    )

    class Meta(Made.Meta):
        indexes = [*Made.Meta.indexes, models.Index(fields=["journey", "-created_at"], name="story_paper_of_journey")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.paper}: {self.title}"

    @property
    def file_names(self) -> list[str]:
        """Its own: photos, which another paper may show too, go with the last row that names them."""
        return [name for name in (self.artifact_name, self.thumbnail_name) if name]

    @property
    def sheet_words(self) -> str:
        """What it is printed on."""
        shape = _t("%(size)s portrait") if self.is_portrait else _t("%(size)s landscape")
        return ", ".join(filter(None, (shape % {"size": self.paper}, _t("grey") if self.is_grey else "")))
