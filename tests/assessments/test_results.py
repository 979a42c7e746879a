"""The page of a round's results, from a sheet made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import constants
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import Role
from accounts.models import Organisation
from assessments.models import ResultSheet, Round
from assessments.rounds import close_round, make_round, reopen_round
from journeys.models import LevelWording
from tests.assessments.rounds import make_journey, make_open_round
from tests.assessments.sheets import figures, judged, moment, score

pytestmark = pytest.mark.django_db


def make_closed_round(organisation: Organisation, sheet: dict[str, Any] | None = None, **fields: Any) -> Round:
    """A closed round with a sheet of hand-made figures, or one that is still being counted."""
    round_ = close_round(make_open_round(organisation, **fields))
    if sheet is not None:
        ResultSheet.objects.create(round=round_, figures=sheet)
    return round_


def page_of(round_: Round, **query: Any) -> str:
    return reverse("round_results", args=[round_.organisation.slug, round_.pk], query=query)


def html_of(client: Client, round_: Round, **query: Any) -> str:
    return client.get(page_of(round_, **query)).content.decode()


def large(moments: int, groups: int) -> dict[str, Any]:
    """Every cell filled."""
    scores = {"staff": score(1, 2, 3, 4, 5, 6), "customers": score(6, 5, 4, 3, 2, 1)}
    cells = {str(number): {"n": 9, "mean": 3.5} for number in range(groups)}
    said = [moment(place, f"M{place}", views=scores, groups={"staff": cells, "customers": cells}) for place in
            range(moments)]  # fmt: skip
    return figures(said, groups=[{"id": number, "name": f"G{number}"} for number in range(groups)])


def test_results_begin_with_three_sentences(in_scope, manager_client):
    html = html_of(manager_client, make_closed_round(in_scope, judged()))

    assert "The sequence is weakest at “\u2068Waits at the gate\u2069”" in html
    assert html.index("We fool ourselves at") < html.index("Loyalty balance")


def test_headline_has_a_column_a_view_and_a_range_a_number(in_scope, manager_client):
    response = manager_client.get(page_of(make_closed_round(in_scope, judged())))

    rows = {row.name: [(cell.text, cell.note) for cell in row.cells] for row in response.context["headline"]}
    assert rows["responses"] == [("12", ""), ("12", "")]
    assert rows["balance"] == [("+12", "+10 to +14")] * 2
    assert rows["indifference"] == [("30%", "28% to 32%")] * 2
    assert rows["damaged"] == [("20%", "15% to 25%")] * 2
    assert rows["met"] == [("4,321", "4,221 to 4,421")] * 2
    assert rows["risk"] == [("1,383", "1,333 to 1,433")] * 2
    assert rows["agreement"] == [("0.41", "People agree in part: talk about where they differ.")] * 2


def test_leave_rate_source_and_assumptions_stand_beside_the_risk(in_scope, manager_client):
    html = html_of(manager_client, make_closed_round(in_scope, judged()))

    assert "Source: PwC 2018: 15,000 people in 12 countries" in html
    assert "independent between moments" in html
    assert "Staff, our own view" in html


def test_hidden_figures_are_said_to_be_hidden_and_nowhere_else(in_scope, manager_client):
    sheet = judged(responses={"staff": {"n": 12, "groups": {}}, "customers": {"n": None, "groups": {}}})
    sheet["whole"]["customers"] = sheet["weakest"] = None
    for said in sheet["moments"]:
        said["views"]["customers"] = said["blind_spot"] = None

    response = manager_client.get(page_of(make_closed_round(in_scope, sheet)))

    rows = {row.name: row.cells[1].text for row in response.context["headline"]}
    assert rows == {"responses": "fewer than 5"} | dict.fromkeys(
        ("balance", "indifference", "damaged", "met", "risk", "agreement"), "–"
    )
    assert [card.sides[1].hidden for card in response.context["cards"]] == ["fewer than 5"] * 3
    assert 'class="dot-of-customers"' not in response.content.decode()


def test_moment_that_customers_are_not_asked_says_so(in_scope, manager_client):
    sheet = figures(
        [moment(0, "Packs", is_for_customers=False, views={"staff": score(0, 0, 5, 0, 0, 0), "customers": None})]
    )

    response = manager_client.get(page_of(make_closed_round(in_scope, sheet)))

    assert [side.hidden for side in response.context["cards"][0].sides] == ["", "not asked"]


def test_cards_name_only_clear_changes_and_flagged_blind_spots(in_scope, manager_client):
    sheet = judged(round={"previous": {"id": 1, "title": "Spring"}})
    sheet["moments"][1]["change"]["staff"] = {"levels": 2.0, "low": -0.1, "high": 4.1, "is_clear": False}

    response = manager_client.get(page_of(make_closed_round(in_scope, sheet)))

    said = [([change.words for change in card.changes], card.blind_spot) for card in response.context["cards"]]
    assert said == [
        (["Customers: 0.8 levels better (0.3 to 1.3)"], ""),
        ([], ""),
        (["Customers: 0.6 levels worse (0.1 to 1.1)"], "+2.2 levels (1.5 to 2.9)"),
    ]
    assert [title for title, _ in response.context["changes"]] == ["Searches a fare", "Waits at the gate"]


def test_cards_hold_bars_damage_decisions_and_volumes(in_scope, manager_client):
    response = manager_client.get(page_of(make_closed_round(in_scope, judged())))

    last = response.context["cards"][2]
    assert last.damage == "7,500 contacts a year (Customers)"
    assert last.decisions == (("keep", "Keep", "2"), ("enhance", "Enhance", "4"), ("eliminate", "Eliminate", "6"))
    assert (last.is_weakest, last.is_elimination_candidate) == (True, True)
    assert response.context["cards"][0].volumes == "40 times a week (9 answers) · 45 s (9 answers)"
    assert last.sides[1].rows[:4] == (
        ("Mean", "1.9", "1.4 to 2.4"),
        ("Median", "2", ""),
        ("Answers", "12", ""),
        ("Damaged", "75%", "65% to 85%"),
    )
    assert '<svg class="l1" width="100%"' in last.bars


def test_levels_have_the_organisations_own_names(in_scope, manager_client):
    LevelWording.objects.create(organisation=in_scope, language="en", level=6, name="Applause", meaning="Wow")

    html = html_of(manager_client, make_closed_round(in_scope, judged()))

    assert '<th scope="row"><b>6</b> <span>Applause</span></th>' in html


@pytest.mark.parametrize(
    ("sort", "places"), [("", [1, 2, 3]), ("damage", [3, 1, 2]), ("x", [1, 2, 3]), ("\0", [1, 2, 3])]
)
def test_moments_stand_in_the_order_asked_for(in_scope, manager_client, sort, places):
    response = manager_client.get(page_of(make_closed_round(in_scope, judged()), sort=sort))

    assert [card.place for card in response.context["cards"]] == places


def test_heat_map_shows_levels_with_numbers_and_hides_what_is_hidden(in_scope, manager_client):
    response = manager_client.get(page_of(make_closed_round(in_scope, judged())))

    heat_map = response.context["heat_map"]
    assert (heat_map.view, heat_map.groups, heat_map.hides) == ("staff", ("All", "Gate team", "Web team"), True)
    assert '<td class="l4"><b>4.2</b> <small>6</small></td>' in heat_map.rows
    assert '<td class="l2"><b>2.1</b> <small>6</small></td>' in heat_map.rows
    assert heat_map.rows.count('<td class="hid">–</td>') == 1


@pytest.mark.parametrize(("asked", "view"), [("customers", "customers"), ("", "staff"), ("<x>", "staff")])
def test_heat_map_switches_its_view(in_scope, manager_client, asked, view):
    response = manager_client.get(page_of(make_closed_round(in_scope, judged()), groups=asked))

    assert response.context["heat_map"].view == view


def test_round_without_groups_has_no_heat_map(in_scope, manager_client):
    assert "Moments by group" not in html_of(manager_client, make_closed_round(in_scope, judged(groups=[])))


def test_every_title_is_escaped(in_scope, manager_client):
    evil = "<script>alert(1)</script>"
    sheet = judged(groups=[{"id": 7, "name": evil}], round={"journey": evil, "previous": {"id": 1, "title": evil}})
    for said in sheet["moments"]:
        said["title"] = said["stage"] = evil

    assert "<script>alert" not in html_of(manager_client, make_closed_round(in_scope, sheet, title=evil))


@pytest.mark.parametrize(("moments", "groups"), [(1, 1), (300, 40)])
def test_page_takes_eight_queries_at_any_size(in_scope, manager_client, django_assert_num_queries, moments, groups):
    round_ = make_closed_round(in_scope, large(moments, groups))
    manager_client.get(page_of(round_))

    with django_assert_num_queries(8):
        response = manager_client.get(page_of(round_))

    assert len(response.context["cards"]) == moments


def test_unchanged_results_answer_304_without_reading_a_figure(in_scope, manager_client, django_assert_num_queries):
    round_ = make_closed_round(in_scope, judged())
    first = manager_client.get(page_of(round_))

    with django_assert_num_queries(6):
        again = manager_client.get(page_of(round_), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "private, no-cache"


def test_new_sheet_other_person_and_other_address_are_never_304(in_scope, manager_client, client_of, make_member):
    round_ = make_closed_round(in_scope, judged())
    headers = {"If-None-Match": manager_client.get(page_of(round_))["ETag"]}
    leader = client_of(make_member(in_scope, Role.LEADER))

    answers = [
        leader.get(page_of(round_), headers=headers),
        manager_client.get(page_of(round_, sort="damage"), headers=headers),
    ]
    ResultSheet.objects.update(version=2)
    answers.append(manager_client.get(page_of(round_), headers=headers))

    assert [answer.status_code for answer in answers] == [200] * 3


def waiting_html(client: Client, round_: Round) -> str:
    response = client.get(page_of(round_))
    assert response["Cache-Control"] == "private, no-store"
    return response.content.decode()


def test_draft_says_what_will_come(in_scope, manager_client):
    draft = make_round(make_journey(in_scope), None, title="Autumn")

    assert "This round has not been opened yet" in waiting_html(manager_client, draft)


def test_open_round_says_when_results_appear(in_scope, manager_client):
    closes = timezone.now().replace(year=2030, month=3, day=4, hour=10, minute=0)

    html = waiting_html(manager_client, make_open_round(in_scope, closes_at=closes))

    assert "Results appear when the round closes" in html
    assert "It closes 4 Mar 2030" in html
    assert "every 2s" not in html


def test_open_round_in_batches_says_how_many_it_takes(in_scope, manager_client):
    html = waiting_html(manager_client, make_open_round(in_scope, release="in_batches", minimum_group=7))

    assert "as soon as at least 7 people of one view have answered" in html


def test_counting_polls_until_there_is_a_sheet_and_then_loads_the_page(in_scope, manager_client):
    round_ = make_closed_round(in_scope)
    page = waiting_html(manager_client, round_)
    polled = manager_client.get(page_of(round_), headers={"HX-Request": "true"})
    ResultSheet.objects.create(round=round_, figures=judged())

    done = manager_client.get(page_of(round_), headers={"HX-Request": "true"})

    assert 'hx-trigger="every 2s"' in page
    assert 'hx-trigger="every 2s"' in polled.content.decode()
    assert "<html" not in polled.content.decode()
    assert (done.headers["HX-Refresh"], done.content) == ("true", b"")


def test_round_closed_again_shows_the_old_figures_and_polls_for_the_new_ones(in_scope, manager_client):
    round_ = make_closed_round(in_scope, judged(round={"is_complete": False}))
    html, asked = html_of(manager_client, round_), page_of(round_, seen=1)

    unchanged = manager_client.get(asked, headers={"HX-Request": "true"})
    ResultSheet.objects.update(version=2)
    changed = manager_client.get(asked, headers={"HX-Request": "true"})

    assert f'hx-get="{asked}" hx-trigger="every 2s"' in html
    assert (unchanged.status_code, changed.headers.get("HX-Refresh")) == (204, "true")


def test_reopened_round_keeps_its_figures_and_says_that_more_may_come(in_scope, manager_client):
    round_ = make_closed_round(in_scope, judged())
    reopen_round(round_, "Two teams were ill", None)

    html = html_of(manager_client, round_)

    assert "The round is open: what has been handed in since is not in these figures yet." in html
    assert "every 2s" not in html


def test_too_few_answers_say_what_can_be_done(in_scope, manager_client):
    sheet = judged(responses={view: {"n": None, "groups": {}} for view in ("staff", "customers")})

    html = html_of(manager_client, make_closed_round(in_scope, sheet))

    assert "Too few people have answered" in html
    assert "open the round again on its page, ask more people" in html
    assert "Loyalty balance" not in html


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda org: make_round(make_journey(org), None, title="Autumn"), ""),
        (make_open_round, "They appear when the round closes"),
        (lambda org: make_open_round(org, release="in_batches"), "as soon as at least 5 people"),
        (make_closed_round, "The answers are being counted."),
        (lambda org: make_closed_round(org, judged()), "See the results"),
    ],
    ids=["draft", "open", "batches", "counting", "shown"],
)
def test_part_of_the_rounds_page_leads_to_what_there_is(in_scope, make, words):
    context = {"round": make(in_scope), "may": {"see_results"}, "organisation": in_scope}

    html = render_to_string("assessments/_round_results.html", context)

    assert words in html if words else html.strip() == ""


def test_message_that_waits_is_shown_although_nothing_changed(in_scope, manager_client):
    round_ = make_closed_round(in_scope, judged())
    etag = manager_client.get(page_of(round_))["ETag"]
    change = reverse("journey_check", args=[in_scope.slug, round_.journey_id])
    manager_client.post(change)

    response = manager_client.get(page_of(round_), headers={"If-None-Match": etag})

    assert response.status_code == 200
    assert [message.level for message in response.context["messages"]] == [constants.SUCCESS]
