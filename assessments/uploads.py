"""A file of answers between its steps in the browser, and its taking over by a worker where it is large."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hints import send_hint
from accounts.models import User
from assessments.choices import RoundState, View
from assessments.handing_in import NotTaken
from assessments.import_tables import AnswerTable, count_values, read_answer_table
from assessments.importing import ImportPlan, asked_in, asked_on_map, make_import_round, take_over
from assessments.mapping import Asked, columns_of, guess_uses, has_own_levels
from assessments.models import AnswerUpload, Round, RoundEvent
from assessments.rounds import TEND_ROUNDS, log_event
from assessments.scales import Proposal, guess_scale, normal, propose_levels
from journeys.models import Journey, LevelWording

AT_ONCE_MAX = 2_000  # rows that are taken over while somebody waits
KEPT = timedelta(days=1)


@transaction.atomic
def keep_upload(
    journey: Journey, round_: Round | None, made_by: User, file_name: str, content: bytes, said: dict[str, Any]
) -> AnswerUpload:
    """Keep a file that can be read, with a proposal for its columns; what this person left lying goes.

    said: view, title and day. Raises TableError.
    """
    table = read_answer_table(content)
    AnswerUpload.objects.filter(
        made_by=made_by, journey__organisation=journey.organisation, is_confirmed=False
    ).delete()
    upload = AnswerUpload(
        journey=journey, round=round_, made_by=made_by, file_name=file_name, content=content, said=said
    )
    uses = guess_uses(table.headings, asked_of(upload))
    upload.said = {**said, "uses": {str(place): use for place, use in enumerate(uses)}}
    upload.save()
    return upload


def table_of(upload: AnswerUpload) -> AnswerTable:
    """The table itself; it was read once, so it can be."""
    return read_answer_table(bytes(upload.content))


def asked_of(upload: AnswerUpload) -> list[Asked]:
    """The moments that its columns can belong to."""
    view = View(upload.said["view"])
    return asked_in(upload.round, view) if upload.round else asked_on_map(upload.journey)


def uses_of(upload: AnswerUpload) -> dict[int, str]:
    """The use of each column."""
    return {int(place): use for place, use in upload.said.get("uses", {}).items()}


def propose_scale(upload: AnswerUpload, table: AnswerTable, scale: str = "") -> dict[str, tuple[int, Proposal]]:
    """By value of the columns of levels: how often it stands there, and what it may mean. Raises TableError."""
    columns = columns_of(uses_of(upload), asked_of(upload))
    at = [place for place, (holds, _id) in columns.items() if holds == "level"]
    counts, scale = count_values(table, at), scale or scale_at(table, at)
    own = LevelWording.objects.in_organisation(upload.journey.organisation).values_list("name", "level")
    proposed = propose_levels(counts, scale, {normal(name): level for name, level in own})
    return {value: (counts[value], proposed[value]) for value in sorted(counts, key=_order)}


def scale_at(table: AnswerTable, places: Sequence[int]) -> str:
    """The scale that some columns seem to stand on."""
    is_own = has_own_levels([table.headings[place] for place in places])
    return "1-6" if is_own else guess_scale(count_values(table, places))


def _order(value: str) -> tuple[bool, float, str]:
    try:
        return False, float(value), ""
    except ValueError:
        return True, 0.0, value


def plan_of(upload: AnswerUpload) -> ImportPlan:
    """All that was said of it."""
    said = upload.said
    return ImportPlan(
        uses=uses_of(upload),
        scale=dict(said.get("levels", [])),
        view=View(said["view"]),
        title=said["title"],
        day=date.fromisoformat(said["day"]),
        language=upload.journey.language,
    )


@transaction.atomic
def confirm_upload(upload: AnswerUpload, table: AnswerTable, made_by: User) -> Round:
    """Take it over, or have a worker do it where it is large. Raises NotTaken, ValidationError."""
    plan, is_new = plan_of(upload), upload.round is None
    round_ = upload.round or make_import_round(upload.journey, plan, made_by)
    if len(table.rows) <= AT_ONCE_MAX:
        take_over(round_, table, plan, upload.file_name, closes=is_new)
        upload.delete()
        return round_
    upload.round, upload.is_confirmed = round_, True
    upload.said = {**upload.said, "closes": is_new}
    upload.save()
    transaction.on_commit(lambda: send_hint(TEND_ROUNDS))
    return round_


def to_import() -> QuerySet[Round]:
    """Rounds into which a confirmed file is to be taken over."""
    rounds: QuerySet[Round] = Round.objects.filter(answer_uploads__is_confirmed=True).distinct()
    return rounds


def import_waiting(round_: Round) -> None:
    """Take over a round's confirmed files; where the round is closed by now, they go, and the round's log says so."""
    while True:
        with transaction.atomic():
            waiting = AnswerUpload.objects.select_for_update(of=("self",)).filter(round=round_, is_confirmed=True)
            upload = waiting.select_related("journey__organisation").first()
            if upload is None:
                return
            try:
                take_over(
                    round_, table_of(upload), plan_of(upload), upload.file_name, closes=upload.said.get("closes", False)
                )
            except NotTaken:
                log_event(round_, RoundEvent.Kind.NOT_IMPORTED, _too_late(upload.file_name))
            upload.delete()


def _too_late(file_name: str) -> str:
    said = _("“%(file)s”: the round was closed before. Open it again, then import the file once more.")
    return said % {"file": file_name}


def open_rounds_of(journey: Journey) -> QuerySet[Round]:
    """Rounds that answers could be added to."""
    rounds: QuerySet[Round] = Round.objects.filter(journey=journey, state=RoundState.OPEN)
    return rounds


def forget_old_uploads() -> int:
    """Delete files that nobody went on with for a day; says how many."""
    return int(AnswerUpload.objects.filter(made_at__lt=timezone.now() - KEPT, is_confirmed=False).delete()[0])
