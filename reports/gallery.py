"""All that was made, of every kind in one list: the newest first, chosen by what, journey, round and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value

from accounts.models import Organisation
from assessments.models import Round
from journeys.models import Journey
from reports.models import Made, Poster, Report, RoundPrint, StoryPaper

KINDS: dict[str, type[Made]] = {model.part: model for model in (Poster, Report, RoundPrint, StoryPaper)}
Row = tuple[str, int, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is looked for. what: a part and a kind, as `poster-wall`; empty or None stands for all."""

    words: str = ""
    what: str = ""
    journey_id: int | None = None
    round_id: int | None = None

    @property
    def is_all(self) -> bool:
        return self == Chosen()


def rows_of(organisation: Organisation, parts: Sequence[str], chosen: Chosen) -> QuerySet[Any]:
    """Part, id and time of all that is found, the newest first; a query to be counted and sliced."""
    part, _, kind = chosen.what.partition("-")
    of_rounds = [each for each in parts if KINDS[each].has_round or not chosen.round_id]
    wanted = [each for each in of_rounds if not part or each == part]
    each, *others = [_found(KINDS[name], organisation, chosen, kind) for name in wanted or parts[:1]]
    return each.union(*others, all=True).order_by("-created_at", "-pk")


def _found(model: type[Made], organisation: Organisation, chosen: Chosen, kind: str) -> QuerySet[Any]:
    ids = {model.journey_path: chosen.journey_id, "round": chosen.round_id, "kind": kind}
    of_these = Q(**{name: value for name, value in ids.items() if value})
    if chosen.words:
        of_these &= Q(title__icontains=chosen.words)
    rows = model.objects.in_organisation(organisation).filter(of_these)
    return as_rows(rows, "created_at")


def as_rows(rows: QuerySet[Any], time: str) -> QuerySet[Any]:
    """Part, id and that time, so that kinds can stand in one list."""
    part = Value(rows.model.part, output_field=CharField())
    return rows.order_by().annotate(part_name=part).values_list("part_name", "pk", time)


def fetch(rows: Iterable[Row]) -> list[Made]:
    """The rows themselves in that order, with what a card shows of them: one query a kind."""
    listed = list(rows)
    found: dict[tuple[str, int], Made] = {}
    for part, model in KINDS.items():
        ids = [pk for name, pk, _ in listed if name == part]
        found |= {(part, made.pk): made for made in with_parents(model).filter(pk__in=ids)} if ids else {}
    return [found[part, pk] for part, pk, _ in listed if (part, pk) in found]


def with_parents(model: type[Made]) -> Any:
    """Rows of a kind with everything that a card says of them, but for their long inputs."""
    parents = {"organisation", "requested_by", model.journey_path, *(["round"] if model.has_round else [])}
    return model.objects.select_related(*sorted(parents)).defer("inputs")


def kind_choices(parts: Sequence[str]) -> list[tuple[str, Any]]:
    """Every kind of every part, by what it is called."""
    return [(f"{part}-{value}", label) for part in parts for value, label in _kinds_of(part)]


def _kinds_of(part: str) -> Sequence[tuple[str, Any]]:
    model: Any = KINDS[part]
    choices: Sequence[tuple[str, Any]] = model._meta.get_field("kind").choices
    return choices


def journeys_shown(organisation: Organisation, parts: Sequence[str]) -> list[tuple[int, str]]:
    """Ids and titles of journeys of which something was made."""
    return _named(Journey, organisation, [(KINDS[part], KINDS[part].journey_path) for part in parts])


def rounds_shown(organisation: Organisation, parts: Sequence[str]) -> list[tuple[int, str]]:
    """Ids and titles of rounds of which something was made."""
    return _named(Round, organisation, [(KINDS[part], "round") for part in parts if KINDS[part].has_round])


def _named(
    model: type[Journey] | type[Round], organisation: Organisation, paths: Sequence[tuple[type[Made], str]]
) -> list[tuple[int, str]]:
    is_shown = Q()
    for made, path in paths:
        is_shown |= Q(Exists(made.objects.in_organisation(organisation).filter(**{path: OuterRef("pk")})))
    rows = model.objects.in_organisation(organisation).filter(is_shown).order_by("title", "pk")
    return list(rows.values_list("pk", "title"))
