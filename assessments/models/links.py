"""How people get to a round. Only keyed hashes are kept; the words of a link come from the secret key and a nonce."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OutgoingMail
from assessments.choices import Sending, View
from assessments.limits import RESPONSES_A_LINK, RESPONSES_A_LINK_MAX
from assessments.models.rounds import Round, RoundGroup, scoped


def new_nonce() -> str:
    return secrets.token_hex(16)


class OpenLink(models.Model):
    """The one link of a group and view, for a QR code: whoever has it may answer.

    A repeating round hands its nonces on, so the code on the wall stays good; of several links with one hash that of
    the open round counts, or else the newest.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="open_links")
    group = models.ForeignKey(RoundGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="open_links")
    view = models.CharField(max_length=10, choices=View.choices)
    nonce = models.CharField(max_length=32, default=new_nonce)
    token_hmac = models.CharField(max_length=64, db_index=True)
    code_hmac = models.CharField(max_length=64, db_index=True, help_text="Of the short address that people type.")
    cap = models.PositiveIntegerField(
        _("at most"),
        default=RESPONSES_A_LINK,
        validators=[MinValueValidator(1), MaxValueValidator(RESPONSES_A_LINK_MAX)],
        help_text="Responses; then it is full.",
    )
    response_count = models.PositiveIntegerField(default=0, help_text="Handed in by it.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = scoped("round__organisation")

    class Meta:
        ordering = ["view", "group__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "view", "group"], condition=Q(revoked_at=None), name="one_link_a_group"
            ),
            models.UniqueConstraint(
                fields=["round", "view"], condition=Q(revoked_at=None, group=None), name="one_link_without_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.group or self.get_view_display()}"

    @property
    def is_full(self) -> bool:
        return self.response_count >= self.cap


class Recipient(models.Model):
    """Somebody who is asked by mail. In an anonymous round it knows no more of the answer than that there is one."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="recipients")
    group = models.ForeignKey(RoundGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="recipients")
    view = models.CharField(max_length=10, choices=View.choices)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    nonce = models.CharField(max_length=32, default=new_nonce)
    token_hmac = models.CharField(max_length=64, db_index=True)
    has_answered = models.BooleanField(default=False)
    to_send = models.CharField(
        max_length=10, choices=Sending.choices, blank=True, default="", db_default="", help_text="What a worker mails."
    )
    invited_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    reminder_count = models.PositiveSmallIntegerField(default=0)
    mail = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    bounced_on = models.DateField(null=True, blank=True)
    bounce_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = scoped("round__organisation")

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(fields=["round", "view", "email"], name="one_recipient_an_address")]
        indexes = [models.Index(fields=["round", "id"], condition=~Q(to_send=""), name="recipients_to_mail")]

    def __str__(self) -> str:
        return self.name or self.email
