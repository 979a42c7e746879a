"""Screens on a corridor's wall, each with a link of its own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.languages import LANGUAGES
from accounts.models import Organisation, User
from assessments.choices import View
from assessments.limits import GROUP_NAME_MAX
from assessments.models.links import new_nonce
from assessments.models.rounds import scoped
from improvements.limits import SLIDE_SECONDS, SLIDE_SECONDS_MAX, SLIDE_SECONDS_MIN
from improvements.walls.slide_kinds import SlideKind
from journeys.limits import TITLE_MAX
from journeys.models import Journey


def all_slides() -> list[str]:
    """Every kind, in the order of choices."""
    return list(SlideKind.values)


class Display(models.Model):
    """What one screen shows, and the link that opens it there. The words of the link come from the secret key and a
    nonce; only keyed hashes of them are kept.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="displays")
    name = models.CharField(_("name"), max_length=TITLE_MAX, validators=[ProhibitNullCharactersValidator()])
    journeys = models.ManyToManyField(Journey, verbose_name=_("journeys"), blank=True, related_name="+")
    slides = models.JSONField(_("slides"), default=all_slides, help_text="Kinds, as SlideKind names them.")
    seconds = models.PositiveSmallIntegerField(
        _("seconds a slide"),
        default=SLIDE_SECONDS,
        validators=[MinValueValidator(SLIDE_SECONDS_MIN), MaxValueValidator(SLIDE_SECONDS_MAX)],
    )
    language = models.CharField(_("language"), max_length=10, choices=list(LANGUAGES.items()), default="en")
    asks = models.CharField(_("who passes by"), max_length=10, choices=View.choices, default=View.STAFF)
    team = models.CharField(
        _("team"),
        max_length=GROUP_NAME_MAX,
        blank=True,
        default="",
        validators=[ProhibitNullCharactersValidator()],
        help_text="Whose code is shown where a round parts people by team; empty: those of all.",
    )
    nonce = models.CharField(max_length=32, default=new_nonce)
    token_hmac = models.CharField(max_length=64, unique=True)
    code_hmac = models.CharField(max_length=64, unique=True, help_text="Of the short address that people type.")
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField(max_length=254)
    made_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When a screen last asked what to show.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = scoped("organisation")

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
