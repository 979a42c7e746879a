"""manage.py import_answers FILE --journey ID --map map.json: answers of an earlier survey, or of paper forms."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django_scopes import scope, scopes_disabled

from assessments.choices import View
from assessments.handing_in import NotTaken
from assessments.import_tables import AnswersRead, AnswerTable, count_values, read_answer_table
from assessments.importing import (
    ImportPlan,
    asked_in,
    asked_on_map,
    make_import_round,
    read_by_plan,
    record_of,
    settle_groups,
    take_over,
)
from assessments.mapping import Asked, columns_of, guess_uses
from assessments.mapping_file import MappingError, read_day, read_levels, read_uses, write_mapping
from assessments.models import Round
from assessments.scales import propose_levels
from assessments.uploads import scale_at
from journeys.formats.rows import TableError
from journeys.limits import FILE_MAX, TITLE_MAX
from journeys.models import Journey


class Command(BaseCommand):
    help = "Read answers from a CSV, TSV or XLSX file, one row a respondent, into a new closed round or an open one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--journey", type=int, required=True, metavar="ID")
        parser.add_argument("--map", metavar="FILE", help="JSON; without it only --dry-run, which writes one.")
        parser.add_argument("--round", type=int, metavar="ID", help="An open round of the journey to add to.")
        parser.add_argument("--view", choices=View.values, default=View.CUSTOMERS.value)
        parser.add_argument("--dry-run", action="store_true", help="Say what would be stored; store nothing.")
        parser.add_argument("--json", action="store_true", help="Say it as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["map"] and not options["dry_run"]:
            raise CommandError("Say with --map how columns and values are to be read; --dry-run proposes one.")
        with scopes_disabled():
            journey = Journey.objects.select_related("organisation").filter(pk=options["journey"]).first()
        if journey is None:
            raise CommandError(f"There is no journey {options['journey']}.")
        with scope(organisation=journey.organisation):
            try:
                self._import(journey, options)
            except (TableError, MappingError) as error:
                raise CommandError(str(error)) from None
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from None
            except NotTaken:
                raise CommandError("This round is not open.") from None

    def _import(self, journey: Journey, options: dict[str, Any]) -> None:
        view, round_ = View(options["view"]), _round_of(journey, options)
        asked = asked_in(round_, view) if round_ else asked_on_map(journey)
        table = read_answer_table(_read(options["file"]))
        plan = _plan(table, asked, _mapping(options["map"]), view, journey, Path(options["file"]).stem)
        name = Path(options["file"]).name[:TITLE_MAX]
        if options["dry_run"]:
            read = read_by_plan(table, plan, asked)
            settle_groups(read, list(round_.groups.values_list("name", flat=True)) if round_ else None)
        else:
            with transaction.atomic():
                target = round_ or make_import_round(journey, plan, None)
                read = take_over(target, table, plan, name, closes=round_ is None)
            round_ = target
        said = {
            **record_of(table, plan, asked, read, name),
            "round": round_.pk if round_ else None,
            "counts": _counts(table, read),
            "map": write_mapping(table.headings, plan.uses, plan.scale, asked),
        }
        self.stdout.write(
            json.dumps(said, ensure_ascii=False, indent=1) if options["json"] else _in_words(said, options)
        )


def _round_of(journey: Journey, options: dict[str, Any]) -> Round | None:
    if options["round"] is None:
        return None
    round_: Round | None = Round.objects.filter(journey=journey, pk=options["round"]).first()
    if round_ is None:
        raise CommandError(f"The journey has no round {options['round']}.")
    if View(options["view"]) not in round_.views:
        raise CommandError(f"The round does not ask this view: {options['view']}.")
    return round_


def _read(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(FILE_MAX + 1)
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from None


def _mapping(path: str | None) -> dict[str, Any]:
    if not path:
        return {}
    try:
        said = json.loads(_read(path))
    except ValueError:
        raise CommandError(f"{path} is not JSON.") from None
    if not isinstance(said, dict):
        raise CommandError(f"{path} has to hold an object.")
    return said


def _plan(
    table: AnswerTable, asked: list[Asked], said: dict[str, Any], view: View, journey: Journey, title: str
) -> ImportPlan:
    """What the file says; where it leaves something out, what would be proposed in the browser."""
    if "columns" in said:
        uses = read_uses(said["columns"], table.headings, asked)
    else:
        uses = dict(enumerate(guess_uses(table.headings, asked)))
    if "levels" in said:
        scale = read_levels(said["levels"])
    else:
        at = [place for place, (holds, _id) in columns_of(uses, asked).items() if holds == "level"]
        proposed = propose_levels(count_values(table, at), scale_at(table, at))
        scale = {value: meant.level for value, meant in proposed.items() if meant.is_sure}
    day = read_day(said["day"]) if "day" in said else date.today()  # noqa: DTZ011  # of whoever sits at this machine
    name = str(said.get("title") or title).replace("\0", "")[:TITLE_MAX]
    return ImportPlan(uses, scale, view, name, day, str(said.get("language") or journey.language))


def _counts(table: AnswerTable, read: AnswersRead) -> dict[str, list[int]]:
    """By heading, how often each level was given, level 1 first."""
    return {
        table.headings[place]: [counts.get(level, 0) for level in range(1, 7)] for place, counts in read.counts.items()
    }


def _in_words(said: dict[str, Any], options: dict[str, Any]) -> str:
    done = "would become" if options["dry_run"] else f"became, in round {said['round']},"
    lines = [f"{said['rows']} rows {done} {said['responses']} responses."]
    for heading, counts in said["counts"].items():
        lines.append(f"{heading}: {' '.join(map(str, counts))} (level 1 to 6)")
    for left in (*said["rows_left_out"], *said["values_left_out"]):
        lines.append(f"{left['reason']}: {left['count']}, such as {', '.join(left['examples'])}")
    if said["ignored"]:
        lines.append(f"Not read: {', '.join(said['ignored'])}")
    if not options["map"]:
        lines += ["A map to begin with:", json.dumps(said["map"], ensure_ascii=False, indent=1)]
    return "\n".join(lines)
