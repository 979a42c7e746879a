"""What a story says on paper: words that the fonts have, no longer than there is room, named only with consent."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format

from improvements.models import Story
from reports.limits import CERTIFICATE_WORDS_MAX
from reports.paper.text import clean
from reports.report_text import TURNING
from reports.typesetting import missing_letters, printable

SENTENCE_END = re.compile(r"[.!?…。؟][”\"')\]]*\s")
ENDLESS, WORD_PART, MAY_BREAK = re.compile(r"\S{25,}"), re.compile(r"\S{1,8}"), "\u200b"
CERTIFICATE_LETTERS = 420
SENTENCE_LEAST = 0.4  # of the room: a sentence that ends earlier would leave out too much


def paper_words(text: str) -> str:
    """One line without what no font has, such as pictographs: a story's teller is not there to write it anew."""
    plain = printable(clean(TURNING.sub("", text)))
    missing = set(missing_letters(plain))
    return " ".join("".join(letter for letter in plain if letter not in missing).split())


def shorten_story(text: str, letters: int) -> tuple[str, bool]:
    """The text in at most so many letters, and whether it was cut: after a sentence, else after a word, with “…”."""
    if len(text) <= letters:
        return text, False
    ends = [found.end() for found in SENTENCE_END.finditer(text, 0, letters - 1)]
    if ends and ends[-1] >= letters * SENTENCE_LEAST:
        return f"{text[: ends[-1]].rstrip()} …", True
    whole = text[: letters - 1].rpartition(" ")[0].rstrip(" ,;:–-")
    return f"{whole or text[: letters - 1]}…", True


def story_text(story: Story) -> str:
    """What happened and, of a recovery, what was done then."""
    return paper_words(" ".join(filter(None, (story.what_happened, story.what_we_did))))


def certificate_words(story: Story) -> tuple[str, bool]:
    """Its first sentences as far as a certificate has room for them, and whether that is less than all."""
    words = story_text(story).split()
    text = " ".join(words)
    letters = min(len(" ".join(words[:CERTIFICATE_WORDS_MAX])), CERTIFICATE_LETTERS)
    return (text, False) if letters >= len(text) else shorten_story(text, letters)


def story_doer(story: Story) -> str:
    """Who did it: a name where whoever bears it agreed, else the team."""
    return paper_words(story.doer)


def story_month(happened_on: date | None) -> str:
    """March 2026, in the language that is active; empty where nobody said when."""
    return date_format(happened_on, "YEAR_MONTH_FORMAT") if happened_on else ""


def set_words(text: str) -> str:
    """Words that may break before they are wider than a column."""
    return ENDLESS.sub(lambda word: MAY_BREAK.join(WORD_PART.findall(word[0])), text)
