"""Who is meant by an @ in a comment. Pure: plain values in and out."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

PHRASE_MAX = 254
AT = re.compile(r"(?<![\w.+-])@(?=\S)")
TRAILING = ".,;:!?)]}>\"'»”’…"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be mentioned."""

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the @ signs of a text name. found: the words as typed, by person; the others: words that name nobody, or
    several."""

    found: Mapping[int, str]
    unknown: tuple[str, ...]
    ambiguous: tuple[str, ...]


def read_mentions(text: str, people: Iterable[Person]) -> Mentions:
    """Find each @name in a text: an e-mail address, a whole name, or a first name or the like that only one has.

    Capitals, accents' encoding and the kind of white space don't matter; the longest match counts.
    """
    whole, short = _index(people)
    found: dict[int, str] = {}
    unknown: dict[str, None] = {}
    ambiguous: dict[str, None] = {}
    for phrases in _phrases(text):
        phrase, ids = _match(phrases, whole, short)
        if len(ids) == 1:
            found.setdefault(next(iter(ids)), phrase)
        else:
            (ambiguous if ids else unknown)[phrase] = None
    return Mentions(found, tuple(unknown), tuple(ambiguous))


def split_mentions(text: str, typed: Iterable[str]) -> list[tuple[bool, str]]:
    """A text in pieces, in order; True where the piece is one of the mentions, its @ included."""
    names = sorted({f"@{words}" for words in typed}, key=len, reverse=True)
    if not names:
        return [(False, text)]
    pieces = re.split("(" + "|".join(re.escape(name) for name in names) + ")", text)
    return [(place % 2 == 1, piece) for place, piece in enumerate(pieces) if piece]


def typed_for(person: Person, people: Iterable[Person]) -> str:
    """What to type behind the @ so that this person alone is meant: the name, or where others share it, the address."""
    name = " ".join(person.name.split())
    same = [other for other in people if _key(other.name) == _key(name)]
    return name if name and len(same) == 1 and AT.search(f"@{name}") else person.email


def _index(people: Iterable[Person]) -> tuple[Mapping[str, set[int]], Mapping[str, set[int]]]:
    whole: dict[str, set[int]] = defaultdict(set)
    short: dict[str, set[int]] = defaultdict(set)
    for person in people:
        for words in filter(None, (person.name, person.email)):
            whole[_key(words)].add(person.id)
        for words in (*person.name.split()[:1], person.email.split("@")[0]):
            short[_key(words)].add(person.id)
    return whole, short


def _phrases(text: str) -> Iterator[list[str]]:
    """For each @, what may be the name behind it: the longest first, the first word last."""
    for at in AT.finditer(text):
        line = text[at.end() : at.end() + PHRASE_MAX].split("\n")[0].split("@@")[0]
        ends = [match.end() for match in re.finditer(r"\S+", line)][:8]
        yield [line[:end] for end in reversed(ends)]


def _match(phrases: list[str], whole: Mapping[str, set[int]], short: Mapping[str, set[int]]) -> tuple[str, set[int]]:
    for phrase in phrases:
        for words in (phrase, phrase.rstrip(TRAILING)):
            if ids := whole.get(_key(words)):
                return words, ids
    word = phrases[-1].rstrip(TRAILING) or phrases[-1]
    return word, short.get(_key(word), set())


def _key(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())
