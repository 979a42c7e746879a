"""What becomes of actions: every change of one, the weekly mail to owners, and links to what was done."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from assessments.models.links import new_nonce
from assessments.models.rounds import scoped
from improvements.models.actions import Action
from journeys.limits import TITLE_MAX
from journeys.models import Journey


class ActionEvent(models.Model):
    """One change of an action. before, after: of the fields that changed, by their names. Never changed itself."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="events")
    before = models.JSONField(default=dict, help_text="Empty where the action was made.")
    after = models.JSONField(default=dict)
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    actor_name = models.CharField(max_length=254, blank=True, default="")
    is_by_link = models.BooleanField(default=False, help_text="Answered by the link of a mail.")
    undoes = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undone_by")
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.action_id}: {', '.join(self.after)}"


class OwnerMailRun(models.Model):
    """The weekly mails of an organisation were written; one row a week, so that nobody gets two."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(help_text="Its Monday.")
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "week"], name="one_owner_mail_run_a_week")]

    def __str__(self) -> str:
        return str(self.week)


class OwnerMail(models.Model):
    """One weekly mail to the owner of overdue actions. Its link opens them alone; of its token a keyed hash is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(help_text="Its Monday.")
    action_ids = models.JSONField(default=list)
    nonce = models.CharField(max_length=32, default=new_nonce)
    token_hmac = models.CharField(max_length=64, db_index=True)
    expires_at = models.DateTimeField()

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user", "week"], name="one_owner_mail_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.week}"


class OwnerMailRefusal(models.Model):
    """Somebody who wants no weekly mail of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="one_owner_mail_refusal_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id}"


class SaidLink(models.Model):
    """A link by which anybody reads “You said, we did”, of one journey or of all. It works until it is revoked."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    label = models.CharField(_("whom it is for"), max_length=TITLE_MAX, blank=True, default="")
    nonce = models.CharField(max_length=32, default=new_nonce)
    token_hmac = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_by_name = models.CharField(max_length=254, blank=True, default="")
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.label or f"{self.pk}"
