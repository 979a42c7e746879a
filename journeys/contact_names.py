"""Names of touchpoints matched to moments: alike to the letter, by likeness as a proposal, or as somebody said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from journeys.models import Journey, Moment, NameRule

LIKE = 0.72  # share of letters in the same order from which a name is proposed
COMPARED_MAX = 200  # names for which a proposal is looked for
IGNORE = "ignore"


def plain_name(text: str) -> str:
    """Without capitals, accents and marks: “Check-in  (desk)” reads check in desk."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", kept.replace("_", " ")))


def match_exactly(journey: Journey, names: Iterable[str]) -> None:
    """Keep a rule for every name that has none yet and reads as exactly one moment does."""
    by_title: dict[str, list[Moment]] = {}
    for moment in moments_of(journey):
        by_title.setdefault(plain_name(moment.title), []).append(moment)
    found = {name: by_title.get(plain_name(name), []) for name in names}
    rules = [NameRule(journey=journey, name=name, moment=same[0]) for name, same in found.items() if len(same) == 1]
    NameRule.objects.bulk_create(rules, ignore_conflicts=True)


def moments_of(journey: Journey) -> list[Moment]:
    """In the journey's order, with their stages."""
    return list(Moment.objects.filter(stage__journey=journey).select_related("stage"))


def propose(names: Sequence[str], moments: Sequence[Moment]) -> dict[str, Moment]:
    """The likeliest moment of each name, where one is alike enough."""
    titles = [(plain_name(moment.title), moment) for moment in moments]
    proposed = {name: _likeliest(plain_name(name), titles) for name in names[:COMPARED_MAX]}
    return {name: moment for name, moment in proposed.items() if moment}


def _likeliest(name: str, titles: Sequence[tuple[str, Moment]]) -> Moment | None:
    if not name:
        return None
    best = max(((likeness(name, title), -place) for place, (title, _moment) in enumerate(titles)), default=(0.0, 0))
    return titles[-best[1]][1] if best[0] >= LIKE else None


def likeness(one: str, other: str) -> float:
    """0 to 1: of the letters in their order, or of the words, whichever is more."""
    words, others = set(one.split()), set(other.split())
    shared = len(words & others) / max(min(len(words), len(others)), 1)
    by_words = 0.9 * shared if shared == 1 and max(map(len, words & others)) > 3 else 0.6 * shared
    matcher = SequenceMatcher(None, one, other)
    by_letters = matcher.ratio() if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE else 0.0
    return max(by_words, by_letters)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the names of a journey's logs stand for."""

    moment_ids: Mapping[str, int | None]

    def is_ignored(self, name: str) -> bool:
        return name in self.moment_ids and self.moment_ids[name] is None

    def moment_id(self, name: str) -> int | None:
        return self.moment_ids.get(name)


def rules_of(journey: Journey) -> Rules:
    return Rules(dict(NameRule.objects.filter(journey=journey).values_list("name", "moment_id")))


def keep_rules(journey: Journey, said: Mapping[str, int | str | None]) -> None:
    """said: what each name stands for: a moment's id, "ignore", or None to take the rule away."""
    gone = [name for name, what in said.items() if what is None]
    NameRule.objects.filter(journey=journey, name__in=gone).delete()
    rules = [
        NameRule(journey=journey, name=name, moment_id=None if what == IGNORE else int(what))
        for name, what in said.items()
        if what is not None
    ]
    NameRule.objects.bulk_create(
        rules, update_conflicts=True, unique_fields=["journey", "name"], update_fields=["moment"]
    )
