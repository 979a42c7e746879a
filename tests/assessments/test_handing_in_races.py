"""Many at once: one draft makes one response, and who got in before the round closed is counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django_scopes import scope

from assessments.answers import Answer
from assessments.handing_in import NotTaken, draft_of, hand_in, keep_answers
from assessments.links import Way
from assessments.models import Batch, Draft, OpenLink, Response, Round
from assessments.release import release_round
from assessments.rounds import close_round
from tests.assessments.rounds import link_for, make_open_round

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 8


def at_once(organisation, tasks):
    """What each task gives, or why it was not taken; all start together on connections of their own."""

    def run(task):
        try:
            with scope(organisation=organisation):
                return task()
        except NotTaken as refused:
            return refused.refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, tasks))


def drafts_in(round_, count):
    ways = [Way(link_for(round_), None, f"phone {number}") for number in range(count)]
    pairs = [(way, draft_of(way)) for way in ways]
    for _way, draft in pairs:
        keep_answers(draft, {place: Answer(4) for place in range(3)})
    return pairs


def test_one_draft_handed_in_fifty_times_makes_one_response(organisation):
    with scope(organisation=organisation):
        [(way, draft)] = drafts_in(make_open_round(organisation), 1)

    found = at_once(organisation, [lambda: hand_in(way, draft)] * 50)

    with scope(organisation=organisation):
        assert sorted(found) == [False] * 49 + [True]
        assert Response.objects.get().ratings.count() == 3
        assert OpenLink.objects.get().response_count == 1


def test_who_gets_in_before_the_round_closes_is_counted_and_nobody_else_is(organisation):
    with scope(organisation=organisation):
        round_ = make_open_round(organisation)
        pairs = drafts_in(round_, 24)
    tasks = [lambda way=way, draft=draft: hand_in(way, draft) for way, draft in pairs]

    def close():
        return release_round(close_round(round_))

    found = at_once(organisation, [*tasks[:12], close, *tasks[12:]])

    with scope(organisation=organisation):
        taken = sum(result is True for result in found)
        assert sum(sum(batch.response_counts.values()) for batch in Batch.objects.all()) == taken
        assert (Response.objects.count(), OpenLink.objects.get().response_count) == (taken, taken)
        assert Draft.objects.filter(is_handed_in=False).exclude(answers={}).count() == 24 - taken
        assert Round.objects.get().has_ended


def test_link_with_room_for_one_takes_one(organisation):
    with scope(organisation=organisation):
        round_ = make_open_round(organisation)
        OpenLink.objects.update(cap=1)
        pairs = drafts_in(round_, AT_ONCE)

    at_once(organisation, [lambda way=way, draft=draft: hand_in(way, draft) for way, draft in pairs])

    with scope(organisation=organisation):
        assert Response.objects.count() == OpenLink.objects.get().response_count == 1
        assert Draft.objects.filter(is_handed_in=False).exclude(answers={}).count() == AT_ONCE - 1
