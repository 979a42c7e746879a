"""Results come out: responses become batches that are counted once, and the sheet is made of them.

Three steps, each harmless when killed or run twice, as each looks again under the round's lock:
release_round counts and keeps nobody waiting for long; show_results makes the sheet; add_details completes the batches
of very large rounds, after which the sheet is made again.
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
from assessments.profiles import profiles_of
from assessments.rounds import log_event
from assessments.sheet import figures_of
from assessments.shuffling import SHUFFLED_MOST, move_ideas, move_shuffled
from assessments.tallies import amounts_of, count_batch

ENDED = (RoundState.CLOSED, RoundState.ARCHIVED)


def to_release() -> QuerySet[Round]:
    """Rounds that have ended with responses that did not come out, and open ones with enough of them for a batch."""
    waiting = Response.objects.filter(round=OuterRef("pk"), batch=None)
    counts = {view: waiting.filter(view=view).order_by().values("round").annotate(n=Count("*")) for view in View}
    enough = [Q(minimum_group__lte=Subquery(count.values("n"))) for count in counts.values()]
    in_batches = Q(state=RoundState.OPEN, release=Release.IN_BATCHES) & reduce(or_, enough)
    rounds: QuerySet[Round] = Round.objects.filter(Q(Exists(waiting), state__in=ENDED) | in_batches)
    return rounds


def release_round(round_: Round) -> list[Batch]:
    """Make a batch a view of the responses that may come out now; none where there are none."""
    with transaction.atomic():
        row = Round.objects.select_for_update().get(pk=round_.pk)
        batches = [_make_batch(row, view) for view in row.views if _may_come_out(row, view)]
        if batches:
            log_event(row, RoundEvent.Kind.RELEASED)
    return batches


def _may_come_out(round_: Round, view: View) -> bool:
    waiting = Response.objects.filter(round=round_, view=view, batch=None)
    if round_.has_ended:
        return bool(waiting.exists())
    return (
        round_.is_open and round_.release == Release.IN_BATCHES and may_release(waiting.count(), round_.minimum_group)
    )


def _make_batch(round_: Round, view: View) -> Batch:
    """Claimed first and counted then: what comes in meanwhile belongs to the next batch."""
    number = Batch.objects.filter(round=round_, view=view).count() + 1
    batch: Batch = Batch.objects.create(round=round_, view=view, number=number)
    waiting = Response.objects.filter(round=round_, view=view, batch=None)
    if waiting.count() > SHUFFLED_MOST:
        waiting.update(batch=batch)
        move_ideas(batch, batch)
    else:
        claimed: Batch = Batch.objects.create(round=round_, view=view, number=number + 1)
        waiting.update(batch=claimed)
        move_ideas(claimed, batch)
        move_shuffled(claimed, batch)
        claimed.delete()
        _detail(batch)
    count_batch(batch)
    batch.save()
    return batch


def to_detail() -> QuerySet[Round]:
    """Rounds with batches too large to be counted in all detail at once."""
    rounds: QuerySet[Round] = Round.objects.filter(
        Exists(Batch.objects.filter(round=OuterRef("pk"), profiles__isnull=True))
    )
    return rounds


def add_details(round_: Round) -> None:
    """Count the rest of large batches; the sheet is then due again."""
    for batch in Batch.objects.filter(round=round_, profiles__isnull=True):
        _detail(batch)
        batch.is_shown = False
        batch.save(update_fields=["amounts", "profiles", "is_shown"])


def _detail(batch: Batch) -> None:
    batch.amounts, batch.profiles = amounts_of(batch), profiles_of(batch)


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
