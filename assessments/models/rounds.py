"""A round: one self-assessment of one journey, on a frozen copy of its moments."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import Organisation, OrganisationQuerySet
from assessments.choices import ANSWER_LANGUAGES, Audience, Privacy, Release, Repeats, RoundState, View
from assessments.limits import GROUP_NAME_MAX
from assessments.privacy import DEFAULT_MINIMUM, SMALLEST_MINIMUM
from journeys.choices import CHANNEL_ICONS, LEAVE_RATE_PERCENT, Channel
from journeys.limits import TITLE_MAX
from journeys.models import Journey, Moment


def _default_languages() -> list[str]:
    return ["en"]


def scoped(path: str) -> Any:
    """A manager of rows that reach their organisation by `path`; it refuses to work outside a scope."""
    queryset = type("ScopedQuerySet", (OrganisationQuerySet,), {"organisation_path": path})
    return ScopedManager(organisation=path, _manager_class=models.Manager.from_queryset(queryset))


class Round(models.Model):
    """One asking. Its moments are copied from the map when it opens; until then they are the map's."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rounds")
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="rounds")
    title = models.CharField(_("title"), max_length=TITLE_MAX, validators=[ProhibitNullCharactersValidator()])
    audience = models.CharField(_("who is asked"), max_length=10, choices=Audience.choices, default=Audience.STAFF)
    privacy = models.CharField(_("privacy"), max_length=12, choices=Privacy.choices, default=Privacy.ANONYMOUS)
    release = models.CharField(_("results appear"), max_length=12, choices=Release.choices, default=Release.AT_CLOSING)
    minimum_group = models.PositiveSmallIntegerField(
        _("minimum group"),
        default=DEFAULT_MINIMUM,
        validators=[MinValueValidator(SMALLEST_MINIMUM), MaxValueValidator(1000)],
        help_text="k: what fewer people said is shown to nobody. Fixed once opened.",
    )
    languages = models.JSONField(_("languages"), default=_default_languages, help_text="Codes; the first is the usual.")
    asks_times = models.BooleanField(_("times a week"), default=True)
    asks_seconds = models.BooleanField(_("seconds each"), default=True)
    asks_decision = models.BooleanField(_("keep, enhance or eliminate"), default=True)
    asks_idea = models.BooleanField(_("what more could we do?"), default=True)
    not_for_customers = models.JSONField(
        default=list,
        blank=True,
        help_text="Ids of the map's moments that customers are not asked about, while a draft.",
    )

    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text="Planned; empty: by hand.")
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True, help_text="Planned; empty: by hand.")
    opened_at = models.DateTimeField(null=True, blank=True, help_text="First opened.")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Last closed.")
    repeats = models.CharField(_("comes again"), max_length=10, choices=Repeats.choices, blank=True)
    opens_day = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Day of the month that a repeating round wants; a short month gives its last."
    )
    closes_day = models.PositiveSmallIntegerField(null=True, blank=True)
    reminder_days = models.PositiveSmallIntegerField(
        _("remind"), null=True, blank=True, help_text="So many days before it closes; empty: by hand."
    )
    remind_at = models.DateTimeField(null=True, blank=True, help_text="Planned; empty once done.")
    has_people_to_copy = models.BooleanField(
        default=False, db_default=False, help_text="Of the previous round; a worker does it in pieces."
    )
    previous = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="following")

    # Frozen when it opens, as its moments are.
    journey_title = models.CharField(max_length=TITLE_MAX, blank=True)
    journey_language = models.CharField(max_length=10, default="en")
    journey_version = models.PositiveIntegerField(null=True, blank=True)
    customers_per_year = models.PositiveBigIntegerField(default=0)
    leave_rate_percent = models.FloatField(
        default=LEAVE_RATE_PERCENT, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    source_scale = models.JSONField(
        null=True, blank=True, help_text="Of imported answers: how their scale was mapped to levels."
    )
    version = models.PositiveIntegerField(default=1, help_text="Grows with every change of the round or its results.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(minimum_group__gte=SMALLEST_MINIMUM), name="round_minimum_at_least_3"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opened_at__isnull=False), name="round_past_draft_was_opened"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opens_at"], name="rounds_to_open"),
            models.Index(fields=["state", "closes_at"], name="rounds_to_close"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("round_page", args=[self.organisation.slug, self.pk])

    @property
    def language_names(self) -> list[str]:
        """By their own names."""
        return [ANSWER_LANGUAGES.get(code, code) for code in self.languages]

    @property
    def views(self) -> tuple[View, ...]:
        """Who is asked, staff first."""
        return tuple(View) if self.audience == Audience.BOTH else (View(self.audience),)

    @property
    def is_draft(self) -> bool:
        return self.state == RoundState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN

    @property
    def has_ended(self) -> bool:
        return self.state in (RoundState.CLOSED, RoundState.ARCHIVED)

    @property
    def is_anonymous(self) -> bool:
        return self.privacy == Privacy.ANONYMOUS


class RoundMoment(models.Model):
    """One moment as the map had it when the round opened. Positions count from 0 over the whole journey."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="moments")
    position = models.PositiveSmallIntegerField()
    moment = models.ForeignKey(
        Moment, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Where it came from, if still there."
    )
    source_id = models.BigIntegerField(
        null=True, help_text="The moment's id, kept when it is deleted: the same one is matched between rounds."
    )
    stage_title = models.CharField(max_length=TITLE_MAX)
    title = models.CharField(max_length=TITLE_MAX)
    experience = models.TextField(blank=True)
    translations = models.JSONField(default=dict, help_text='{"de": {"title": ..., "experience": ..., "stage": ...}}')
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.OTHER)
    contacts_per_customer = models.FloatField(default=1, help_text="A year.")
    seconds = models.FloatField(default=60)
    level = models.PositiveSmallIntegerField(null=True, help_text="The manager's own estimate.")
    is_make_or_break = models.BooleanField(default=False)
    is_for_customers = models.BooleanField(default=True, help_text="Whether customers are asked about it.")

    objects: ClassVar[Any] = scoped("round__organisation")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="one_round_moment_a_position")]

    def __str__(self) -> str:
        return self.title

    @property
    def icon(self) -> str:
        """The name of the channel's icon."""
        return CHANNEL_ICONS[Channel(self.channel)]

    def title_in(self, language: str) -> str:
        """The title in a language, or as on the map."""
        return self.translations.get(language, {}).get("title") or self.title

    def experience_in(self, language: str) -> str:
        """What the customer sees, hears and feels, in a language, or as on the map."""
        return self.translations.get(language, {}).get("experience") or self.experience


class RoundGroup(models.Model):
    """A team or branch. Its people answer by its link; results are parted by it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=GROUP_NAME_MAX, validators=[ProhibitNullCharactersValidator()])
    position = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField(
        _("people"), null=True, blank=True, help_text="How many could answer, for the response rate."
    )

    objects: ClassVar[Any] = scoped("round__organisation")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="one_group_a_name")]

    def __str__(self) -> str:
        return self.name


class RoundEvent(models.Model):
    """What was done with a round, by whom and why. Never changed."""

    class Kind(models.TextChoices):
        """What was done."""

        OPENED = "opened", _("opened")
        CLOSED = "closed", _("closed")
        REOPENED = "reopened", _("opened again")
        ARCHIVED = "archived", _("archived")
        RELEASED = "released", _("results released")
        REDACTED = "redacted", _("a name was taken out of a comment")
        TAKEN_OVER = "taken_over", _("volumes taken over into the map")
        NOT_IMPORTED = "not_imported", _("answers from a file came too late")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField(auto_now_add=True)
    actor_name = models.CharField(max_length=254, blank=True, help_text="Empty: by itself, as planned.")
    reason = models.TextField(blank=True)

    objects: ClassVar[Any] = scoped("round__organisation")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.round}: {self.get_kind_display()}"


class MomentTranslation(models.Model):
    """A moment's words in another language, for respondents."""

    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10)
    title = models.CharField(
        _("title"), max_length=TITLE_MAX, blank=True, validators=[ProhibitNullCharactersValidator()]
    )
    experience = models.TextField(
        _("what the customer sees, hears and feels"), blank=True, validators=[ProhibitNullCharactersValidator()]
    )

    objects: ClassVar[Any] = scoped("moment__stage__journey__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["moment", "language"], name="one_translation_a_language")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
