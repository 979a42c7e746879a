"""Schedules: what is made again and again for whom, and what became of each time."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.languages import LANGUAGES
from accounts.models import Organisation, OrganisationQuerySet
from assessments.models import Round
from journeys.models import Journey
from reports.models.made import Made
from reports.models.posters import Poster
from reports.models.reports import Report
from reports.schedule_times import Rhythm, Timing
from reports.schedule_words import say_timing


def _scoped(path: str) -> Any:
    """A manager of rows that reach their organisation by `path`."""
    queryset = type("ScopedQuerySet", (OrganisationQuerySet,), {"organisation_path": path})
    return ScopedManager(organisation=path, _manager_class=models.Manager.from_queryset(queryset))


class ScheduleKind(models.TextChoices):
    """What is made by schedule."""

    POSTER = "poster", _("Poster")
    REPORT = "report", _("Leader report")


class Schedule(models.Model):
    """What of a journey is made when, and mailed to whom. Times are those of the organisation's time zone."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="schedules")
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="schedules")
    kind = models.CharField(_("what"), max_length=10, choices=ScheduleKind.choices, default=ScheduleKind.POSTER)
    options = models.JSONField(default=dict, help_text="What its own form chose: size, paper and the like.")
    rhythm = models.CharField(_("how often"), max_length=12, choices=Rhythm.choices)
    weekday = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(6)], help_text="0: Monday.")
    week = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="Which of that weekday in the month, 5 for the last; empty: the day of the month counts.",
    )
    day = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(31)], help_text="A short month gives its last."
    )
    hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    language = models.CharField(
        _("language"), max_length=10, choices=list(LANGUAGES.items()), help_text="For who has chosen none."
    )
    recipients: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="schedules", blank=True
    )
    is_attached = models.BooleanField(_("attach the PDF"), default=False)
    is_paused = models.BooleanField(default=False)
    watches_from = models.DateTimeField(help_text="Rounds that closed before this start nothing.")
    next_run_at = models.DateTimeField(null=True, blank=True, help_text="Empty where a round's end decides.")
    last_run_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = _scoped("organisation")

    class Meta:
        ordering = ["journey__title", "id"]
        indexes = [
            models.Index(fields=["next_run_at"], condition=Q(is_paused=False), name="schedules_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.journey.title}"

    def get_absolute_url(self) -> str:
        return reverse("schedule_edit", args=[self.organisation.slug, self.pk])

    @property
    def timing_words(self) -> str:
        """Every first Monday of the month at 08:00."""
        return say_timing(self.timing)

    @property
    def timing(self) -> Timing:
        return Timing(self.rhythm, weekday=self.weekday, week=self.week, day=self.day, hour=self.hour)


class RunState(models.TextChoices):
    """Where one time of a schedule stands."""

    MAKING = "making", _("Being made")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class ScheduleRun(models.Model):
    """One time of a schedule. There is one a due time, however many look for what is due."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="runs")
    due_at = models.DateTimeField(help_text="When it was due; when its round closed; when somebody asked for it.")
    round = models.ForeignKey(Round, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Empty: by itself."
    )
    was_missed = models.BooleanField(default=False, help_text="Made up for, long after it was due.")
    left_out = models.PositiveSmallIntegerField(default=0, help_text="Later ones that were missed too, not made up.")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.MAKING)
    mail_count = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="What to change.")
    reference = models.CharField(max_length=12, blank=True, help_text="Stands in the log beside the cause.")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = _scoped("schedule__organisation")

    class Meta:
        ordering = ["-due_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["schedule", "due_at"], name="one_run_a_due_time")]
        indexes = [models.Index(fields=["id"], condition=Q(state="making"), name="schedule_runs_under_way")]

    def __str__(self) -> str:
        return f"{self.schedule_id}, {self.due_at:%Y-%m-%d %H:%M}"


class ScheduledFile(models.Model):
    """What a run asked for in one language: a poster or a report; neither where it has been deleted since."""

    run = models.ForeignKey(ScheduleRun, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(max_length=10)
    poster = models.ForeignKey(Poster, on_delete=models.SET_NULL, null=True, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = _scoped("run__schedule__organisation")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "language"], name="one_file_a_language_of_a_run")]

    def __str__(self) -> str:
        return f"{self.run_id}, {self.language}"

    @property
    def language_name(self) -> str:
        return LANGUAGES.get(self.language, self.language)

    @property
    def job(self) -> Made | None:
        """The job that makes or made it."""
        return self.poster or self.report
