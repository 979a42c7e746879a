"""One time of a schedule: begun when it is due, ended when its files are made and their mails are written.

Each step looks again under a lock, so that any number of workers makes one run of a due time and one mail a person,
whatever is killed meanwhile: what was not committed did not happen, and the next pass does it.
"""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from accounts.models import User
from assessments.models import Round
from jobs.models import ACTIVE, State
from reports.models import Poster, RunState, Schedule, ScheduledFile, ScheduleRun
from reports.schedulable import CannotBeMade, kind_of
from reports.schedule_failures import OUR_SIDE, tell_owner, why_not
from reports.schedule_mails import write_mails
from reports.schedule_times import Rhythm, next_time, times_until
from reports.schedules import language_for, newest_round, owner_of, recipients_now, rounds_out, zone_of

LATE = timedelta(hours=1)
LEFT_OUT_MAX = 30_000

log = logging.getLogger(__name__)


def to_begin() -> QuerySet[Schedule]:
    """Schedules whose time has come."""
    schedules: QuerySet[Schedule] = _awake().filter(next_run_at__lte=timezone.now())
    return schedules


def begin_due(schedule: Schedule) -> ScheduleRun | None:
    """One run for all the times that have come since the last; None where there is none any more."""
    with transaction.atomic():
        row, now = _held(schedule), timezone.now()
        if row is None or row.is_paused or row.next_run_at is None or row.next_run_at > now:
            return None
        due_at, zone = row.next_run_at, zone_of(row.organisation)
        times = times_until(row.timing, due_at, now, zone)
        row.next_run_at = next_time(row.timing, now, zone)
        run = _new_run(row, due_at, was_missed=now - due_at > LATE, left_out=min(max(times - 1, 0), LEFT_OUT_MAX))
        row.save(update_fields=["next_run_at"])
        return run


def to_begin_by_round() -> QuerySet[Schedule]:
    """Schedules with a round that has closed, shows its results and has no run of theirs yet."""
    runs = ScheduleRun.objects.filter(schedule=OuterRef(OuterRef("pk")), due_at=OuterRef("closed_at"))
    rounds = rounds_out().filter(journey=OuterRef("journey"), closed_at__gte=OuterRef("watches_from"))
    schedules: QuerySet[Schedule] = _awake().filter(Exists(rounds.exclude(Exists(runs))), rhythm=Rhythm.ROUND_CLOSED)
    return schedules


def begin_by_round(schedule: Schedule) -> list[ScheduleRun]:
    """A run for each such round. One that was opened again gets another when it closes again."""
    with transaction.atomic():
        row = _held(schedule)
        if row is None or row.is_paused or row.rhythm != Rhythm.ROUND_CLOSED:
            return []
        rounds = rounds_out().filter(journey=row.journey_id, closed_at__gte=row.watches_from)
        known = set(ScheduleRun.objects.filter(schedule=row).values_list("due_at", flat=True))
        fresh = [round_ for round_ in rounds.order_by("closed_at") if round_.closed_at not in known]
        return [_new_run(row, round_.closed_at, round_=round_) for round_ in fresh if round_.closed_at]


@transaction.atomic
def begin_now(schedule: Schedule, user: User) -> ScheduleRun:
    """A run that somebody asked for; when it is due next stays as it is."""
    row = _held(schedule) or schedule
    return _new_run(row, timezone.now(), asked_by=user)


def to_end() -> QuerySet[ScheduleRun]:
    """Runs whose files are made, or never will be."""
    files = ScheduledFile.objects.filter(run=OuterRef("pk"))
    active = files.filter(Q(poster__state__in=ACTIVE) | Q(report__state__in=ACTIVE))
    runs: QuerySet[ScheduleRun] = ScheduleRun.objects.filter(Q(state=RunState.MAKING) & ~Exists(active))
    return runs


