"""What becomes of a round: opened, closed, opened again, archived; each step is logged.

draft -> open -> closed -> archived. A closed or archived round may open again with a reason: its moments and its
minimum group stay as they were, and what was released stays released.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acting import acting_user
from accounts.hints import send_hint
from accounts.models import User
from assessments.choices import RoundState
from assessments.freezing import freeze_moments
from assessments.local_times import reminder_at
from assessments.models import Round, RoundEvent
from journeys.models import Journey

TEND_ROUNDS = "assessments.tasks.tend_rounds"
REASON_MAX = 500
Kind = RoundEvent.Kind


def make_round(journey: Journey, made_by: User | None, **fields: Any) -> Round:
    """A draft. fields: of Round, already checked."""
    return Round.objects.create(
        organisation=journey.organisation,
        journey=journey,
        journey_language=journey.language,
        made_by=made_by,
        **fields,
    )


@transaction.atomic
def open_round(round_: Round) -> Round:
    """Freeze the moments and let people answer. Raises ValidationError where it is no draft or has nothing to ask."""
    row = _locked(round_)
    if not row.is_draft:
        raise ValidationError(_("This round has been opened already."))
    if row.closes_at and row.closes_at <= timezone.now():
        raise ValidationError(_("The planned end is over. Choose a later one."))
    if not freeze_moments(row):
        raise ValidationError(_("The map has no moment yet. Add some first, then open the round."))
    journey = row.journey
    row.journey_title, row.journey_language = journey.title, journey.language
    row.journey_version, row.customers_per_year = journey.version, journey.customers_per_year
    row.opened_at = timezone.now()
    transaction.on_commit(lambda: send_hint(TEND_ROUNDS))
    return _enter(row, RoundState.OPEN, Kind.OPENED)


@transaction.atomic
def close_round(round_: Round) -> Round:
    """Nobody answers any more; the worker counts. Raises ValidationError where it is not open."""
    return close_locked(_locked(round_))


def close_locked(row: Round) -> Round:
    """As `close_round`, of a row that the transaction at hand has locked."""
    if not row.is_open:
        raise ValidationError(_("This round is not open."))
    row.closed_at = timezone.now()
    transaction.on_commit(lambda: send_hint(TEND_ROUNDS))
    return _enter(row, RoundState.CLOSED, Kind.CLOSED)


@transaction.atomic
def reopen_round(round_: Round, reason: str, closes_at: datetime | None) -> Round:
    """Let people answer again. Raises ValidationError without a reason, or where it has not ended."""
    row = _locked(round_)
    if not row.has_ended:
        raise ValidationError(_("Only a closed round can be opened again."))
    if not reason.strip():
        raise ValidationError(_("Say why: everybody who sees the round's log will read it."))
    if row.batches.filter(profiles__isnull=True).exists():
        raise ValidationError(_("Its results are being counted. Try again in a minute."))
    row.closes_at, row.remind_at = closes_at, reminder_at(closes_at, row.reminder_days)
    return _enter(row, RoundState.OPEN, Kind.REOPENED, reason.strip()[:REASON_MAX])


@transaction.atomic
def archive_round(round_: Round) -> Round:
    """Put it away; results stay. Raises ValidationError where it is not closed."""
    row = _locked(round_)
    if row.state != RoundState.CLOSED:
        raise ValidationError(_("Close the round first."))
    return _enter(row, RoundState.ARCHIVED, Kind.ARCHIVED)


def log_event(round_: Round, kind: str, reason: str = "") -> RoundEvent:
    """Write down what was done, by whoever acts."""
    actor = acting_user()
    event: RoundEvent = RoundEvent.objects.create(
        round=round_, kind=kind, actor_name=str(actor) if actor else "", reason=reason
    )
    return event


def hold_open(round_id: int) -> bool:
    """Whether a round is open, and keep it so until the transaction at hand ends.

    On PostgreSQL a shared lock: answers don't wait for one another, only closing waits for them. SQLite has one writer.
    """
    share = " FOR SHARE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT state FROM assessments_round WHERE id = %s{share}", [round_id])  # noqa: S608  # no input
        row = cursor.fetchone()
    return row is not None and row[0] == RoundState.OPEN


def _locked(round_: Round) -> Round:
    row: Round = Round.objects.select_for_update(of=("self",)).select_related("journey__organisation").get(pk=round_.pk)
    return row


def _enter(row: Round, state: RoundState, kind: str, reason: str = "") -> Round:
    row.state, row.version = state, F("version") + 1
    row.save()
    row.refresh_from_db(fields=["version"])
    log_event(row, kind, reason)
    return row
