"""People, organisations and who is what in which."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.access import Role
from accounts.languages import LANGUAGES
from accounts.slugs import RESERVED_SLUGS
from accounts.time_zones import known_time_zones


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in with an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. The e-mail address is the name of the account."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    mails_mentions = models.BooleanField(_("mail me when somebody mentions me"), default=True, db_default=True)
    language = models.CharField(
        _("language of mails and reports"),
        max_length=10,
        choices=list(LANGUAGES.items()),
        blank=True,
        default="",
        db_default="",
        help_text=_("Of what is sent to you by schedule. Without a choice, that of the schedule."),
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        """One or two capital letters for the round picture in the corner."""
        words = (self.name or self.email.split("@")[0]).replace(".", " ").split()
        return "".join(word[0] for word in words[:2]).upper()

    @cached_property
    def my_memberships(self) -> list[Membership]:
        """Where this person belongs, with the organisations, by their names; read once."""
        return list(self.memberships.select_related("organisation").order_by("organisation__name"))

    @cached_property
    def unseen_count(self) -> int:
        """Notifications not looked at yet; one query, once a request."""
        return Notification.objects.for_person(self).filter(seen_at=None).count()


def check_slug(slug: str) -> None:
    """Refuse a slug that would hide one of the product's own addresses."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("This address is used by the product itself. Choose another."))


def check_time_zone(name: str) -> None:
    """Refuse a time zone that the tz database does not know."""
    if name not in known_time_zones():
        raise ValidationError(_("Choose a time zone from the list."))


class KeepFiles(models.IntegerChoices):
    """How many days a file that was made stays where nobody keeps it."""

    QUARTER = 90, _("90 days")
    YEAR = 365, _("1 year")
    TWO_YEARS = 730, _("2 years")
    FOR_EVER = 0, _("For ever")


class Organisation(models.Model):
    """One tenant. Everything else belongs to exactly one."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=60, unique=True, validators=[check_slug])
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])
    keep_files_days = models.PositiveSmallIntegerField(
        _("keep files for"), choices=KeepFiles.choices, default=KeepFiles.YEAR, db_default=KeepFiles.YEAR
    )
    attaches_reports = models.BooleanField(
        _("posters and reports may be attached to mails"),
        default=False,
        db_default=False,
        help_text=_("Without this a mail holds only a link that asks for sign-in. A mail may be passed on to anybody."),
    )
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    members = models.ManyToManyField(User, through="Membership", related_name="organisations")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation_home", args=[self.slug])


class OrganisationQuerySet(models.QuerySet[Any]):
    """Rows owned by one organisation, directly or through a parent."""

    organisation_path = "organisation"

    def in_organisation(self, organisation: Organisation) -> Self:
        return self.filter(**{self.organisation_path: organisation})


class Membership(models.Model):
    """What one person is in one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_a_person")]
        ordering = ["user__name", "user__email"]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class Invitation(models.Model):
    """A link that makes its reader a member. Only keyed hashes of its tokens are kept.

    The mailed token proves that its reader owns the address; the copy, shown once to the inviter, does not.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    token_hmac = models.CharField(max_length=64, unique=True)
    copy_token_hmac = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001  # unique, so never ""
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True),
                name="one_open_invitation_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.get_role_display()})"

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class OutgoingMail(models.Model):
    """A mail that has to leave, written in the transaction of what causes it. Its words go once it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=255)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    fill = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="Path of the function that gives the secret words of a mass mail when it leaves.",
    )
    fill_argument = models.CharField(max_length=100, blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["not_before"]
        indexes = [models.Index(fields=["not_before"], condition=Q(sent_at__isnull=True), name="mails_to_send")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"


class NotificationQuerySet(OrganisationQuerySet):
    """Notifications, as far as their readers may still see what they speak of."""

    def for_person(self, user: User) -> Self:
        """Those of one person, in organisations where that person is a member now."""
        return self.filter(recipient=user, organisation__memberships__user=user)


class Notification(models.Model):
    """Something that one person should know of, with the way to it."""

    class Kind(models.TextChoices):
        """What happened."""

        MENTION = "mention", _("mentioned you")
        REPLY = "reply", _("answered you")
        STORY = "story", _("told a story that waits to be looked at")
        PUBLISHED = "published", _("published your story")
        DECLINED = "declined", _("did not publish your story")
        THANKS = "thanks", _("says thank you for your story")

    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    actor_name = models.CharField(max_length=254, help_text="Who did it, called as then.")
    place = models.CharField(max_length=500, help_text="Where it happened, in words.")
    excerpt = models.TextField(help_text="The beginning of what was said.")
    path = models.CharField(max_length=500, help_text="The address of the place, without the host.")
    source = models.CharField(max_length=60, db_index=True, help_text="What it speaks of: when that goes, it goes.")
    at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["recipient"], condition=Q(seen_at__isnull=True), name="unseen_notifications")]
        constraints = [models.UniqueConstraint(fields=["recipient", "source", "kind"], name="one_notification_a_cause")]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.get_kind_display()}: {self.place}"


class Submission(models.Model):
    """A form that was sent and worked, so that the same one sent again works no second time."""

    digest = models.CharField(max_length=64, primary_key=True, help_text="Of who sent what where.")
    answer = models.CharField(max_length=500, blank=True, help_text="The address that the first one led to.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.digest
