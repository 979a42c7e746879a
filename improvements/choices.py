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


class Stayed(TextChoices):
    """Whether the customer of a failure is still one."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("We don't know")


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
