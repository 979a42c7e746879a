"""The words that an outline understands: English always, and the labels of the language in use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from journeys.choices import Channel, Decision, Level

# Each row: what is meant, and the words for it; labels are added to channels, decisions and levels.
CHANNELS: dict[Channel, tuple[str, ...]] = {
    Channel.PHONE: ("tel", "telephone", "call", "by phone", "phone call", "hotline"),
    Channel.IN_PERSON: (
        *("person", "face to face", "face-to-face", "f2f", "on site", "on-site", "onsite", "visit", "meeting"),
        *("branch", "store", "shop", "counter", "desk"),
    ),
    Channel.WEB: ("website", "web site", "site", "online", "internet", "browser", "portal"),
    Channel.APP: ("mobile", "mobile app"),
    Channel.EMAIL: ("e-mail", "mail", "newsletter"),
    Channel.LETTER: ("post", "by post", "postal", "postal mail"),
    Channel.CHAT: ("live chat", "web chat", "webchat", "chatbot"),
    Channel.MESSAGE: ("sms", "text message", "whatsapp", "messenger", "push", "push message", "notification"),
    Channel.INVOICE: ("bill",),
    Channel.DELIVERY: ("parcel", "courier", "shipment", "shipping"),
    Channel.WAITING: ("wait", "waits", "queue", "queueing", "in line"),
    Channel.OTHER: (),
}
DECISIONS: dict[Decision, tuple[str, ...]] = {
    Decision.KEEP: (),
    Decision.ENHANCE: ("improve",),
    Decision.ELIMINATE: ("remove", "drop"),
}
FLAGS = ("make or break", _("make or break"), "make-or-break", "moment of truth", _("moment of truth"), "!")
KEYS: dict[str, tuple[Any, ...]] = {
    "experience": ("sees", _("sees"), "experience", "experiences", "sees, hears and feels", "hears", "feels"),
    "expectation": ("expects", _("expects"), "expectation", "expected"),
    "serves_in_front": ("front", _("front"), "in front", "served by", "serves"),
    "stands_behind": ("behind", _("behind"), "stands behind", "backstage"),
    "systems": ("systems", _("systems"), "system", "it systems", "applications"),
    "what_more": ("more", _("more"), "what more", "we will"),
    "channel": ("channel", _("channel")),
    "contacts_per_customer": ("contacts", _("contacts"), "volume", "contacts per customer", "contacts a year"),
    "seconds": ("seconds", _("seconds"), "time", "duration"),
    "level": ("level", _("level")),
    "decision": ("decision", _("decision")),
}
HEADER_KEYS: dict[str, tuple[Any, ...]] = {
    "customers_per_year": ("customers", _("customers"), "customers a year", "customers per year"),
    "customer": ("customer", _("customer"), "who"),
    "language": ("language", _("language")),
}
YEARLY: dict[float, tuple[Any, ...]] = {
    1: ("yr", "y", "year", "years", "annum", _("year")),
    2: ("half-year", "half year", _("half-year")),
    4: ("q", "qtr", "quarter", "quarters", _("quarter")),
    12: ("mo", "mth", "month", "months", _("month")),
    52: ("w", "wk", "week", "weeks", _("week")),
    365: ("d", "day", "days", _("day")),
}
SECONDS: dict[float, tuple[Any, ...]] = {
    1: ("s", "sec", "secs", "second", "seconds", _("second"), _("seconds")),
    60: ("m", "min", "mins", "minute", "minutes", _("minute"), _("minutes")),
    3600: ("h", "hr", "hrs", "hour", "hours", _("hour"), _("hours")),
    86400: ("d", "day", "days", _("day"), _("days")),
    604800: ("w", "wk", "week", "weeks", _("week"), _("weeks")),
}
MULTIPLES: dict[float, tuple[Any, ...]] = {
    1_000: ("k", "thousand", _("thousand")),
    1_000_000: ("m", "mn", "mio", "million", "millions", _("million")),
    1_000_000_000: ("b", "bn", "mrd", "billion", "billions", _("billion")),
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What each word means, in lower case.

    alone: what a word alone says of a moment, {"sms": ("channel", "message"), "!": ("is_make_or_break", True)};
    keys, header_keys: the field that a word before a colon names; times_a_year, seconds, multiples: what units mean.
    """

    alone: dict[str, tuple[str, Any]]
    keys: dict[str, str]
    header_keys: dict[str, str]
    times_a_year: dict[str, float]
    seconds: dict[str, float]
    multiples: dict[str, float]


def vocabulary() -> Vocabulary:
    """The words understood just now."""
    return _vocabulary_in(get_language() or "en")


@lru_cache
def _vocabulary_in(_language: str) -> Vocabulary:
    """Made once a language; the lazy labels follow the language in use, which is this one."""
    tables: tuple[dict[Any, tuple[Any, ...]], ...] = (KEYS, HEADER_KEYS, YEARLY, SECONDS, MULTIPLES)
    return Vocabulary(_words_alone(), *(_by_word(table) for table in tables))


def _by_word(table: dict[Any, tuple[Any, ...]]) -> dict[str, Any]:
    return {str(word).casefold(): meaning for meaning, words in table.items() for word in words}


def _words_alone() -> dict[str, tuple[str, Any]]:
    words: dict[str, tuple[str, Any]] = {str(flag).casefold(): ("is_make_or_break", True) for flag in FLAGS}
    words |= {label: ("level", level.value) for level in Level for label in _labels(level)}
    for decision, more in DECISIONS.items():
        words |= dict.fromkeys((decision.value, *_labels(decision), *more), ("decision", decision.value))
    for channel, more in CHANNELS.items():
        words |= dict.fromkeys((channel.value, *_labels(channel), *more), ("channel", channel.value))
    return words


def _labels(choice: Channel | Decision | Level) -> set[str]:
    """A choice's label, in English and in the language in use."""
    with override("en"):
        english = str(choice.label)
    return {english.casefold(), str(choice.label).casefold()}
