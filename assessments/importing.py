"""Answers from elsewhere become responses: into a new round that is closed at once, or into one that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.choices import ANSWER_LANGUAGES, Audience, View
from assessments.freezing import moments_of_map
from assessments.handing_in import NotTaken
from assessments.import_tables import AnswersRead, AnswerTable, group_column, read_answers
from assessments.import_writing import write_responses
from assessments.limits import GROUPS_MAX
from assessments.links import Refusal
from assessments.mapping import GROUP, Asked, columns_of
from assessments.models import MomentTranslation, Round, RoundGroup
from assessments.rounds import close_locked, hold_open, make_round, open_round
from assessments.storing import moments_asked
from journeys.models import Journey


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that was said of a table. uses: by column; scale: the level of each normal value, None for no level.

    title and day: of the round that it becomes; day: when people were asked.
    """

    uses: Mapping[int, str]
    scale: Mapping[str, int | None]
    view: View
    title: str
    day: date
    language: str


def asked_on_map(journey: Journey) -> list[Asked]:
    """The moments of a map, which a new round would ask about; two queries."""
    moments = moments_of_map(Round(journey=journey, organisation=journey.organisation))
    spoken: dict[int, list[str]] = {}
    translated = MomentTranslation.objects.filter(moment__stage__journey=journey).exclude(title="")
    for moment_id, title in translated.values_list("moment_id", "title"):
        spoken.setdefault(moment_id, []).append(title)
    return [
        Asked(moment.pk, number, (moment.title, *spoken.get(moment.pk, ())))
        for number, moment in enumerate(moments, start=1)
    ]


def asked_in(round_: Round, view: View) -> list[Asked]:
    """The frozen moments of a round that a view is asked about; those of the map go by their ids there."""
    return [
        Asked(
            moment.source_id or -moment.pk,
            moment.position + 1,
            (moment.title, *(said["title"] for said in moment.translations.values() if said.get("title"))),
        )
        for moment in moments_asked(round_, view)
    ]


def read_by_plan(table: AnswerTable, plan: ImportPlan, asked: Sequence[Asked]) -> AnswersRead:
    """What would be taken over."""
    return read_answers(table, columns_of(plan.uses, asked), group_column(plan.uses), plan.scale)


def settle_groups(read: AnswersRead, known: Sequence[str] | None) -> list[str]:
    """Give every sheet the name of a group that there is, and give these names. known: None where all are made.

    A sheet of a group that there is not goes on without one, and is counted.
    """
    names = {name.casefold(): name for name in known or ()}
    for place, (group, answers) in enumerate(read.sheets):
        if known is None and group and len(names) < GROUPS_MAX:
            names.setdefault(group.casefold(), group)
        found = names.get(group.casefold(), "")
        if group and not found:
            read.values_left_out.add(_("No such group: taken over without one"), place + 2, group)
        read.sheets[place] = (found, answers)
    return list(names.values())


def make_import_round(journey: Journey, plan: ImportPlan, made_by: User | None) -> Round:
    """An open round without any link, which takes the answers in and is then closed."""
    holds = {use.partition(":")[0] for use in plan.uses.values()}
    round_ = make_round(
        journey,
        made_by,
        title=plan.title,
        audience=Audience(plan.view.value),
        languages=[plan.language if plan.language in ANSWER_LANGUAGES else "en"],
        asks_times="times" in holds,
        asks_seconds="seconds" in holds,
        asks_decision="decision" in holds,
        asks_idea="idea" in holds,
    )
    return open_round(round_)


@transaction.atomic
def take_over(round_: Round, table: AnswerTable, plan: ImportPlan, file_name: str, *, closes: bool) -> AnswersRead:
    """Store the answers of a table, and how its scale was mapped. closes: the round was made for them.

    Raises NotTaken where the round is not open (any more).
    """
    if not hold_open(round_.pk):
        raise NotTaken(Refusal.CLOSED)
    asked = asked_in(round_, plan.view)
    read = read_by_plan(table, plan, asked)
    names = settle_groups(read, None if closes else list(round_.groups.values_list("name", flat=True)))
    if closes:
        RoundGroup.objects.bulk_create(
            [RoundGroup(round=round_, name=name, position=position) for position, name in enumerate(names)]
        )
    write_responses(round_, plan.view, read.sheets, plan.language)
    row = Round.objects.select_for_update(of=("self",)).select_related("journey__organisation").get(pk=round_.pk)
    row.source_scale = [*(row.source_scale or []), record_of(table, plan, asked, read, file_name)]
    row.save(update_fields=["source_scale"])
    if closes:
        close_locked(row)
        _date(row, plan.day)
    return read


def _date(round_: Round, day: date) -> None:
    """When people were asked, as the round's own times."""
    noon = datetime.combine(day, time(12), ZoneInfo(round_.organisation.time_zone))
    Round.objects.filter(pk=round_.pk).update(opened_at=noon, closed_at=min(noon, timezone.now()))


def record_of(
    table: AnswerTable, plan: ImportPlan, asked: Sequence[Asked], read: AnswersRead, file_name: str
) -> dict[str, Any]:
    """What the round keeps of an import: file, columns, scale, and what was left out."""
    titles = {moment.id: moment.title for moment in asked}
    used = columns_of(plan.uses, asked)
    return {
        "file": file_name,
        "rows": len(table.rows),
        "responses": len(read.sheets),
        "columns": [
            {"heading": table.headings[place], "holds": holds, "moment": titles[moment_id]}
            for place, (holds, moment_id) in used.items()
        ],
        "group_column": next((table.headings[place] for place, use in plan.uses.items() if use == GROUP), ""),
        "ignored": [heading for place, heading in enumerate(table.headings) if not plan.uses.get(place)],
        "levels": [[value, level] for value, level in plan.scale.items()],
        "rows_left_out": read.rows_left_out.lines(),
        "values_left_out": read.values_left_out.lines(),
    }
