"""What a story or an action can be."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class StoryKind(TextChoices):
    """Far beyond the call of duty, or what was made good after it went wrong."""

    IMPACT = "impact", _("Moment of impact")
    RECOVERY = "recovery", _("Failure and recovery")


class StoryState(TextChoices):
    """Told without an account, a story waits until somebody has looked at it."""

    WAITING = "waiting", _("Waiting for review")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Not published")


class ActionState(TextChoices):
    """In the order of the board."""

    PROPOSED = "proposed", _("Proposed")
    PLANNED = "planned", _("Planned")
    DOING = "doing", _("Doing")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Effort(IntegerChoices):
    """Rough on purpose: a day, a week, a month, more."""

    DAY = 1, _("A day or less")
    WEEK = 2, _("About a week")
    MONTH = 3, _("About a month")
    MORE = 4, _("More than a month")


class SlideKind(TextChoices):
    """What a screen on the wall shows, in the order in which it does."""

    NUMBER = "number", _("Moments of truth a year")
    BALANCE = "balance", _("Loyalty balance of the newest results")
    LADDER = "ladder", _("The ladder with its curve")
    WEAKEST = "weakest", _("Weakest moment, and what more we will do")
    STORIES = "stories", _("Stories of the week")
    ACTIONS = "actions", _("Actions done")
    ASK = "ask", _("QR code of the round that is open")
