"""The words one chooses from in a round."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.languages import LANGUAGES


class View(models.TextChoices):
    """Whose levels. The third view, the manager's, stands on the map."""

    STAFF = "staff", _("Staff")
    CUSTOMERS = "customers", _("Customers")


class Audience(models.TextChoices):
    """Who is asked."""

    STAFF = "staff", _("Staff")
    CUSTOMERS = "customers", _("Customers")
    BOTH = "both", _("Staff and customers")


class RoundState(models.TextChoices):
    """draft -> open -> closed -> archived; closed and archived may open again, with a reason."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


class Privacy(models.TextChoices):
    """What is kept of who answered. The rule of the minimum group is the same for both."""

    ANONYMOUS = "anonymous", _("Anonymous: nothing ties an answer to a person")
    CONFIDENTIAL = (
        "confidential",
        _("Confidential: a personal link works on any device; nobody is shown whose answer it is"),
    )


class Release(models.TextChoices):
    """When results appear."""

    AT_CLOSING = "at_closing", _("When the round closes")
    IN_BATCHES = "in_batches", _("While it is open too, in batches of at least the minimum group")


class Repeats(models.TextChoices):
    """How often a round comes again by itself."""

    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")


class Sending(models.TextChoices):
    """A mail that a recipient is to get."""

    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder")


class Source(models.TextChoices):
    """How a response came in."""

    LINK = "link", _("Open link")
    PERSONAL = "personal", _("Personal link")
    KIOSK = "kiosk", _("Shared tablet")
    PAPER = "paper", _("Paper")
    IMPORTED = "imported", _("Imported")


class Question(models.TextChoices):
    """What a tally counts."""

    LEVEL = "level", _("Level")
    DECISION = "decision", _("Keep, enhance, eliminate")
    TIMES = "times", _("Times a week")
    SECONDS = "seconds", _("Seconds each")


ANSWER_LANGUAGES = LANGUAGES
"""Languages in which respondents are asked, by their own names."""
RIGHT_TO_LEFT = frozenset({"ar"})