def end(run: ScheduleRun) -> None:
    """Write the mails and the note that they were written, in one transaction; what failed goes to the owner."""
    with transaction.atomic(), scopes_disabled():
        held = ScheduleRun.objects.select_for_update(of=("self",)).filter(pk=run.pk, state=RunState.MAKING)
        row = held.select_related("schedule__organisation", "schedule__journey", "round").first()
        if row is None:
            return
        files = list(row.files.select_related("poster", "report"))
        if any(file.job and file.job.is_active for file in files):
            return
        ready = {file.language: file for file in files if file.job and file.job.state == State.READY}
        row.mail_count = write_mails(row, ready) if ready else 0
        failed = [file for file in files if file.language not in ready]
        if failed or not ready:
            _fail(row, *why_not(failed[0].job if failed else None))
        else:
            _note(row, RunState.SENT)


def _new_run(
    schedule: Schedule,
    due_at: datetime,
    *,
    round_: Round | None = None,
    asked_by: User | None = None,
    was_missed: bool = False,
    left_out: int = 0,
) -> ScheduleRun:
    """The run of a due time, its jobs asked for; or at once failed, with what to change."""
    if round_ is None and kind_of(schedule).needs_round:
        round_ = newest_round(schedule)
    run: ScheduleRun
    run, is_new = ScheduleRun.objects.get_or_create(
        schedule=schedule,
        due_at=due_at,
        defaults={"round": round_, "asked_by": asked_by, "was_missed": was_missed, "left_out": left_out},
    )
    if is_new:
        Schedule.objects.filter(pk=schedule.pk).update(last_run_at=timezone.now())
        _ask_for_files(run, schedule, round_)
    return run


def _ask_for_files(run: ScheduleRun, schedule: Schedule, round_: Round | None) -> None:
    """A job a language of those who get it. What can't be made leaves no job behind."""
    reference = secrets.token_hex(4).upper()
    try:
        with transaction.atomic():
            _request_files(run, schedule, round_)
    except CannotBeMade as problem:
        log.warning("%s schedule %s can't be made: %s", reference, schedule.pk, problem)
        _fail(run, str(problem), reference)
    except DatabaseError:
        raise  # the next pass tries again
    except Exception:
        log.exception("%s schedule %s failed", reference, schedule.pk)
        _fail(run, str(OUR_SIDE), reference)


def _request_files(run: ScheduleRun, schedule: Schedule, round_: Round | None) -> None:
    people, kind, asker = recipients_now(schedule), kind_of(schedule), run.asked_by or owner_of(schedule)
    if schedule.journey.archived_at:
        raise CannotBeMade(_("The journey is archived. Take it out of the archive, or delete the schedule."))
    if not people or asker is None:
        raise CannotBeMade(_("Nobody on its list is a member who may see it. Choose whom to send it to."))
    for language in sorted({language_for(person, schedule) for person in people}):
        job = kind.request(schedule, asker, kind.freeze(schedule, round_, language), round_)
        column = "poster" if isinstance(job, Poster) else "report"
        ScheduledFile.objects.create(run=run, language=language, **{column: job})


def _fail(run: ScheduleRun, problem: str, reference: str) -> None:
    _note(run, RunState.FAILED, problem=problem, reference=reference)
    if owner := owner_of(run.schedule):
        tell_owner(run, owner)


def _note(run: ScheduleRun, state: RunState, **more: str) -> None:
    for name, value in {"state": state, "ended_at": timezone.now(), **more}.items():
        setattr(run, name, value)
    run.save()


def _awake() -> QuerySet[Schedule]:
    awake: QuerySet[Schedule] = Schedule.objects.filter(is_paused=False, journey__archived_at=None)
    return awake


def _held(schedule: Schedule) -> Schedule | None:
    held = Schedule.objects.select_for_update(of=("self",)).select_related("organisation", "journey")
    found: Schedule | None = held.filter(pk=schedule.pk).first()
    return found
