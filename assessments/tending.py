"""What rounds need without a click: opened, closed, released as planned. Done by a worker; the rows are the truth."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.hints import send_hint
from accounts.inside import inside
from assessments.choices import RoundState
from assessments.mailing import mail_waiting, note_bounces, remind_as_planned, to_mail, to_note_bounces, to_remind
from assessments.models import Round
from assessments.release import finish_batches, release_round, show_results, to_finish, to_release, to_show
from assessments.repeating import catch_up, copy_people, make_next, to_catch_up, to_copy_people, to_repeat
from assessments.rounds import TEND_ROUNDS, close_round, open_round
from assessments.uploads import import_waiting, to_import

log = logging.getLogger(__name__)


def to_open() -> QuerySet[Round]:
    """Drafts whose planned beginning has come."""
    rounds: QuerySet[Round] = Round.objects.filter(state=RoundState.DRAFT, opens_at__lte=timezone.now())
    return rounds


def to_close() -> QuerySet[Round]:
    """Open rounds whose planned end has come."""
    rounds: QuerySet[Round] = Round.objects.filter(state=RoundState.OPEN, closes_at__lte=timezone.now())
    return rounds


STEPS: tuple[tuple[Callable[[], QuerySet[Round]], Callable[[Round], object]], ...] = (
    (to_catch_up, catch_up),
    (to_open, open_round),
    (to_close, close_round),
    (to_import, import_waiting),
    (to_release, release_round),
    (to_show, show_results),
    (to_finish, finish_batches),
    (to_show, show_results),
    (to_repeat, make_next),
    (to_copy_people, copy_people),
    (to_remind, remind_as_planned),
    (to_mail, mail_waiting),
    (to_note_bounces, note_bounces),
)


def call_for_tending() -> int:
    """Tell a worker where something is due; says how many steps are. Cheap: a look at an index for each."""
    with scopes_disabled():
        due = sum(find().exists() for find, _ in STEPS)
    if due:
        send_hint(TEND_ROUNDS)
    return due


def tend_rounds() -> None:
    """Do what is due, round by round. Harmless when run twice: each step looks again under its lock."""
    for find, step in STEPS:
        with scopes_disabled():
            due = list(find().select_related("organisation"))
        for round_ in due:
            _tend(round_, step)


def _tend(round_: Round, step: Callable[[Round], object]) -> None:
    try:
        with inside(round_.organisation):
            step(round_)
    except ValidationError as refusal:
        log.warning("Round %s: %s", round_.pk, "; ".join(refusal.messages))
    except Exception:
        log.exception("Round %s: %s failed, the next pass tries again", round_.pk, step.__name__)
