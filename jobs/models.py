"""The job row: what is to be made, who holds it, how far it is. The row is the truth, the message only a hint."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import Organisation, OrganisationQuerySet
from jobs.artifacts import path_of
from jobs.limits import USUAL, Limits
from jobs.problems import ErrorCode


class State(models.TextChoices):
    """Where a job stands. queued -> running -> ready | failed | cancelled; running goes back to queued when lost."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


ACTIVE = (State.QUEUED, State.RUNNING)


class Job(models.Model):
    """Something long that a worker makes from frozen inputs and leaves as a file.

    A concrete job names its Celery task, the folder and suffix of its file and its steps (code to label, in order);
    file_columns are those that name files. With `thumbnail_name` among them a picture is kept.
    maker: where the function stands that makes the file, make(inputs, report) of jobs.work; with it, workers take the
    job when its turn comes. storer: where the one stands that writes into the database what the file says, store(job
    id, path). first_guess_seconds: how long one takes, as long as none has been made. limits: what an attempt may take.
    is_measured: whether its percents are of the work itself, so that they tell how long it will still take.
    """

    task_name: ClassVar[str]
    maker: ClassVar[str] = ""
    storer: ClassVar[str] = ""
    first_guess_seconds: ClassVar[float] = 5.0
    file_folder: ClassVar[str]
    file_suffix: ClassVar[str]
    steps: ClassVar[dict[str, Any]] = {}
    file_columns: ClassVar[tuple[str, ...]] = ("artifact_name",)
    limits: ClassVar[Limits] = USUAL
    is_measured: ClassVar[bool] = False

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="%(class)ss")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    inputs = models.JSONField(help_text="Frozen when asked for; the job reads nothing else.")
    inputs_hash = models.CharField(max_length=64, help_text="SHA-256 of the inputs and of what makes the file.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)

    error_count = models.PositiveSmallIntegerField(default=0)
    lost_leases = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    not_before = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, editable=False)
    cell_count = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Values in the inputs: how much there is to draw."
    )
    expected_seconds = models.FloatField(default=0, db_default=0, help_text="By past runs, when asked for.")
    turn = models.FloatField(default=0, db_default=0, help_text="The least is next: jobs.turns.")

    progress_percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    progress_step = models.CharField(max_length=30, blank=True)
    error_code = models.CharField(max_length=20, choices=ErrorCode.choices, blank=True)
    error_text = models.TextField(blank=True, help_text="Words of the job itself, where the code's own don't do.")
    reference = models.CharField(max_length=12, blank=True, help_text="Stands in the log beside the cause.")

    artifact_name = models.CharField(max_length=120, blank=True, help_text="Below ARTIFACT_DIR.")
    artifact_hash = models.CharField(max_length=64, blank=True)
    artifact_bytes = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = ScopedManager(
        organisation="organisation", _manager_class=models.Manager.from_queryset(OrganisationQuerySet)
    )

    class Meta:
        abstract = True
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "inputs_hash"],
                condition=Q(state__in=["queued", "running"]),
                name="%(app_label)s_%(class)s_one_active",
            ),
            models.CheckConstraint(
                condition=Q(progress_percent__lte=100), name="%(app_label)s_%(class)s_percent_to_100"
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_token__isnull=False, lease_until__isnull=False),
                name="%(app_label)s_%(class)s_running_has_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(artifact_name=""), name="%(app_label)s_%(class)s_ready_has_file"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "not_before"], name="%(class)s_state_due"),
            models.Index(fields=["organisation", "-created_at"], name="%(class)s_newest"),
            models.Index(fields=["started_at"], name="%(class)s_started"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.label_lower} {self.pk}"

    @property
    def has_file(self) -> bool:
        """Whether its file is there: made, and not lost from the disk since."""
        return self.state == State.READY and path_of(self.artifact_name).is_file()

    @classmethod
    def thumbnail_page(cls, inputs: dict[str, Any]) -> int | None:
        """The page whose picture is kept beside the file, from 0, or -1 for the last; None where none is."""
        return 0 if "thumbnail_name" in cls.file_columns else None

    @property
    def file_names(self) -> list[str]:
        """Every file that this row keeps, below ARTIFACT_DIR."""
        return [name for name in (getattr(self, column) for column in self.file_columns) if name]

    @property
    def is_active(self) -> bool:
        """Still to be made, so that a page looks again."""
        return self.state in ACTIVE

    @property
    def step_label(self) -> str:
        """The step at hand, such as "2 of 3: drawing"; empty before the first."""
        if self.progress_step not in self.steps:
            return ""
        number = list(self.steps).index(self.progress_step) + 1
        return _t("%(number)d of %(count)d: %(step)s") % {
            "number": number,
            "count": len(self.steps),
            "step": self.steps[self.progress_step],
        }

    @property
    def error_message(self) -> str:
        """What went wrong and what to change."""
        return self.error_text or str(ErrorCode(self.error_code).advice if self.error_code else "")


class SweeperRun(models.Model):
    """When the sweeper last came by: one row, so that the health page can tell when it no longer does."""

    ran_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_sweeper_run")]

    def __str__(self) -> str:
        return str(self.ran_at)
