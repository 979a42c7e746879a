"""What is known of an action's moment: published figures alone, else the manager's estimate; as picture and as file."""

from __future__ import annotations

import csv
import io
import itertools
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.access import Role
from assessments.models import ResultSheet
from improvements.actions.changing import change_action
from improvements.actions.effort_picture import draw_picture, nice_top
from improvements.actions.figures import MomentFigures, figures_of, figures_of_moment
from improvements.actions.rows import ActionCard, by_damage, done_actions, overdue_actions
from improvements.models import Action
from journeys.models import Moment
from tests.assessments.rounds import make_journey, make_released_round
from tests.assessments.sheets import score
from tests.improvements.made_actions import make_one, moment_of


def test_newest_round_is_told_by_customers(in_scope):
    round_ = make_released_round(in_scope)
    first = round_.moments.get(position=0)

    found = figures_of_moment(round_.journey_id, first.source_id)

    assert found == MomentFigures(10_000.0, "customers", 2.0, 12, pytest.approx(6666.67, abs=0.01), "Autumn")
    assert found.nearest_level == 2


def test_hidden_moment_has_the_managers_estimate(in_scope):
    """Two of the staff alone: the sheet shows nothing, and nothing of theirs is told."""
    round_ = make_released_round(in_scope, {"": 2}, customers=0)
    first = round_.moments.get(position=0)

    assert figures_of_moment(round_.journey_id, first.source_id) == MomentFigures(10_000.0, "manager", 4, None, 0.0, "")


@pytest.mark.parametrize(("level", "damage"), [(None, None), (1, 10_000.0), (2, 10_000.0), (3, 0.0), (6, 0.0)])
def test_estimate_does_damage_wholly_or_not_at_all(in_scope, level, damage):
    moment = moment_of(make_journey(in_scope))
    Moment.objects.filter(pk=moment.pk).update(level=level)

    found = figures_of_moment(moment.stage.journey_id, moment.pk)

    assert (found.level, found.damage_per_year, found.n) == (level, damage, None)


def test_moment_that_is_off_the_map_keeps_what_rounds_said(in_scope):
    round_ = make_released_round(in_scope)
    moment = Moment.objects.get(pk=round_.moments.get(position=0).source_id)
    action = make_one(in_scope, moment)
    moment.delete()

    assert figures_of([action])[action.pk].round_title == "Autumn"


def test_moment_of_which_nothing_is_known_lacks(in_scope):
    moment = moment_of(make_journey(in_scope))
    action = make_one(in_scope, moment)
    moment.delete()

    assert figures_of([action]) == {}


def test_new_version_of_a_sheet_is_read_anew(in_scope):
    round_ = make_released_round(in_scope)
    source = round_.moments.get(position=0).source_id
    figures_of_moment(round_.journey_id, source)
    sheet = ResultSheet.objects.get()
    sheet.figures["moments"][0]["views"]["customers"] = score(0, 0, 0, 0, 0, 10)
    sheet.version += 1
    sheet.save()

    assert figures_of_moment(round_.journey_id, source).level == 6


def test_figures_of_many_take_five_queries(in_scope, django_assert_max_num_queries):
    rounds = [make_released_round(in_scope, {"": 6}, customers=0), make_released_round(in_scope, {"": 6}, customers=0)]
    actions = [
        make_one(in_scope, Moment.objects.get(pk=asked.source_id)) for it in rounds for asked in it.moments.all()
    ]
    actions += [make_one(in_scope), make_one(in_scope)]

    with django_assert_max_num_queries(5):
        assert len(figures_of(actions)) == 8


def test_overdue_and_done_actions_for_others(in_scope, manager):
    day = date(2026, 11, 20)
    late = make_one(in_scope, what="Late", owner_id=manager.pk, due_on=date(2026, 11, 19))
    make_one(in_scope, what="Today", owner_id=manager.pk, due_on=day)
    make_one(in_scope, what="Proposed", due_on=date(2026, 1, 1))
    done = [make_one(in_scope, what=f"Done {number}") for number in (18, 20, 22)]
    for action in done:
        change_action(action, None, {"state": "done", "done_on": date(2026, 11, int(action.what[-2:]))})

    assert overdue_actions(in_scope, day) == [late]
    journeys = [action.journey_id for action in done]
    told = [
        [action.what for action in done_actions(in_scope, day, some, most)]
        for some, most in ((journeys, 9), (journeys, 1), (journeys[:2], 9))
    ]
    assert told == [["Done 22", "Done 20"], ["Done 22"], ["Done 20"]]


