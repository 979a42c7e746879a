"""Many people at once on one journey: nothing is lost silently, and positions stay unique and without gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from random import Random

import pytest
from django.db import connections
from django_scopes import scope

from accounts.acting import acting
from accounts.models import User
from journeys import sequence
from journeys.models import Event, Journey, Moment, Stage
from journeys.models.history import EventKind
from journeys.undoing import AlreadyUndone, undo
from tests.journeys.test_sequence import positions_of

EDITORS, EDITS, MOVES = 8, 100, 25

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once(transactional_db, organisation) -> Callable[..., list]:
    """at_once(act, 8) calls act(0) to act(7) in threads of their own and gives what they answered."""

    def run(act: Callable[[int], object], count: int) -> list:
        def alone(number: int) -> object:
            try:
                with scope(organisation=organisation):
                    return act(number)
            finally:
                connections.close_all()

        connections.close_all()  # the pool of PostgreSQL has one for each of eight, none for who only waits
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(alone, range(count)))

    return run


def texts_of(moment: Moment) -> Iterator[tuple[str, str]]:
    """Each change of the moment's text, the first one first: from what, to what."""
    for event in Event.objects.filter(moment_id=moment.pk, kind=EventKind.MOMENT_CHANGED).order_by("id"):
        yield event.before["what_more"], event.after["what_more"]


def test_8_editors_with_100_edits_each_lose_nothing_silently(trip, at_once):
    moments = list(Moment.objects.filter(stage__journey=trip)[:2])
    people = [User.objects.create_user(f"editor{number}@example.org", name=f"Editor {number}") for number in range(8)]

    def edit(number: int) -> list[tuple[str, str]]:
        accepted, random = [], Random(number)
        with acting(people[number]):
            for turn in range(EDITS):
                row = Moment.objects.select_related("stage__journey").get(pk=random.choice(moments).pk)
                seen, text = row.what_more, f"{number}-{turn}"
                try:
                    sequence.change_moment(row, row.version, what_more=text)
                except sequence.StaleWrite:
                    continue
                accepted.append((seen, text))
        return accepted

    accepted = at_once(edit, EDITORS)

    written = [list(texts_of(moment)) for moment in moments]
    events = Event.objects.filter(kind=EventKind.MOMENT_CHANGED).order_by("id")
    assert sorted(chain.from_iterable(accepted)) == sorted(chain.from_iterable(written))
    for number, pairs in enumerate(accepted):
        own = events.filter(actor=people[number])
        assert [(event.before["what_more"], event.after["what_more"]) for event in own] == pairs
    for moment, pairs in zip(moments, written, strict=True):
        moment.refresh_from_db()
        assert [old for old, _ in pairs] == ["", *(new for _, new in pairs[:-1])]
        assert (moment.what_more, moment.version) == (pairs[-1][1], len(pairs) + 1)


def test_200_racing_moves_keep_positions_and_are_all_written_down(trip, at_once):
    moments = list(Moment.objects.filter(stage__journey=trip))
    stages = list(Stage.objects.filter(journey=trip))

    def move(number: int) -> int:
        random, moved = Random(number), 0
        for _ in range(MOVES):
            moment = Moment.objects.select_related("stage__journey").get(pk=random.choice(moments).pk)
            stage = Stage.objects.select_related("journey").get(pk=random.choice(stages).pk)
            moved += sequence.move_moment(moment, stage, random.randrange(5)) is not None
        return moved

    moved = at_once(move, EDITORS)

    stage_places, moment_places = positions_of(trip)
    events = Event.objects.filter(journey=trip, kind=EventKind.MOMENT_MOVED).order_by("id")
    assert stage_places == [0, 1, 2]
    assert moment_places == [list(range(len(places))) for places in moment_places]
    assert sum(len(places) for places in moment_places) == len(moments)
    assert Journey.objects.get(pk=trip.pk).version == 1 + EDITORS * MOVES
    assert events.count() == sum(moved)
    for moment in moments:
        moment.refresh_from_db()
        last = events.filter(moment_id=moment.pk).last()
        assert last is None or last.after["stage"] == moment.stage_id


def test_one_step_is_undone_once_however_many_try(trip, at_once):
    event = sequence.rename_stage(Stage.objects.select_related("journey").get(title="After"), "Long after")

    def take_back(number: int) -> bool:
        try:
            undo(Event.objects.get(pk=event.pk))
        except AlreadyUndone:
            return False
        return True

    undone = at_once(take_back, EDITORS)

    assert sorted(undone) == [False] * (EDITORS - 1) + [True]
    assert Stage.objects.filter(title="After").count() == 1
    assert Event.objects.filter(undoes=event).count() == 1
