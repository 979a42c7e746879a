"""What a screen on the wall can show."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SlideKind(TextChoices):
    """What a screen on the wall shows, in the order in which it does."""

    NUMBER = "number", _("Moments of truth a year")
    BALANCE = "balance", _("Loyalty balance of the newest results")
    LADDER = "ladder", _("The ladder with its curve")
    WEAKEST = "weakest", _("Weakest moment, and what more we will do")
    STORIES = "stories", _("Stories of the week")
    ACTIONS = "actions", _("Actions done")
    ASK = "ask", _("QR code of the round that is open")
