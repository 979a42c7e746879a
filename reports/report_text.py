"""People's words as a report can carry them: without letters that break a document, shortened where they run on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from jobs.problems import Refusal
from journeys.limits import TITLE_MAX
from reports.leader.choice import IDEA_LETTERS_MAX, PLAN_LETTERS_MAX
from reports.paper.text import clean
from reports.preflight import NEW_LINES_MAX, UNBROKEN_MAX, called
from reports.typesetting import REGULAR, advances

ARABIC_FACE = "arabic/notosansarabic-regular"
NO_GLYPH = "\u25a1"
"""Stands for a letter that no font of the report has, such as a pictograph."""
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000e-\u001f\u007f-\u009f]")
LONG_TEXTS = frozenset({"text", "what_more"})
"""All other texts of a report are names."""
BREAK_EVERY, MAY_BREAK = 16, "\u200b"
ENDLESS = re.compile(r"\S{60,}")
MOSTLY = 0.5
REPORT_LETTERS_MAX, REPORT_LINES_MAX = 250_000, 5_000  # more would not go on forty pages
LETTERS_MAX, LINES_MAX, WORD_MAX = 3_000, 40, 250  # of one text on a form or card
NO_TEXT = "look"
"""What stands under this name is not written by people: a picture and a colour."""


@cache
def known_letters() -> frozenset[str]:
    """Letters that the report's fonts have, and spaces."""
    return frozenset({*advances(REGULAR), *advances(ARABIC_FACE), *" \n\t\u00a0\u00ad\u200b"})


def legible(value: Any, name: str = "") -> Any:
    """Every text inside as it can be set: nothing that turns the reading direction, a box for each unknown letter,
    names no longer than their fields take, and words that may break before they hold up the renderer.
    """
    if isinstance(value, dict):
        return {key: inner if key == NO_TEXT else legible(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [legible(inner, name) for inner in value]
    if not isinstance(value, str):
        return value
    text = _in_known_letters(clean(TURNING.sub("", value)))
    return ENDLESS.sub(_breakable, text if name in LONG_TEXTS else shortened(text, TITLE_MAX))


def _breakable(word: re.Match[str]) -> str:
    return MAY_BREAK.join(word[0][start : start + BREAK_EVERY] for start in range(0, len(word[0]), BREAK_EVERY))


def _in_known_letters(text: str) -> str:
    known = known_letters()
    return text if known.issuperset(text) else "".join(it if it in known else NO_GLYPH for it in text)


def shortened(text: str, most: int) -> str:
    """The first words up to so many letters, with an ellipsis where there is more."""
    if len(text) <= most:
        return text
    whole = text[:most].rpartition(" ")[0].rstrip()
    return f"{whole or text[: most - 1]}…"


def texts_in(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside with the title of what it belongs to, or its own name."""
    if isinstance(value, dict):
        owner = str(value.get("title") or name)
        for key, inner in value.items():
            yield from texts_in(inner, owner or str(key)) if key != NO_TEXT else ()
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner, name)
    elif isinstance(value, str):
        yield name, value


def check_inputs(inputs: dict[str, Any]) -> None:
    """Raises Refusal, naming each text, where one would hold up the renderer or most titles have no letters to set."""
    found = [*problems_of(inputs), *_too_much(inputs)]
    letters = "".join(moment["title"] for part in _parts(inputs) for moment in part["moments"])
    unknown = sum(letter not in known_letters() for letter in letters)
    if unknown > MOSTLY * len(letters):
        found.append(_("The report's fonts lack most letters of the titles. It can be made in Latin, Greek, Cyrillic "
                       "and Arabic letters."))  # fmt: skip
    if found:
        raise Refusal("\n".join(found))


def _cut(inputs: dict[str, Any]) -> dict[str, Any]:
    """The inputs with plans and ideas no longer than a report shows of them."""
    plans = [{**plan, "what_more": plan["what_more"][:PLAN_LETTERS_MAX]} for plan in inputs.get("plans", ())]
    ideas = [{**idea, "text": idea["text"][:IDEA_LETTERS_MAX]} for idea in inputs.get("ideas", {}).get("shown", ())]
    return {**inputs, "plans": plans, "ideas": ideas}


def _too_much(whole: dict[str, Any]) -> Iterator[str]:
    inputs = _cut(whole)
    count = sum(len(text) for _name, text in texts_in(inputs))
    if count > REPORT_LETTERS_MAX:
        said = _(
            "The texts have %(count)s characters together, more than a report takes (%(most)s). Shorten the longest."
        )
        yield said % {"count": count, "most": REPORT_LETTERS_MAX}
    lines = sum(text.count("\n") for _name, text in texts_in(inputs))
    if lines > REPORT_LINES_MAX:
        said = _("The texts have %(count)s lines together, more than a report takes (%(most)s). Take empty lines out.")
        yield said % {"count": lines, "most": REPORT_LINES_MAX}


def check_texts(inputs: dict[str, Any]) -> None:
    """Raises Refusal, naming each text, where one would hold up the renderer, or is longer than any field takes."""
    found = [*problems_of(inputs), *dict.fromkeys(_too_long(name, text) for name, text in texts_in(inputs))]
    if any(found):
        raise Refusal("\n".join(filter(None, found)))


def problems_of(inputs: dict[str, Any]) -> list[str]:
    """What has to be changed before the texts inside can be set, each once."""
    return list(dict.fromkeys(problem for name, text in texts_in(inputs) for problem in _problems(name, text)))


def _too_long(name: str, text: str) -> str:
    said = _(
        "A text of “%(name)s” has more than %(most)d characters, %(lines)d lines, or %(word)d letters without a space. "
        "Shorten it."
    )
    is_long = len(text) > LETTERS_MAX or text.count("\n") > LINES_MAX
    if not is_long and max(map(len, text.split()), default=0) <= WORD_MAX:
        return ""
    return said % {"name": called(name), "most": LETTERS_MAX, "lines": LINES_MAX, "word": WORD_MAX}


def _parts(inputs: dict[str, Any]) -> list[dict[str, Any]]:
    """What has moments: the round's figures, or each journey."""
    return [inputs["figures"]] if "figures" in inputs else inputs["journeys"]


def _problems(name: str, text: str) -> Iterator[str]:
    words = {"name": called(name)}
    if max(map(len, text.split()), default=0) > UNBROKEN_MAX:
        said = _("In “%(name)s” stand more than %(most)d characters without a space. Put spaces between the words.")
        yield said % {**words, "most": UNBROKEN_MAX}
    if text.count("\n") > NEW_LINES_MAX:
        yield _("A text of “%(name)s” has more than %(most)d lines. Shorten it.") % {**words, "most": NEW_LINES_MAX}
