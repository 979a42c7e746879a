"""Contact logs of a journey: what is on its way in, what was counted, and what the names in them stand for.

The figures themselves stand in contact_counts.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import OrganisationQuerySet
from jobs.limits import MEBIBYTE, Limits
from jobs.models import Job
from jobs.problems import ErrorCode
from journeys.models.sequence import Journey, Moment

FILE_NAME_MAX = 200
NAME_MAX = 200  # characters of a touchpoint or channel, as the count keeps them


class OfJourneyQuerySet(OrganisationQuerySet):
    """Rows that a journey owns."""

    organisation_path = "journey__organisation"


def of(queryset: Any) -> Any:
    """A manager that refuses to work outside an organisation's scope."""
    return ScopedManager(organisation=queryset.organisation_path, _manager_class=models.Manager.from_queryset(queryset))


class ContactUpload(models.Model):
    """A file on its way in: being sent, or whole and waiting for somebody to say what its columns are."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="contact_uploads")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=FILE_NAME_MAX)
    size_bytes = models.PositiveBigIntegerField()
    stamp = models.CharField(max_length=40, blank=True, help_text="When the file was last changed, as its sender says.")
    stored_name = models.CharField(max_length=60, unique=True, help_text="Below CONTACT_LOG_DIR.")
    content_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256; empty until the file is whole.")
    sample = models.JSONField(default=dict, help_text="Columns, rows and guesses of its beginning.")
    said = models.JSONField(default=dict, help_text="The mapping that the next step begins with.")
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = of(OfJourneyQuerySet)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_whole(self) -> bool:
        """All of it has arrived."""
        return bool(self.content_hash)


BYTES_A_CELL = 1_000
"""What counts as one value where it is judged how long a log takes."""


class ContactImport(Job):
    """One file, or query, that is counted. Its file is what was counted, with the rows that were not in order."""

    task_name = "journeys.tasks.make_contact_import"
    maker = "journeys.contact_making.make_import"
    storer = "journeys.contact_storing.store_import"
    first_guess_seconds = 60.0
    file_folder = "contact-imports"
    file_suffix = ".zip"
    steps: ClassVar[dict[str, Any]] = {
        "read": _("reading the rows"),
        "count": _("counting contacts and customers"),
        "save": _("saving the figures"),
    }
    limits = Limits(
        memory_bytes=2_800 * MEBIBYTE,  # address space; DuckDB keeps itself to less
        headroom_bytes=2_200 * MEBIBYTE,
        cpu_seconds=4 * 3600,
        file_bytes=100_000_000_000,  # what does not fit into memory is put aside
        more_seconds=3 * 3600,
    )
    is_measured = True

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="contact_imports")
    file_name = models.CharField(max_length=FILE_NAME_MAX)
    size_bytes = models.PositiveBigIntegerField()
    content_hash = models.CharField(max_length=64)
    shape = models.CharField(max_length=64, help_text="As LogShape's: files with the same are one log.")
    stored_name = models.CharField(max_length=60, blank=True, help_text="The file itself; empty once it is deleted.")
    keeps_file = models.BooleanField(_("keep the file"), default=False)
    rows = models.JSONField(default=dict, help_text="Rows read, counted, rejected, doubtful, by reason with examples.")
    days = models.JSONField(default=dict, help_text="Contacts by day.")

    class Meta(Job.Meta):
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["journey", "content_hash"],
                condition=Q(state__in=["queued", "running", "ready"]),
                name="one_import_a_content",
            ),
        ]
        indexes = [*Job.Meta.indexes, models.Index(fields=["journey", "-created_at"], name="contact_import_of_journey")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("contact_log_page", args=[self.organisation.slug, self.pk])

    @property
    def is_query(self) -> bool:
        """Counted in a database by the command, which alone knows the way there."""
        return "query" in self.inputs

    @property
    def error_message(self) -> str:
        """What went wrong and what to change."""
        return self.error_text or str(ADVICE.get(ErrorCode(self.error_code)) if self.error_code else "")


ADVICE = {
    ErrorCode.MEMORY: _("This file needs more memory than there is. Import it in parts: they add up."),
    ErrorCode.TIME: _("This file takes longer than an import may take. Import it in parts: they add up."),
    ErrorCode.SIZE: _("This file needs more room on the disk than there is. Import it in parts: they add up."),
    ErrorCode.CRASH: _(
        "Something went wrong on our side, three times in a row. Try again; where it fails once more, give the "
        "reference to whoever runs this service."
    ),
    ErrorCode.LEASE: _("The import was interrupted ten times. Nothing was counted. Try again later."),
    ErrorCode.REFUSED: _("This file can't be counted."),
}


class NameRule(models.Model):
    """What a touchpoint's name stands for, in every log of the journey: a moment, or nothing that counts."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="name_rules")
    name = models.CharField(max_length=NAME_MAX, blank=True)
    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, null=True, related_name="name_rules")

    objects: ClassVar[Any] = of(OfJourneyQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journey", "name"], name="one_rule_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ignored(self) -> bool:
        """The name stands for no contact with a customer."""
        return self.moment_id is None


class LogShape(models.Model):
    """What the columns of a log meant, for the next file with the same columns."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="log_shapes")
    shape = models.CharField(max_length=64, help_text="SHA-256 of kind and columns.")
    mapping = models.JSONField()
    used_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = of(OfJourneyQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journey", "shape"], name="one_mapping_a_shape")]

    def __str__(self) -> str:
        return self.shape
