"""How responses come out: once, counted, without a trace of who or when."""

from __future__ import annotations

from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django_scopes import scope, scopes_disabled

from assessments.choices import View
from assessments.models import Batch, Idea, Rating, Response, ResultSheet, Round, RoundEvent
from assessments.release import finish_batches, release_round, show_results, to_finish, to_release, to_show
from assessments.rounds import close_round, reopen_round
from assessments.tending import call_for_tending, tend_rounds
from tests.assessments.rounds import answer_by, make_open_round, make_released_round

pytestmark = pytest.mark.django_db

LEVELS = ([1, 2, 3], [4, 5, 6], [1, 0, None], [2, 2, 2], [6, 6, 6], [3, 3, 3])


def answered(organisation, people=LEVELS, **fields):
    round_ = make_open_round(organisation, **fields)
    for levels in people:
        answer_by(round_, levels)
    return round_


def levels_of(round_):
    """What was said, without who said it first."""
    rows = Rating.objects.filter(response__round=round_).order_by("response", "moment__position")
    people = {}
    for response, level in rows.values_list("response", "level"):
        people.setdefault(response, []).append(level)
    return sorted(people.values(), key=str)


def counts_at(round_, position, view="staff"):
    score = ResultSheet.objects.get(round=round_).figures["moments"][position]["views"][view]
    return score and score["counts"]


def test_closed_round_comes_out_with_a_sheet(in_scope):
    round_ = make_released_round(in_scope, ideas=["Say why we wait"])

    figures = round_.sheet.figures
    groups = {group["name"]: str(group["id"]) for group in figures["groups"]}
    assert figures["responses"]["staff"] == {
        "n": 15,
        "groups": {groups["Gate team"]: 7, groups["Crew"]: None, groups["Night"]: None},
    }
    assert figures["moments"][0]["views"]["customers"]["counts"] == [4, 4, 4, 0, 0, 0]
    assert [list(find()) for find in (to_release, to_show, to_finish)] == [[], [], []]
    assert call_for_tending() == 0
    assert list(RoundEvent.objects.order_by("pk").values_list("kind", flat=True)) == ["opened", "closed", "released"]


def test_worker_releases_what_was_closed_and_raises_the_version(in_scope):
    round_ = close_round(answered(in_scope))

    tend_rounds()

    assert counts_at(round_, 0) == [2, 1, 1, 1, 0, 1]
    assert Round.objects.get().version == round_.version + 1


def test_what_came_out_comes_out_once(in_scope):
    round_ = close_round(answered(in_scope))

    for _ in range(3):
        release_round(round_)
        tend_rounds()

    assert list(Batch.objects.values_list("number", "response_counts")) == [(1, {"": 6})]
    assert (Response.objects.count(), Rating.objects.count()) == (6, 17)
    assert RoundEvent.objects.filter(kind="released").count() == 1
    assert ResultSheet.objects.get().version == 1


def test_everything_that_was_said_is_kept(in_scope):
    round_ = answered(in_scope)
    before = levels_of(round_)

    release_round(close_round(round_))

    assert levels_of(round_) == before


def test_rows_are_rewritten_in_an_order_that_tells_nothing(in_scope):
    round_ = make_open_round(in_scope)
    came = [answer_by(round_, [1 + number % 6] * 3, idea=f"{number:03}").pk for number in range(40)]

    release_round(close_round(round_))

    rows = physical_rows(Response, "id")
    assert set(rows).isdisjoint(came)
    assert rows == sorted(rows)
    assert physical_rows(Rating, "response_id") == sorted(physical_rows(Rating, "response_id"))
    assert list(dict.fromkeys(physical_rows(Idea, "text"))) != [f"{number:03}" for number in range(40)]


