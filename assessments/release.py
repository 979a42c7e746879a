"""Results come out: responses become batches that are counted once, and the sheet is made of them.

Three steps, each harmless when killed or run twice, as each looks again under the round's lock. release_round counts;
show_results makes the sheet; finish_batches does what very large rounds can wait for, after which the sheet is made
again with the intervals of whole figures and with the medians of amounts.

Whoever stores a response holds the round meanwhile (`rounds.hold_open`), so none comes in while it is counted.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from assessments.choices import Release, RoundState, View
from assessments.models import Batch, Response, ResultSheet, Round, RoundEvent
from assessments.privacy import may_release
from assessments.rounds import log_event
from assessments.sheet import figures_of
from assessments.shuffling import SHUFFLED_MOST, move_ideas, move_shuffled
from assessments.tallies import count_responses, detail_batch, take_your_time

ENDED = (RoundState.CLOSED, RoundState.ARCHIVED)


def to_release() -> QuerySet[Round]:
    """Rounds that have ended with responses that did not come out, and open ones with enough of them for a batch."""
    waiting = Response.objects.filter(round=OuterRef("pk"), batch=None)
    counts = {view: waiting.filter(view=view).order_by().values("round").annotate(n=Count("*")) for view in View}
    enough = [Q(minimum_group__lte=Subquery(count.values("n"))) for count in counts.values()]
    in_batches = Q(state=RoundState.OPEN, release=Release.IN_BATCHES) & reduce(or_, enough)
    rounds: QuerySet[Round] = Round.objects.filter(Q(Exists(waiting), state__in=ENDED) | in_batches)
    return rounds.exclude(Exists(_unfinished(OuterRef("pk"))))


def release_round(round_: Round) -> list[Batch]:
    """Make a batch a view of the responses that may come out now; none where there are none."""
    with transaction.atomic():
        row = Round.objects.select_for_update().get(pk=round_.pk)
        take_your_time()
        if _unfinished(row).exists():
            return []
        batches = [_make_batch(row, view) for view in row.views if _may_come_out(row, view)]
        if batches:
            log_event(row, RoundEvent.Kind.RELEASED)
    return batches


def _may_come_out(round_: Round, view: View) -> bool:
    waiting = _waiting(round_, view)
    if round_.has_ended:
        return bool(waiting.exists())
    in_batches = round_.is_open and round_.release == Release.IN_BATCHES
    return in_batches and may_release(waiting.count(), round_.minimum_group)


def _make_batch(round_: Round, view: View) -> Batch:
    """Of a large round that has ended, the counts alone: its responses are all that wait, and wait to be marked."""
    number = Batch.objects.filter(round=round_, view=view).count() + 1
    batch: Batch = Batch.objects.create(round=round_, view=view, number=number)
    waiting = _waiting(round_, view)
    if round_.has_ended and waiting.count() > SHUFFLED_MOST:
        count_responses(batch, {"round": round_, "view": view, "batch": None})
    else:
        _claim(batch, waiting)
        count_responses(batch, {"batch": batch})
        detail_batch(batch)
    batch.save()
    return batch


def _claim(batch: Batch, waiting: QuerySet[Response]) -> None:
    """Mark responses as the batch's, cut their ideas off, and leave no trace of the order in which they came."""
    if waiting.count() > SHUFFLED_MOST:
        waiting.update(batch=batch)
        move_ideas(batch, batch)
        return
    claimed: Batch = Batch.objects.create(round=batch.round, view=batch.view, number=batch.number + 1)
    waiting.update(batch=claimed)
    move_ideas(claimed, batch)
    move_shuffled(claimed, batch)
    claimed.delete()


def to_finish() -> QuerySet[Round]:
    """Rounds with large batches of which there are the counts alone."""
    rounds: QuerySet[Round] = Round.objects.filter(Exists(_unfinished(OuterRef("pk"))))
    return rounds


def finish_batches(round_: Round) -> None:
    """Mark the responses of large batches and count the rest of them; the sheet is then due again.

    The round is locked while they are marked. What is counted after that can't change any more, and counting it twice
    gives the same.
    """
    for batch in _unfinished(round_):
        with transaction.atomic():
            row = Round.objects.select_for_update().get(pk=round_.pk)
            if not _unfinished(row).filter(pk=batch.pk).exists():
                continue
            _claim(batch, _waiting(row, View(batch.view)))
        with transaction.atomic():
            take_your_time()
            detail_batch(batch)
            _unfinished(round_).filter(pk=batch.pk).update(
                amounts=batch.amounts, profiles=batch.profiles, is_shown=False
            )


def _waiting(round_: Round, view: View) -> QuerySet[Response]:
    waiting: QuerySet[Response] = Response.objects.filter(round=round_, view=view, batch=None)
    return waiting


def _unfinished(round_: Round | OuterRef) -> QuerySet[Batch]:
    batches: QuerySet[Batch] = Batch.objects.filter(round=round_, profiles__isnull=True)
    return batches


def to_show() -> QuerySet[Round]:
    """Rounds whose sheet is missing, or older than their batches or than their state."""
    fresh = Batch.objects.filter(round=OuterRef("pk"), is_shown=False)
    rounds: QuerySet[Round] = Round.objects.filter(
        Exists(fresh)
        | Q(state__in=ENDED) & (Q(sheet=None) | Q(sheet__made_at__lt=F("closed_at")))
        | Q(state=RoundState.OPEN, sheet__figures__round__is_complete=True)
    )
    return rounds


def show_results(round_: Round) -> bool:
    """Make the sheet. False, with nothing changed, where results moved meanwhile or nothing is new."""
    row, batches = Round.objects.select_related("previous").get(pk=round_.pk), _batches(round_)
    figures = figures_of(row)
    with transaction.atomic():
        now = Round.objects.select_for_update().get(pk=round_.pk)
        if (now.version, _batches(round_)) != (row.version, batches):
            return False
        _store(now, figures, has_batches=bool(batches))
    return True


def _store(round_: Round, figures: dict[str, Any], *, has_batches: bool) -> None:
    """The sheet, and the word that results of nobody came out; the round after compares itself with this one anew."""
    sheet, is_new = ResultSheet.objects.get_or_create(round=round_, defaults={"figures": figures})
    if not is_new:
        sheet.figures, sheet.version = figures, sheet.version + 1
        sheet.save()
    elif not has_batches:
        log_event(round_, RoundEvent.Kind.RELEASED)
    Batch.objects.filter(round=round_).update(is_shown=True)
    Batch.objects.filter(round__previous=round_).update(is_shown=False)
    Round.objects.filter(pk=round_.pk).update(version=F("version") + 1)


def _batches(round_: Round) -> list[tuple[int, bool, bool]]:
    """Which there are, whether the sheet holds them, whether they are counted in full."""
    rows = Batch.objects.filter(round=round_).order_by("pk").annotate(is_full=Q(profiles__isnull=False))
    return list(rows.values_list("pk", "is_shown", "is_full"))
