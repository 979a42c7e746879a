"""Which column of a table holds what, by the words in its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from journeys.formats.words import FLAGS, HEADER_KEYS, KEYS

# Each field in the order in which it is written; the first word is the English heading, others are understood too.
COLUMNS = {
    "stage_number": (_("Stage number"), "stage no", "stage no."),
    "stage": (_("Stage"), "phase", "section", "step group", "stage title", "stage name"),
    "title": (
        _("Moment"),
        "touchpoint",
        "touch point",
        "title",
        "name",
        "step",
        "task",
        "moment title",
        "contact point",
    ),
    "channel": (_("Channel"), "medium", *KEYS["channel"]),
    "contacts_per_customer": (_("Contacts per customer a year"), "frequency", *KEYS["contacts_per_customer"]),
    "seconds": (_("Seconds each"), "duration s", "seconds per contact", *KEYS["seconds"]),
    "level": (_("Level"), "score", "rating", *KEYS["level"]),
    "is_make_or_break": (_("Make or break"), "mot", *(flag for flag in FLAGS if flag != "!")),
    "decision": (_("Decision"), "action", *KEYS["decision"]),
    "serves_in_front": (_("Serves in front"), "front stage", "frontstage", "actor", "actors", *KEYS["serves_in_front"]),
    "stands_behind": (_("Stands behind"), "back stage", "backstage", *KEYS["stands_behind"]),
    "systems": (_("Systems"), *KEYS["systems"]),
    "experience": (_("Sees, hears and feels"), "description", "notes", "note", *KEYS["experience"]),
    "expectation": (_("Expects"), *KEYS["expectation"]),
    "what_more": (_("What more will we do?"), "idea", "ideas", "improvement", *KEYS["what_more"]),
    "journey": (_("Journey"), "journey title", "sequence"),
    "customers_per_year": (_("Customers a year"), *HEADER_KEYS["customers_per_year"]),
    "customer": (_("Customer"), "persona", *HEADER_KEYS["customer"]),
    "language": (_("Language"), *HEADER_KEYS["language"]),
}
_PARTED = re.compile(r"[\W_]+")
_WITHIN_MIN = 5  # letters of a word that may stand inside a longer heading


def match_columns(headings: Sequence[str]) -> list[str]:
    """The field of each column, "" for none. A field is given once, first to its own word."""
    words = _words_in(get_language() or "en")
    fields = [""] * len(headings)
    for is_exact in (True, False):
        for place, heading in enumerate(map(_plain, headings)):
            if fields[place] or not heading:
                continue
            field = words.get(heading, "") if is_exact else _within(heading, words)
            fields[place] = field if field not in fields else ""
    return fields


def _within(heading: str, words: dict[str, str]) -> str:
    """The field of the longest word inside a heading: contacts per customer (2026)."""
    found = [word for word in words if len(word) >= _WITHIN_MIN and f" {word} " in f" {heading} "]
    return words[max(found, key=len)] if found else ""


def _plain(text: str) -> str:
    return _PARTED.sub(" ", text[:200].casefold()).strip()


@lru_cache
def _words_in(_language: str) -> dict[str, str]:
    """Made once a language; the lazy words follow the language in use, which is this one. The first meaning holds."""
    words: dict[str, str] = {}
    for field, known in COLUMNS.items():
        for word in (field, *known):
            words.setdefault(_plain(str(word)), field)
    return words
