"""The sequence: a journey has stages, a stage has moments, each in order."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import Organisation, OrganisationQuerySet
from journeys.choices import CHANNEL_ICONS, Channel, Decision, Level, VolumeSource
from journeys.limits import (
    CONTACTS_PER_CUSTOMER_MAX,
    CUSTOMERS_PER_YEAR_MAX,
    SECONDS_MAX,
    TEXT_MAX,
    TITLE_MAX,
)


class JourneyQuerySet(OrganisationQuerySet):
    """Journeys of one organisation."""

    def with_links(self) -> JourneyQuerySet:
        """With `has_details` and `has_parents`: whether a moment leads on, and whether one leads here."""
        moments = Moment.objects.order_by()
        return self.annotate(
            has_details=Exists(moments.filter(stage__journey=OuterRef("pk"), detail_journey__isnull=False)),
            has_parents=Exists(moments.filter(detail_journey=OuterRef("pk"))),
        )


class StageQuerySet(OrganisationQuerySet):
    """Stages of one organisation."""

    organisation_path = "journey__organisation"


class MomentQuerySet(OrganisationQuerySet):
    """Moments of one organisation."""

    organisation_path = "stage__journey__organisation"


def _scoped(queryset: Any) -> Any:
    """A manager that refuses to work outside an organisation's scope."""
    return ScopedManager(organisation=queryset.organisation_path, _manager_class=models.Manager.from_queryset(queryset))


def _text(label: Any) -> models.TextField[str, str]:
    return models.TextField(label, max_length=TEXT_MAX, blank=True, validators=[ProhibitNullCharactersValidator()])


class Journey(models.Model):
    """One service sequence that a customer goes through."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="journeys")
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    customers_per_year = models.PositiveBigIntegerField(
        _("customers a year"), default=0, validators=[MaxValueValidator(CUSTOMERS_PER_YEAR_MAX)]
    )
    customer = models.CharField(_("who the customer is"), max_length=TITLE_MAX, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    version = models.PositiveIntegerField(default=1, help_text="Grows with every change of the journey or its parts.")
    comments_version = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Grows with every comment made, changed, resolved or deleted."
    )
    people_version = models.PositiveIntegerField(
        default=1, db_default=1, help_text="Grows when somebody comes, goes or turns around."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    variant_of = models.ForeignKey(
        "self", verbose_name=_("variant of"), on_delete=models.SET_NULL, null=True, blank=True, related_name="variants"
    )
    checked_at = models.DateTimeField(null=True, blank=True, help_text="When somebody last found the map still right.")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    review_on = models.DateField(null=True, blank=True, help_text="When its next review is; empty without a rhythm.")

    objects: ClassVar[Any] = _scoped(JourneyQuerySet)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(customers_per_year__lte=CUSTOMERS_PER_YEAR_MAX), name="customers_per_year_in_range"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("journey_map", args=[self.organisation.slug, self.pk])


class Stage(models.Model):
    """A named stretch of a journey. Positions count from 0 without gaps."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="stages")
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    position = models.IntegerField()

    objects: ClassVar[Any] = _scoped(StageQuerySet)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["journey", "position"], name="one_stage_a_position")]

    def __str__(self) -> str:
        return self.title


class Moment(models.Model):
    """A perception point: one contact in which the customer forms an opinion. Positions count from 0 in its stage."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="moments")
    position = models.IntegerField()
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    experience = _text(_("what the customer sees, hears and feels"))
    expectation = _text(_("what the customer expects"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.OTHER)
    contacts_per_customer = models.FloatField(
        _("contacts per customer a year"),
        default=1,
        validators=[MinValueValidator(0), MaxValueValidator(CONTACTS_PER_CUSTOMER_MAX)],
    )
    seconds = models.FloatField(
        _("seconds each"), default=60, validators=[MinValueValidator(0), MaxValueValidator(SECONDS_MAX)]
    )
    volume_source = models.CharField(
        _("contacts and seconds are"),
        max_length=10,
        choices=VolumeSource.choices,
        default=VolumeSource.ESTIMATE,
        db_default=VolumeSource.ESTIMATE.value,
    )
    volume_source_on = models.DateField(_("as of"), null=True, blank=True, help_text="Null for an estimate.")
    serves_in_front = models.CharField(_("who serves in front"), max_length=TITLE_MAX, blank=True)
    stands_behind = models.CharField(_("who stands behind"), max_length=TITLE_MAX, blank=True)
    systems = models.CharField(_("systems that take part"), max_length=TITLE_MAX, blank=True, default="", db_default="")
    is_make_or_break = models.BooleanField(_("make or break: a moment of truth"), default=False)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    what_more = _text(_("what more will we do?"))
    level = models.PositiveSmallIntegerField(_("level, our own estimate"), choices=Level.choices, null=True, blank=True)
    detail_journey = models.ForeignKey(
        Journey, on_delete=models.SET_NULL, null=True, blank=True, related_name="detailed_moments"
    )
    version = models.PositiveIntegerField(default=1, help_text="Grows with every change of this moment.")
    open_comments: int = 0  # counted for the whole map at once, by views that show it

    objects: ClassVar[Any] = _scoped(MomentQuerySet)

    class Meta:
        ordering = ["stage__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="one_moment_a_position"),
            models.CheckConstraint(
                condition=Q(contacts_per_customer__gte=0, contacts_per_customer__lte=CONTACTS_PER_CUSTOMER_MAX),
                name="contacts_per_customer_in_range",
            ),
            models.CheckConstraint(
                condition=Q(seconds__gte=0, seconds__lte=SECONDS_MAX), name="moment_seconds_in_range"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=6), name="moment_level_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def icon(self) -> str:
        """The name of the channel's icon."""
        return CHANNEL_ICONS[Channel(self.channel)]
