"""Reports that leaders read: of one round, or of several journeys side by side."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from assessments.choices import ANSWER_LANGUAGES
from assessments.models import Round
from journeys.models import Journey
from reports.models.made import Made

REPORT_PAPERS = ("A4", "Letter")


class ReportKind(models.TextChoices):
    """What is reported."""

    LEADER = "leader", _("Leader report")
    PORTFOLIO = "portfolio", _("Portfolio report")


class Report(Made):
    """A report frozen from a journey and what its round released; or from several of them."""

    task_name = "reports.tasks.make_report"
    maker = "reports.report_making.make_report"
    first_guess_seconds = 20.0
    file_folder = "reports"
    part = "report"
    page_name = "report_page"
    file_suffix = ".pdf"
    steps: ClassVar[dict[str, Any]] = {
        "check": _("checking the texts"),
        "ladder": _("drawing the ladder"),
        "heat": _("drawing the heat map"),
        "summary": _("writing the summary"),
        "chapters": _("writing the chapters"),
        "page": _("setting the pages"),
        "save": _("saving the file"),
    }

    journey = models.ForeignKey(Journey, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    round = models.ForeignKey(Round, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    kind = models.CharField(_("what"), max_length=10, choices=ReportKind.choices, default=ReportKind.LEADER)
    paper = models.CharField(_("paper"), max_length=10, default="A4")
    language = models.CharField(_("language"), max_length=10)
    is_archive = models.BooleanField(_("for the archive"), default=False, help_text="PDF/A-3 with its data attached.")

    class Meta(Made.Meta):
        indexes = [*Made.Meta.indexes, models.Index(fields=["round", "-created_at"], name="report_of_round")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def sheet_words(self) -> str:
        """What it is printed on."""
        return _t("%(paper)s, for the archive") % {"paper": self.paper} if self.is_archive else self.paper

    @property
    def language_name(self) -> str:
        """By its own name."""
        return ANSWER_LANGUAGES.get(self.language, self.language)
