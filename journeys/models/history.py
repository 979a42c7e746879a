"""What happened to a journey, and states of it that somebody gave a name. Both are only ever added to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import OrganisationQuerySet
from journeys.limits import TITLE_MAX
from journeys.models.sequence import Journey

PERSON_MAX = 254


class AppendOnly(TypeError):
    """What is written down here is neither changed nor deleted."""


class AppendOnlyQuerySet(OrganisationQuerySet):
    """Rows of one organisation's journeys that only go with their journey."""

    organisation_path = "journey__organisation"

    def update(self, **fields: Any) -> int:
        raise AppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row; a second time raises AppendOnly."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises AppendOnly."""
        raise AppendOnly


class EventKind(models.TextChoices):
    """What was done. Undoing is done by the kind that leads back: an added stage is undone by one that is removed."""

    JOURNEY_MADE = "journey_made", _("journey made")
    JOURNEY_CHANGED = "journey_changed", _("journey changed")
    JOURNEY_FILLED = "journey_filled", _("stages filled in")
    STAGE_ADDED = "stage_added", _("stage added")
    STAGE_RENAMED = "stage_renamed", _("stage renamed")
    STAGE_MOVED = "stage_moved", _("stage moved")
    STAGE_REMOVED = "stage_removed", _("stage removed")
    MOMENT_ADDED = "moment_added", _("moment added")
    MOMENT_CHANGED = "moment_changed", _("moment changed")
    MOMENT_MOVED = "moment_moved", _("moment moved")
    MOMENT_LINKED = "moment_linked", _("moment linked")
    MOMENT_REMOVED = "moment_removed", _("moment removed")
    VERSION_RESTORED = "version_restored", _("version restored")


WHOLE = (EventKind.JOURNEY_FILLED, EventKind.VERSION_RESTORED)  # both sides are states of the whole journey


def _scoped() -> Any:
    manager = models.Manager.from_queryset(AppendOnlyQuerySet)
    return ScopedManager(organisation=AppendOnlyQuerySet.organisation_path, _manager_class=manager)


class Event(AppendOnlyModel):
    """One change of a journey, with what is needed to take it back.

    before, after: of a change, the fields that differ; of a move, `stage`, `stage_title` and `position`; of a part that
    came or went, all of it on one side and nothing on the other; of a whole journey, its state (journeys.states).
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="events")
    journey_version = models.PositiveIntegerField(help_text="The journey's version after the change.")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=PERSON_MAX, blank=True, help_text="The actor's name at that time.")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    stage_id = models.BigIntegerField(null=True)
    moment_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=TITLE_MAX, help_text="Of the part, or of the journey or the version.")
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    undoes = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="undone_by")
    is_undo = models.BooleanField(default=False, help_text="Takes a step back; false where it takes an undo back.")

    objects: ClassVar[Any] = _scoped()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["journey", "-id"], name="events_of_a_journey"),
            models.Index(fields=["journey", "moment_id", "-id"], name="events_of_a_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class Version(AppendOnlyModel):
    """A state of a journey that somebody gave a name."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(_("name"), max_length=TITLE_MAX)
    state = models.JSONField(encoder=DjangoJSONEncoder, help_text="The whole journey with the ids of its parts.")
    journey_version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=PERSON_MAX, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = _scoped()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["journey", "-id"], name="versions_of_a_journey")]

    def __str__(self) -> str:
        return self.name