def physical_rows(model, column):
    """A column in the order in which the rows lie in the table's file."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY {place}")
        return [row[0] for row in cursor.fetchall()]


def test_ideas_are_cut_off_from_who_wrote_them(in_scope):
    round_ = make_open_round(in_scope)
    answer_by(round_, [1, 2, 3], idea="Say why we wait")

    [batch] = release_round(close_round(round_))

    ideas = Idea.objects.values_list("text", "response", "batch", "moment__position")
    assert sorted(ideas) == [("Say why we wait", None, batch.pk, position) for position in range(3)]


def test_round_without_a_response_gets_a_sheet_that_says_so(in_scope):
    round_ = close_round(make_open_round(in_scope, ["Crew"]))

    tend_rounds()

    figures = round_.sheet.figures
    assert figures["responses"]["staff"] == {"n": None, "groups": {str(figures["groups"][0]["id"]): None}}
    assert figures["whole"] == {"staff": None, "customers": None}
    assert (figures["weakest"], figures["enhance"]) == (None, [])
    assert [moment["views"] for moment in figures["moments"]] == [{"staff": None, "customers": None}] * 3
    assert RoundEvent.objects.filter(kind="released").count() == 1
    assert call_for_tending() == 0


def test_open_round_shows_nothing_before_it_closes(in_scope):
    round_ = answered(in_scope)

    tend_rounds()

    assert release_round(round_) == []
    assert not ResultSheet.objects.exists()


def test_open_round_in_batches_waits_for_enough_new_ones_of_a_view(in_scope):
    round_ = make_open_round(in_scope, audience="both", release="in_batches")
    for _ in range(4):
        answer_by(round_, [1, 1, 1])
        answer_by(round_, [6, 6, 6], view=View.CUSTOMERS)
    tend_rounds()
    before = ResultSheet.objects.exists()

    answer_by(round_, [1, 1, 1])
    tend_rounds()

    assert not before
    assert (counts_at(round_, 0), counts_at(round_, 0, "customers")) == ([5, 0, 0, 0, 0, 0], None)
    assert round_.sheet.figures["round"]["is_complete"] is False


def test_last_few_of_a_round_in_batches_stay_hidden(in_scope):
    round_ = answered(in_scope, [[1, 1, 1]] * 5, release="in_batches")
    tend_rounds()

    for _ in range(4):
        answer_by(round_, [6, 6, 6])
    close_round(round_)
    tend_rounds()

    assert counts_at(round_, 0) == [5, 0, 0, 0, 0, 0]
    assert ResultSheet.objects.get().figures["round"]["is_complete"] is True
    assert ResultSheet.objects.get().version == 2


def test_sheet_follows_reopening_and_closing_where_nobody_answered_more(in_scope):
    round_ = close_round(answered(in_scope))
    tend_rounds()

    round_ = reopen_round(round_, "Two branches were on holiday.", None)
    tend_rounds()
    while_open = ResultSheet.objects.get().figures["round"]
    close_round(round_)
    tend_rounds()

    assert (while_open["is_complete"], while_open["closed_on"]) == (False, None)
    assert ResultSheet.objects.get().figures["round"]["is_complete"] is True
    assert call_for_tending() == 0


def test_answer_deleted_after_its_release_changes_no_figure(in_scope):
    round_ = make_released_round(in_scope)
    before = round_.sheet.figures

    Response.objects.filter(round=round_, view="staff").first().delete()
    reopen_round(round_, "Two branches were on holiday.", None)
    tend_rounds()
    close_round(Round.objects.get())
    tend_rounds()

    assert ResultSheet.objects.get().figures == before


@pytest.fixture
def large(monkeypatch):
    """A round of six people is a large one."""
    monkeypatch.setattr("assessments.release.SHUFFLED_MOST", 5)


def test_large_round_has_a_sheet_first_and_its_intervals_soon(in_scope, large):
    round_ = close_round(answered(in_scope))

    release_round(round_)
    show_results(round_)
    first = ResultSheet.objects.get().figures
    waiting = Response.objects.filter(batch=None).count()
    tend_rounds()

    last = ResultSheet.objects.get().figures
    assert waiting == 6
    assert not Response.objects.filter(batch=None).exists()
    assert first["whole"]["staff"]["loyalty_balance"] == {
        "value": last["whole"]["staff"]["loyalty_balance"]["value"], "low": None, "high": None,
    }  # fmt: skip
    assert last["whole"]["staff"]["loyalty_balance"]["low"] is not None
    assert [moment["views"] for moment in first["moments"]] == [moment["views"] for moment in last["moments"]]
    assert RoundEvent.objects.filter(kind="released").count() == 1
    assert call_for_tending() == 0


def test_large_round_says_what_a_small_one_of_the_same_answers_says(in_scope, monkeypatch):
    small = make_released_round(in_scope, {"": 20}, ideas=["Say why we wait"] * 20)
    figures = {name: small.sheet.figures[name] for name in ("moments", "whole", "responses")}
    monkeypatch.setattr("assessments.release.SHUFFLED_MOST", 5)

    large = make_released_round(in_scope, {"": 20}, ideas=["Say why we wait"] * 20, journey=small.journey)

    assert without_intervals({name: large.sheet.figures[name] for name in figures}) == without_intervals(figures)
    assert set(Idea.objects.filter(round=large).values_list("response", "batch__round")) == {(None, large.pk)}


def without_intervals(value):
    """Intervals are drawn anew for each round."""
    if isinstance(value, dict):
        return {name: without_intervals(part) for name, part in value.items() if name not in ("low", "high")}
    return [without_intervals(part) for part in value] if isinstance(value, list) else value


def test_large_round_can_not_reopen_while_it_is_counted(in_scope, large):
    round_ = close_round(answered(in_scope))
    release_round(round_)

    with pytest.raises(ValidationError) as refused:
        reopen_round(round_, "Two branches were on holiday.", None)
    finish_batches(round_)

    assert refused.value.messages == ["Its results are being counted. Try again in a minute."]
    assert reopen_round(round_, "Two branches were on holiday.", None).is_open


def test_late_answers_of_a_large_open_round_make_a_batch_of_their_own(in_scope, large):
    round_ = answered(in_scope, release="in_batches")
    tend_rounds()

    for _ in range(6):
        answer_by(round_, [4, 4, 4])
    tend_rounds()

    assert list(Batch.objects.values_list("number", "response_counts")) == [(1, {"": 6}), (2, {"": 6})]
    assert counts_at(round_, 0) == [2, 1, 1, 7, 0, 1]


@pytest.mark.django_db(transaction=True)
def test_two_workers_release_a_round_once(organisation):
    with scope(organisation=organisation):
        round_ = close_round(answered(organisation))
    errors = []

    def work():
        try:
            with scopes_disabled():
                release_round(round_)
                show_results(round_)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    with scope(organisation=organisation):
        tend_rounds()
        assert errors == []
        assert list(Batch.objects.values_list("number", "response_counts")) == [(1, {"": 6})]
        assert counts_at(round_, 0) == [2, 1, 1, 1, 0, 1]
        assert Response.objects.count() == 6
        assert RoundEvent.objects.filter(kind="released").count() == 1


@pytest.mark.parametrize("broken", ["move_shuffled", "count_responses", "detail_batch", "log_event"])
def test_release_that_breaks_off_leaves_nothing_half_done(in_scope, monkeypatch, broken):
    round_ = close_round(answered(in_scope))
    before = levels_of(round_)

    with monkeypatch.context() as failing:
        failing.setattr(f"assessments.release.{broken}", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            release_round(round_)
    left = (Batch.objects.count(), levels_of(round_) == before, Response.objects.filter(batch=None).count())
    tend_rounds()

    assert left == (0, True, 6)
    assert counts_at(round_, 0) == [2, 1, 1, 1, 0, 1]
