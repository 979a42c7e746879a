"""Links by which people outside the organisation read one map."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import OrganisationQuerySet, User
from journeys.limits import TITLE_MAX
from journeys.models.sequence import Journey, _scoped


class ShareLinkQuerySet(OrganisationQuerySet):
    """Links of one organisation."""

    organisation_path = "journey__organisation"


class ShareLink(models.Model):
    """A read-only link to one map. Only keyed hashes of its token and passcode are kept."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="share_links")
    label = models.CharField(_("whom it is for"), max_length=TITLE_MAX, blank=True)
    token_hmac = models.CharField(max_length=64, unique=True)
    passcode_hash = models.CharField(max_length=128, blank=True)
    hides_notes = models.BooleanField(_("hide the notes"), default=False)
    hides_back_stage = models.BooleanField(_("hide the back stage"), default=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField(max_length=254)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True, help_text="When it was last read.")

    objects: ClassVar[Any] = _scoped(ShareLinkQuerySet)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.label or f"{self.pk}"

    @property
    def last_moment(self) -> datetime | None:
        """The end of its last day, which is what readers are told: it works until 30 Nov, not until 1 Dec, 00:00."""
        return self.expires_at and self.expires_at - timedelta(seconds=1)


class PasscodeTry(models.Model):
    """One wrong passcode: who keeps guessing has to wait. Of the address only a keyed hash is kept."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="tries")
    address_hmac = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = ScopedManager(organisation="link__journey__organisation")

    class Meta:
        indexes = [models.Index(fields=["link", "address_hmac", "at"], name="tries_of_an_address")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.at}"
