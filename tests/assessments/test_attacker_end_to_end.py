"""Nobody who keeps all that rounds ever show, and knows how it is made, works out a group below the minimum."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from assessments.agreement import agreement
from assessments.answers import Answer
from assessments.choices import Source, View
from assessments.export_tables import TABLES
from assessments.models import Batch, Response, ResultSheet, Round, RoundGroup, RoundMoment
from assessments.published import PublishedView
from assessments.rounds import close_round, make_round, open_round, reopen_round
from assessments.scoring import risk_of_scores, score_counts, value_of_scores
from assessments.sheet import figures_of_asked
from assessments.sheet_moments import Asked
from assessments.storing import store_response
from assessments.tending import tend_rounds
from tests.assessments.houses import DECISIONS, GROUPS, MOMENTS, random_house, stored
from tests.assessments.onlooker import Onlooker
from tests.assessments.rounds import make_journey

ORGANISATIONS = 1000
OF_THEM_WHOLE = 100
OF_THEM_STORED = 12


def batches_of(asking):
    """What would be stored: a batch a release and view; its key is the number of its release, and its view."""
    for release, people in enumerate(asking.releases):
        for number, view in enumerate(View):
            if new := [person for person in people if person.view == view]:
                yield Batch(pk=2 * release + number, view=view.value, **stored(new))


def sheet_of(batches, minimum, last=None):
    """The sheet of batches that never were in a database."""
    opened = datetime(2026, 1, 1, tzinfo=UTC)
    round_ = Round(
        pk=1, title="Autumn", audience="both", minimum_group=minimum, opened_at=opened, customers_per_year=99
    )
    return figures_of_asked(
        Asked(
            round=round_,
            moments=[RoundMoment(position=place, title="Waits", source_id=place) for place in range(MOMENTS)],
            groups=[RoundGroup(pk=int(group), name=group) for group in GROUPS],
            published={view: PublishedView(view, [b for b in batches if b.view == view], minimum) for view in View},
            last=last or {},
        )
    )


def watch(sheets, asking, minimum, release_of):
    """Who has seen all sheets of a round; release_of: the release in which a batch came out, by its id."""
    onlooker = Onlooker(minimum)
    for sheet, people in zip(sheets, asking.releases, strict=True):
        onlooker.look(sheet, people)
    for view in View:
        for batch in sheets[-1]["ideas"][view]["batches"]:
            release = release_of(batch["id"])
            onlooker.read_ideas(release, (view.value,))
            for group in batch["groups"]:
                onlooker.read_ideas(release, (view.value, str(group)))
    return onlooker


def sheets_of(asking, minimum):
    """One after each release."""
    batches = list(batches_of(asking))
    for batch in batches:
        batch.profiles = None  # saves the drawing of intervals, which are looked at below
    return [
        sheet_of([batch for batch in batches if batch.pk // 2 <= release], minimum)
        for release in range(len(asking.releases))
    ]


def test_no_group_below_the_minimum_can_be_worked_out():
    found = {}
    for seed in range(ORGANISATIONS):
        house = random_house(seed)
        for asking in house.rounds:
            onlooker = watch(sheets_of(asking, house.minimum), asking, house.minimum, lambda batch: batch // 2)
            if finds := onlooker.finds():
                found[seed] = finds

    assert found == {}


def test_what_does_not_add_up_is_made_of_counts_that_are_shown():
    for seed in range(OF_THEM_WHOLE):
        house = random_house(seed)
        for asking in house.rounds:
            sheet = sheets_of(asking, house.minimum)[-1]
            for view in sheet["views"]:
                assert sheet["whole"][view] == whole_of(sheet, view)


def whole_of(sheet, view):
    """The figures of the whole journey again, from the sheet's own counts of its moments."""
    shown = [moment["views"][view] for moment in sheet["moments"]]
    scores = [score_counts(tuple(score["counts"])) if score else None for score in shown]
    if not any(scores):
        return None
    value, risk = value_of_scores(scores, [1] * MOMENTS, 1), risk_of_scores(99, [1] * MOMENTS, scores, 32)
    figures = {
        "loyalty_balance": value.loyalty_balance,
        "indifference_percent": value.indifference_percent,
        "damaged": value.damaged,
        "customers_met": risk.customers_met,
        "customers_at_risk": risk.customers_at_risk,
    }
    return {
        **{name: {"value": figure, "low": None, "high": None} for name, figure in figures.items()},
        "agreement": agreement([score.counts for score in scores if score]),
        "moments_counted": sum(score is not None for score in scores),
    }


def test_what_is_hidden_moves_nothing_that_is_shown_not_even_an_interval():
    changed = 0
    for seed in range(OF_THEM_WHOLE):
        house = random_house(seed)
        for asking in house.rounds:
            other = replace(asking, releases=[say_otherwise(people, house.minimum) for people in asking.releases])
            changed += other != asking
            assert sheet_of(list(batches_of(other)), house.minimum) == sheet_of(list(batches_of(asking)), house.minimum)

    assert changed > OF_THEM_WHOLE / 2


