"""Which column of a table of answers holds what. Pure functions over headings and moments.

A column's use is a short text: "" for none, "group", or what it holds and of which moment: "level:17", "idea:17",
"times:17", "seconds:17", "decision:17", where 17 is the id of the map's moment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

HOLDS = ("level", "idea", "times", "seconds", "decision")
GROUP = "group"
LIKE_ENOUGH = 0.72  # of two headings, 0 to 1
WITHIN_MIN = 5  # letters of a title that may stand inside a longer heading
_FIELD = re.compile(rf"m(\d{{1,3}})_({'|'.join(HOLDS)})")
_PARTED = re.compile(r"[\W_]+")
_FILLERS = re.compile(r"\b(?:rating|ratings|score|level|mark|bewertung|note|puntuación|betyg|q\d+)\b")
_OF_WORDS = {
    "idea": (
        "idea",
        "ideas",
        "comment",
        "comments",
        "kommentar",
        "idee",
        "commentaire",
        "idée",
        "comentario",
        "förslag",
    ),
    "times": ("times a week", "times per week", "frequency", "mal pro woche", "fois par semaine"),
    "seconds": ("seconds", "sekunden", "secondes", "segundos", "sekunder", "duration"),
    "decision": ("decision", "entscheidung", "décision", "decisión", "beslut", "keep enhance eliminate"),
}
_GROUP_WORDS = frozenset(
    (
        *("group", "team", "branch", "department", "location", "site", "station", "unit"),
        *("gruppe", "filiale", "abteilung", "standort", "groupe", "équipe", "agence", "grupo"),
        *("equipo", "sucursal", "departamento", "grupp", "avdelning", "kontor", "مجموعة", "فريق"),
    )
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A moment that columns can belong to. id: of the map's moment; number: from 1; titles: in every language."""

    id: int
    number: int
    titles: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.titles[0]


def parse_use(use: str, asked: Sequence[Asked]) -> tuple[str, int] | None:
    """What a column holds and of which moment's id; None where it is another use or the moment is not asked about."""
    holds, _colon, place = use.partition(":")
    known = {str(moment.id) for moment in asked}
    return (holds, int(place)) if holds in HOLDS and place in known else None


def guess_uses(headings: Sequence[str], asked: Sequence[Asked]) -> list[str]:
    """The use of each column, "" where none is likely. A moment's level is given once, to the heading most like it."""
    uses = [_named_field(heading, asked) for heading in headings]
    taken = {use for use in uses if use}
    for _likeness, place, use in sorted(_candidates(headings, asked), key=lambda found: (-found[0], found[1])):
        if not uses[place] and use not in taken:
            uses[place] = use
            taken.add(use)
    if GROUP not in taken:
        of_group = [place for place, heading in enumerate(headings) if not uses[place] and _is_group(heading)]
        uses = [GROUP if place == min(of_group, default=-1) else use for place, use in enumerate(uses)]
    return uses


def _named_field(heading: str, asked: Sequence[Asked]) -> str:
    """The fields of our own forms: m3_level, group."""
    name = heading.strip().casefold()
    found = _FIELD.fullmatch(name)
    by_number = {moment.number: moment.id for moment in asked}
    if found and int(found[1]) in by_number:
        return f"{found[2]}:{by_number[int(found[1])]}"
    return GROUP if name == GROUP else ""


def _candidates(headings: Sequence[str], asked: Sequence[Asked]) -> list[tuple[float, int, str]]:
    """How like a moment each heading is, its place, and what it would be used for."""
    found = []
    for place, heading in enumerate(headings):
        text, holds = _split_holds(plain(heading))
        for moment in asked:
            likeness = max(like(text, plain(title)) for title in moment.titles)
            if likeness >= LIKE_ENOUGH:
                found.append((likeness, place, f"{holds}:{moment.id}"))
    return found


def plain(text: str) -> str:
    """Words alone, in lower case: Staff_service (rating) and "staff service" are alike."""
    words = _PARTED.sub(" ", text[:300].casefold()).strip()
    return " ".join(_FILLERS.sub(" ", words).split()) or words


def _split_holds(text: str) -> tuple[str, str]:
    """A plain heading without the word for what it holds, and what it holds."""
    for holds, words in _OF_WORDS.items():
        for word in words:
            if f" {word} " in f" {text} ":
                return " ".join(f" {text} ".replace(f" {word} ", " ").split()), holds
    return text, "level"


def like(heading: str, title: str) -> float:
    """How like two plain texts are, 0 to 1: the same, one inside of the other, or letter by letter."""
    if not heading or not title:
        return 0.0
    if heading == title:
        return 1.0
    if len(title) >= WITHIN_MIN and f" {title} " in f" {heading} ":
        return 0.95
    if len(heading) >= WITHIN_MIN and f" {heading} " in f" {title} ":
        return 0.9
    return min(SequenceMatcher(None, heading, title, autojunk=False).ratio(), 0.89)


def _is_group(heading: str) -> bool:
    return bool(_GROUP_WORDS & set(plain(heading).split()))


def has_own_levels(headings: Sequence[str]) -> bool:
    """Whether all headings are fields of our own form, so that its numbers are levels, whichever of them occur."""
    return bool(headings) and all(_FIELD.fullmatch(heading.strip().casefold()) for heading in headings)


def columns_of(uses: Mapping[int, str], asked: Sequence[Asked]) -> dict[int, tuple[str, int]]:
    """By column, what it holds and the moment's id, of those that hold something of a moment."""
    found = {place: parse_use(use, asked) for place, use in uses.items()}
    return {place: use for place, use in sorted(found.items()) if use}