# The picture


def card(damage: float | None, effort: int | None, pk: int = 1, **fields) -> ActionCard:
    figures = MomentFigures(1e6, "customers", 3, 9, damage, "Autumn")
    return ActionCard(Action(pk=pk, what="Speak", effort=effort, **fields), figures, 0)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 1), (0.3, 0.5), (1, 1), (1.01, 2), (4_900, 5_000), (5_100, 10_000), (2e9, 2e9)]
)
def test_axis_ends_at_a_round_number(most, top):
    assert nice_top(most) == pytest.approx(top)


def test_more_damage_stands_higher_and_more_effort_further_right():
    picture = draw_picture([card(5000, 1), card(2500, 4), card(0, 2)])

    high, middle, low = picture.points
    assert [point.number for point in picture.points] == [1, 2, 3]
    assert high.y < middle.y < low.y
    assert high.x < low.x < middle.x
    assert [tick.value for tick in picture.ticks] == [0, 1000, 2000, 3000, 4000, 5000]


def test_points_that_would_cover_one_another_stand_side_by_side():
    points = draw_picture([card(5000, 1, pk) for pk in range(1, 6)]).points

    places = sorted(point.x for point in points)
    assert all(right - left > 24 for left, right in itertools.pairwise(places))


def test_what_has_no_effort_or_damage_stands_in_the_table_alone():
    assert draw_picture([card(5000, None), card(None, 1), ActionCard(Action(effort=1), None, 0)]).points == ()


def test_order_is_by_damage_then_by_day():
    late, soon = card(10, 1, 1, due_on=date(2026, 3, 1)), card(10, 1, 2, due_on=date(2026, 1, 1))
    unknown, most = card(None, 1, 3), card(20, 1, 4)

    assert by_damage([unknown, late, soon, most]) == [most, soon, late, unknown]


def test_picture_has_a_table_that_says_the_same(in_scope, manager_client):
    round_ = make_released_round(in_scope)
    moment = Moment.objects.get(pk=round_.moments.get(position=0).source_id)
    make_one(in_scope, moment, effort=2)

    page = manager_client.get(reverse("action_picture", args=["northern-air"])).content.decode()

    assert '<text x="' in page
    assert page.count('class="point"') == 1
    row = page.partition("<tbody>")[2]
    assert [words in row for words in ("Speak every 15 minutes", "6,667", "customers", "About a week")] == [True] * 4


# Files


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_file_holds_every_action_and_no_formula(in_scope, manager_client, manager):
    make_one(in_scope, what="=1+1", owner_id=manager.pk, due_on=date(2026, 12, 4), effort=1)
    address = reverse("actions_export", args=["northern-air"])

    table = rows_of(manager_client.get(f"{address}?as=csv"))
    workbook = manager_client.get(f"{address}?as=xlsx")

    row = dict(zip(*table, strict=True))
    assert (row["Action"], row["Owner"], row["Due"], row["Effort"]) == (
        "'=1+1", "Manager", "2026-12-04", "A day or less",
    )  # fmt: skip
    assert (
        CalamineWorkbook.from_filelike(io.BytesIO(workbook.content)).get_sheet_by_index(0).to_python()[1][0] == "'=1+1"
    )
    assert "attachment" in workbook.headers["Content-Disposition"]


def test_file_for_staff_holds_no_figures_of_rounds(in_scope, client_of, make_member):
    make_one(in_scope)
    address = reverse("actions_export", args=["northern-air"]) + "?as=csv"

    heads = rows_of(client_of(make_member(in_scope, Role.STAFF)).get(address))[0]

    assert "Damage a year" not in heads
    assert "Level before" not in heads


def test_file_of_an_unknown_kind_is_404(in_scope, manager_client):
    assert manager_client.get(reverse("actions_export", args=["northern-air"]) + "?as=pdf").status_code == 404