def say_otherwise(people, minimum):
    """The same people, but those of views that are too few at a moment say something else of it."""
    few = {
        (view, place)
        for view in View
        for place in range(MOMENTS)
        if sum(p.view == view and p.said[place].level is not None for p in people) < minimum
    }
    return [
        replace(p, said=tuple(_flip(said) if (p.view, place) in few else said for place, said in enumerate(p.said)))
        for p in people
    ]


def _flip(said):
    """Who sees a moment still sees it, and says as much of it: another level, decision and amount."""
    if said.level is None:
        return said
    decision = DECISIONS[DECISIONS.index(said.decision) - 1] if said.decision else ""
    times, seconds = (None if amount is None else amount + 1 for amount in (said.times, said.seconds))
    return replace(said, level=7 - said.level, decision=decision, times=times, seconds=seconds)


def test_change_between_rounds_is_the_difference_of_two_shown_means():
    told = 0
    for seed in range(OF_THEM_WHOLE):
        house = random_house(seed)
        sheets = [sheets_of(asking, house.minimum)[-1] for asking in house.rounds]
        if len(sheets) < 2:
            continue
        last = {moment["position"]: moment["views"] for moment in sheets[0]["moments"]}
        now = sheet_of(list(batches_of(house.rounds[1])), house.minimum, last)
        for moment in now["moments"]:
            for view, score in moment["views"].items():
                before, change = last[moment["position"]][view], moment["change"][view]
                assert (change is None) == (score is None or before is None)
                assert change is None or change["levels"] == score["mean"] - before["mean"]
                told += change is not None

    assert told > 30


@pytest.fixture
def show(in_scope, manager_client, capsys):
    """All that a stored round shows: its sheet; each file and the command are held against it."""

    def look(round_):
        sheet = ResultSheet.objects.get(round=round_).figures
        call_command("results", round_.pk, "--json")
        assert json.loads(capsys.readouterr().out) == sheet
        for name, make in TABLES.items():
            query = {"as": "csv", "table": name}
            content = manager_client.get(reverse("results_export", args=[in_scope.slug, round_.pk]), query).content
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]
            assert [[not cell for cell in row] for row in rows] == [
                [cell in (None, "") for cell in row] for row in make(sheet).rows
            ]
        return sheet

    return look


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(OF_THEM_STORED))
def test_stored_rounds_show_no_more_even_when_answers_are_deleted(in_scope, show, seed):
    house = random_house(seed)
    journey = make_journey(in_scope, ["Waits"] * MOMENTS)
    previous = None
    for asking in house.rounds:
        round_ = make_round(
            journey, None, title="Autumn", audience="both", minimum_group=house.minimum, previous=previous
        )
        groups = {name: round_.groups.create(name=name, position=int(name)) for name in GROUPS}
        round_, sheets = open_round(round_), []
        for people in asking.releases:
            deleted = [say(round_, groups, person) for person in people[:2]]
            for person in people:
                say(round_, groups, person)
            Response.objects.filter(pk__in=deleted).delete()
            round_ = close_round(round_)
            tend_rounds()
            sheets.append(named(show(round_), groups))
            Response.objects.filter(pk__in=Response.objects.filter(round=round_).values("pk")[:1]).delete()
            round_ = reopen_round(round_, "Two branches were on holiday.", None)
        batches = list(Batch.objects.filter(round=round_).order_by("pk").values_list("pk", "view"))

        onlooker = watch(
            sheets, asking, house.minimum, lambda pk, known=batches, asked=asking: release_of(pk, known, asked)
        )

        assert onlooker.finds() == []
        previous = close_round(round_)


def say(round_, groups, person):
    answers = {
        place: Answer(said.level if said.level else 0, said.times, said.seconds, said.decision)
        for place, said in enumerate(person.said)
    }
    stored = store_response(round_, View(person.view), groups.get(person.group), answers, Source.LINK)
    return stored.pk


def named(sheet, groups):
    """With groups by their names, as people are."""
    names = {str(group.pk): name for name, group in groups.items()}
    words = json.dumps(sheet)
    renamed = json.loads(words, object_pairs_hook=lambda pairs: {names.get(key, key): value for key, value in pairs})
    for view in View:
        for batch in renamed["ideas"][view]["batches"]:
            batch["groups"] = [names[str(group)] for group in batch["groups"]]
    return renamed


def release_of(pk, batches, asking):
    """The release in which a batch came: the releases of a view that bring somebody, in order."""
    view = dict(batches)[pk]
    number = [other for other, its in batches if its == view].index(pk)
    bringing = [release for release, people in enumerate(asking.releases) if any(p.view == view for p in people)]
    return bringing[number]
