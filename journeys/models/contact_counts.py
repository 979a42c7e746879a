"""What each import counted, by itself: imports add up, and one that is removed takes its own away."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from accounts.models import OrganisationQuerySet
from journeys.models.contact_logs import NAME_MAX, ContactImport, of


class OfImportQuerySet(OrganisationQuerySet):
    """Rows that an import owns."""

    organisation_path = "contact_import__organisation"


class ContactCell(models.Model):
    """Contacts of one import by touchpoint as the file names it, channel and month."""

    contact_import = models.ForeignKey(ContactImport, on_delete=models.CASCADE, related_name="cells")
    touchpoint = models.CharField(max_length=NAME_MAX, blank=True)
    channel = models.CharField(max_length=NAME_MAX, blank=True)
    month = models.CharField(max_length=7, help_text="2024-02")
    contacts = models.PositiveBigIntegerField()
    identified = models.PositiveBigIntegerField(help_text="Contacts whose customer is known.")
    bins = models.JSONField(default=dict, help_text="Durations: bin to how many and their milliseconds.")

    objects: ClassVar[Any] = of(OfImportQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact_import", "touchpoint", "channel", "month"], name="one_cell_a_place_of_an_import"
            )
        ]

    def __str__(self) -> str:
        return f"{self.touchpoint}, {self.channel}, {self.month}: {self.contacts}"


class ContactName(models.Model):
    """A touchpoint of one import: when its contacts are, and where the first stands."""

    contact_import = models.ForeignKey(ContactImport, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=NAME_MAX, blank=True)
    hours = models.JSONField(help_text="Contacts by hour of the week; Monday 0:00 is the first of 168.")
    first = models.CharField(max_length=32, help_text="By the clocks of the log's zone.")
    last = models.CharField(max_length=32)
    row = models.PositiveBigIntegerField(help_text="Of the first contact, as a spreadsheet counts.")

    objects: ClassVar[Any] = of(OfImportQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact_import", "name"], name="one_name_of_an_import")]

    def __str__(self) -> str:
        return self.name


class ContactPeople(models.Model):
    """The smallest keyed hashes of the customers of one import, in all or by touchpoint, channel or month."""

    contact_import = models.ForeignKey(ContactImport, on_delete=models.CASCADE, related_name="people")
    dimension = models.CharField(max_length=10)
    name = models.CharField(max_length=NAME_MAX, blank=True)
    hashes = models.BinaryField()

    objects: ClassVar[Any] = of(OfImportQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact_import", "dimension", "name"], name="one_people_of_an_import")
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.name}"
