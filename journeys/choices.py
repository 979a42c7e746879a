"""The words one chooses from: channels, decisions, the six levels."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Where a moment happens. Each has an icon of the same meaning in CHANNEL_ICONS."""

    PHONE = "phone", _("Phone")
    IN_PERSON = "in_person", _("In person")
    WEB = "web", _("Web")
    APP = "app", _("App")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    CHAT = "chat", _("Chat")
    MESSAGE = "message", _("Message")
    INVOICE = "invoice", _("Invoice")
    DELIVERY = "delivery", _("Delivery")
    WAITING = "waiting", _("Waiting")
    OTHER = "other", _("Other")


CHANNEL_ICONS = {
    Channel.PHONE: "phone",
    Channel.IN_PERSON: "users",
    Channel.WEB: "globe",
    Channel.APP: "smartphone",
    Channel.EMAIL: "mail",
    Channel.LETTER: "mail-open",
    Channel.CHAT: "message-circle",
    Channel.MESSAGE: "message-square-text",
    Channel.INVOICE: "receipt",
    Channel.DELIVERY: "package",
    Channel.WAITING: "timer",
    Channel.OTHER: "circle-dot",
}


class Decision(models.TextChoices):
    """What is to become of a moment."""

    KEEP = "keep", _("Keep")
    ENHANCE = "enhance", _("Enhance")
    ELIMINATE = "eliminate", _("Eliminate")


class VolumeSource(models.TextChoices):
    """Where a moment's contacts and seconds come from. Source: METHOD, "Volume and time"."""

    ESTIMATE = "estimate", _("estimate, typed")
    STAFF = "staff", _("staff's median")
    MEASURED = "measured", _("measured in a contact log")


class Level(models.IntegerChoices):
    """The six ordered steps of METHOD, attributed to Ron Kaufman. 1 and 2 damage value, 4 to 6 create it."""

    CRIMINAL = 1, _("Criminal")
    BASIC = 2, _("Basic")
    EXPECTED = 3, _("Expected")
    DESIRED = 4, _("Desired")
    SURPRISING = 5, _("Surprising")
    UNBELIEVABLE = 6, _("Unbelievable")


LEAVE_RATE_PERCENT = 32.0  # the first of the two published ones, journeys.risk

LEVEL_MEANINGS = {
    Level.CRIMINAL: _("A broken promise"),
    Level.BASIC: _("The bare minimum, late or rude"),
    Level.EXPECTED: _("The usual, nothing to remember"),
    Level.DESIRED: _("The way this customer prefers it"),
    Level.SURPRISING: _("An unexpected gift"),
    Level.UNBELIEVABLE: _("Never forgotten"),
}
