"""What people say: drafts while they answer, responses once handed in.

A draft knows its device, so that a reload goes on where it stopped. A response knows neither device nor time nor who
came before: its id is random, and nothing leads from one to the other.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import Source, View
from assessments.models.links import OpenLink, Recipient
from assessments.models.rounds import Round, RoundGroup, RoundMoment, scoped
from journeys.choices import Decision


class Draft(models.Model):
    """Answers under way, on one device. Handed in, its answers go and the rest stays, so that a double makes none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="drafts")
    link = models.ForeignKey(OpenLink, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="If confidential."
    )
    device_hmac = models.CharField(max_length=64, help_text="Of the random key in the device's pass, and the link.")
    answers = models.JSONField(default=dict, help_text="By position of the moment, as assessments.answers has them.")
    language = models.CharField(max_length=10, default="en")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.LINK)
    is_handed_in = models.BooleanField(default=False)
    touched_on = models.DateField(auto_now=True, help_text="A day, no time: old ones go.")

    objects: ClassVar[Any] = scoped("round__organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "device_hmac"], name="one_draft_a_device"),
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(recipient__isnull=False), name="one_draft_a_recipient"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Batch(models.Model):
    """Responses of one view that came out together. Counted once: what is deleted later changes no shown figure."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="batches")
    view = models.CharField(max_length=10, choices=View.choices)
    number = models.PositiveIntegerField()
    response_counts = models.JSONField(default=dict, help_text='By group id as a text, "" for none.')
    tallies = models.JSONField(default=dict, help_text="By question, moment position, group id: counts by value.")
    amounts = models.JSONField(
        null=True, help_text="By question and moment position: [value, how many said it]; null until counted."
    )
    profiles = models.JSONField(
        null=True,
        help_text="Who answered alike: packed levels and how many, as assessments.profiles; null until counted.",
    )
    is_shown = models.BooleanField(default=False, db_default=False, help_text="The sheet holds it.")
    released_on = models.DateField(auto_now_add=True)

    objects: ClassVar[Any] = scoped("round__organisation")

    class Meta:
        ordering = ["view", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "view", "number"], name="one_batch_a_number")]
        indexes = [
            models.Index(fields=["round"], condition=Q(is_shown=False), name="batches_to_show"),
            models.Index(fields=["round"], condition=Q(profiles__isnull=True), name="batches_to_detail"),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.view} {self.number}"


class Response(models.Model):
    """What one person handed in: no account, name, address, time or order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="responses")
    view = models.CharField(max_length=10, choices=View.choices)
    group = models.ForeignKey(RoundGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="responses")
    source = models.CharField(max_length=10, choices=Source.choices)
    language = models.CharField(max_length=10, default="en")
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True, related_name="responses")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="If confidential."
    )

    objects: ClassVar[Any] = scoped("round__organisation")

    class Meta:
        indexes = [models.Index(fields=["round", "view", "batch"], name="responses_to_release")]

    def __str__(self) -> str:
        return str(self.pk)


class Rating(models.Model):
    """What one response says of one moment. level None: "I do not see this moment"."""

    pk = models.CompositePrimaryKey("response_id", "moment_id")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="ratings")
    moment = models.ForeignKey(RoundMoment, on_delete=models.CASCADE, related_name="ratings", db_index=False)
    level = models.PositiveSmallIntegerField(null=True)
    times_per_week = models.FloatField(null=True)
    seconds = models.FloatField(null=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)

    objects: ClassVar[Any] = scoped("response__round__organisation")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__gte=1, level__lte=6), name="rating_level_in_range"
            )
        ]

    def __str__(self) -> str:
        return f"{self.moment_id}: {self.level}"


class Idea(models.Model):
    """What more could we do, in somebody's words. It stands apart from that person's levels once it is released."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="ideas")
    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, null=True, related_name="ideas", help_text="Until released."
    )
    moment = models.ForeignKey(RoundMoment, on_delete=models.CASCADE, related_name="ideas")
    view = models.CharField(max_length=10, choices=View.choices)
    group = models.ForeignKey(RoundGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="ideas")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, null=True, related_name="ideas")
    language = models.CharField(max_length=10, default="en")
    text = models.TextField()
    is_redacted = models.BooleanField(default=False)

    objects: ClassVar[Any] = scoped("round__organisation")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class ResultSheet(models.Model):
    """All that a round may show, computed when results are released: page, files and commands read nothing else."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="sheet")
    figures = models.JSONField()
    version = models.PositiveIntegerField(default=1, help_text="Grows with every release.")
    made_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = scoped("round__organisation")

    def __str__(self) -> str:
        return f"{self.round} {self.version}"


class WrongTry(models.Model):
    """One link or short address that opened nothing: who keeps guessing has to wait. A keyed hash of the address."""

    address_hmac = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["address_hmac", "at"], name="wrong_tries_of_an_address")]

    def __str__(self) -> str:
        return str(self.at)
