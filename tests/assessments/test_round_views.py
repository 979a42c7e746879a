"""Rounds as a manager plans, opens and closes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from assessments.choices import View
from assessments.models import OpenLink, Round, RoundGroup
from assessments.planning import change_draft, plan_round
from assessments.rounds import close_round, open_round
from journeys.models import Moment
from tests.assessments.rounds import answer_by, make_journey, make_open_round

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FORM = {
    "title": "Autumn",
    "audience": "staff",
    "groups": "Gate team, 24\nLounge",
    "languages": ["en", "de"],
    "privacy": "anonymous",
    "minimum_group": "5",
    "asks_times": "on",
    "asks_idea": "on",
    "opens_at": "",
    "closes_at": "2026-12-06T18:00",
    "reminder_days": "3",
    "repeats": "",
    "release": "at_closing",
}


@pytest.fixture
def journey(organisation):
    with scope(organisation=organisation):
        return make_journey(organisation)


@pytest.fixture
def new_round(journey):
    return reverse("round_create", args=["northern-air", journey.pk])


@pytest.fixture(autouse=True)
def _sunday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


def address(name: str, round_: Round) -> str:
    return reverse(name, args=["northern-air", round_.pk])


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_list_teaches_what_a_round_is_where_there_is_none(manager_client, organisation):
    page = manager_client.get("/northern-air/rounds/").content.decode()

    assert "No round yet" in page
    assert "Choose a journey" in page


def test_list_groups_rounds_by_state_with_their_responses(manager_client, in_scope, journey):
    plan_round(journey, None, {"title": "Winter"}, [])
    round_ = make_open_round(in_scope, journey=journey)
    answer_by(round_, [4, 5, 6])

    response = manager_client.get("/northern-air/rounds/")

    page = response.content.decode()
    assert [row.title for row in response.context["rounds"]] == ["Autumn", "Winter"]
    assert page.index("state-open") < page.index("Autumn") < page.index("state-draft") < page.index("Winter")
    assert [row.response_count for row in response.context["rounds"]] == [1, 0]


def queries_of(client: Client, url: str) -> list[str]:
    client.get(url)  # a session's first visit writes
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in queries]


def test_list_asks_as_much_for_one_round_as_for_50(manager_client, in_scope, journey):
    plan_round(journey, None, {"title": "Winter"}, [])
    for_one = queries_of(manager_client, "/northern-air/rounds/")
    for number in range(49):
        plan_round(journey, None, {"title": f"Round {number}"}, [])

    for_50 = queries_of(manager_client, "/northern-air/rounds/")

    assert len(for_50) == len(for_one) < 10


def test_map_leads_to_a_new_round(manager_client, journey, new_round):
    page = manager_client.get(journey.get_absolute_url()).content.decode()

    assert f'href="{new_round}"' in page


def test_leader_finds_no_way_to_a_new_round_on_the_map(client_of, make_member, organisation, journey, new_round):
    page = client_of(make_member(organisation, Role.LEADER)).get(journey.get_absolute_url()).content.decode()

    assert new_round not in page


def test_new_round_has_sensible_suggestions(manager_client, journey, new_round):
    form = manager_client.get(new_round).context["form"]

    suggested = {name: form[name].value() for name in ("title", "audience", "languages", "minimum_group", "privacy")}
    assert suggested == {
        "title": "November 2026",
        "audience": "staff",
        "languages": ["en"],
        "minimum_group": 5,
        "privacy": "anonymous",
    }
    assert 'value="2026-12-06T18:00"' in str(form["closes_at"])


def test_next_round_begins_with_what_the_last_one_had(manager_client, in_scope, journey, new_round):
    make_open_round(in_scope, ["Gate team"], journey, title="November 2026", minimum_group=7, languages=["sv"])

    form = manager_client.get(new_round).context["form"]

    assert [form[name].value() for name in ("title", "groups", "minimum_group", "languages")] == [
        "November 2026 (2)",
        "Gate team",
        7,
        ["sv"],
    ]


def test_round_is_planned_with_its_groups_and_links(manager_client, in_scope, new_round):
    response = manager_client.post(new_round, {**FORM, "submission": "once"})
    again = manager_client.post(new_round, {**FORM, "submission": "once"})

    round_ = Round.objects.get()
    assert (response.url, again.url) == (round_.get_absolute_url(),) * 2
    assert (round_.title, round_.state, round_.languages) == ("Autumn", "draft", ["en", "de"])
    assert (round_.asks_times, round_.asks_seconds, round_.asks_idea) == (True, False, True)
    assert round_.closes_at == datetime(2026, 12, 6, 18, tzinfo=UTC)
    assert round_.remind_at == datetime(2026, 12, 3, 18, tzinfo=UTC)
    assert list(RoundGroup.objects.values_list("name", "people")) == [("Gate team", 24), ("Lounge", None)]
    assert sorted(OpenLink.objects.values_list("view", "group__name")) == [("staff", "Gate team"), ("staff", "Lounge")]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"title": "\0"}, "title", "Null characters are not allowed."),
        ({"title": "x" * 10_000}, "title", "Ensure this value has at most 200 characters (it has 10000)."),
        ({"minimum_group": "2"}, "minimum_group", "At least 3, so that nobody can be singled out."),
        ({"languages": []}, "languages", "Choose at least one language."),
        ({"groups": "Gate\ngate , 3"}, "groups", "Line 2: “gate” is in line 1 already."),
        ({"groups": "Gate, 0"}, "groups", "Line 1: The number of people goes from 1 to 1,000,000."),
        ({"groups": "x" * 81}, "groups", "Line 1: This name has 81 characters. Shorten it to 80."),
        (
            {"groups": "\n".join(map(str, range(100, 161)))},
            "groups",
            "These are 61 groups. A round has 60 at most.",
        ),
        ({"closes_at": "2026-11-21T10:00"}, "closes_at", "This time is over. Choose a later one, or leave it empty."),
        (
            {"opens_at": "2026-12-07T10:00"},
            "closes_at",
            "The round would close before it opens. Choose a later end.",
        ),
        (
            {"opens_at": "2026-11-21T10:00"},
            "opens_at",
            "This time is over. Choose a later one, or leave it empty and open it by hand.",
        ),
        ({"closes_at": "soon"}, "closes_at", "Write day and time such as 2026-11-30 18:00."),
        ({"closes_at": "9999-12-31T23:59"}, "closes_at", "Choose a day from 2000 to 2100."),
        (
            {"closes_at": "", "reminder_days": "", "repeats": "monthly"},
            "closes_at",
            "A round that comes again needs an end, so that it can close by itself.",
        ),
        (
            {"closes_at": "2026-12-23T18:00", "repeats": "monthly"},
            "closes_at",
            "It would still be open when the next one opens. Choose an earlier end.",
        ),
        (
            {"closes_at": ""},
            "reminder_days",
            "Days before which end? Choose when the round closes, or leave this empty.",
        ),
        ({"audience": "nobody"}, "audience", "Select a valid choice. nobody is not one of the available choices."),
    ],
)  # fmt: skip
def test_what_can_not_be_is_said_beside_its_field(manager_client, in_scope, new_round, changes, field, message):
    response = manager_client.post(new_round, {**FORM, **changes})

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [message]}
    assert Round.objects.count() == 0


def test_hour_that_the_clocks_leave_out_is_refused(manager_client, organisation, new_round):
    organisation.time_zone = "Europe/Oslo"
    organisation.save()

    response = manager_client.post(new_round, {**FORM, "closes_at": "2027-03-28T02:30"})

    assert response.context["form"].errors == {
        "closes_at": ["The clocks go forward on this day, so this hour does not come. Choose a later one."]
    }


def test_hour_that_comes_twice_is_the_first_and_times_are_the_organisations(manager_client, organisation, new_round):
    organisation.time_zone = "Europe/Oslo"
    organisation.save()

    manager_client.post(new_round, {**FORM, "opens_at": "2026-12-01T09:00", "closes_at": "2027-10-31T02:30"})

    with scope(organisation=organisation):
        round_ = Round.objects.get()
    assert round_.opens_at == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert round_.closes_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_customers_are_asked_about_ticked_moments_and_those_mapped_since(manager_client, in_scope, journey, new_round):
    first, second, third = Moment.objects.order_by("position")
    asked = {"audience": "both", "moments_shown": f"{first.pk},{second.pk}", "customer_moments": [first.pk, "x"]}

    manager_client.post(new_round, {**FORM, **asked})

    round_ = Round.objects.get()
    assert round_.not_for_customers == [second.pk]
    form = manager_client.get(address("round_edit", round_)).context["form"]
    assert form.asked_of_customers == {first.pk, third.pk}


def test_customers_are_asked_about_something(manager_client, in_scope, journey, new_round):
    shown = ",".join(str(pk) for pk in Moment.objects.values_list("pk", flat=True))

    response = manager_client.post(new_round, {**FORM, "audience": "customers", "moments_shown": shown})

    assert response.context["form"].non_field_errors() == ["Choose at least one moment that customers are asked about."]


def test_draft_is_changed_and_keeps_groups_that_keep_their_names(manager_client, in_scope, new_round):
    manager_client.post(new_round, FORM)
    round_ = Round.objects.get()
    gate, lounge = round_.groups.all()

    changes = {"groups": "Night shift, 3\nGate team, 30\nLounge and bar", "audience": "both", "title": "Winter"}
    response = manager_client.post(address("round_edit", round_), {**FORM, **changes})

    assert response.url == round_.get_absolute_url()
    groups = {group.name: (group.pk, group.people) for group in round_.groups.all()}
    assert groups["Gate team"] == (gate.pk, 30)
    assert list(groups) == ["Night shift", "Gate team", "Lounge and bar"]
    assert lounge.pk not in [pk for pk, _people in groups.values()]
    assert OpenLink.objects.count() == 6
    assert Round.objects.get().title == "Winter"


def test_another_name_in_the_same_line_keeps_the_group(manager_client, in_scope, new_round):
    manager_client.post(new_round, FORM)
    round_ = Round.objects.get()
    kept = list(round_.groups.values_list("pk", flat=True))

    manager_client.post(address("round_edit", round_), {**FORM, "groups": "Gate team, 24\nLounge and bar"})

    assert list(round_.groups.values_list("pk", "name")) == [(kept[0], "Gate team"), (kept[1], "Lounge and bar")]


def test_opening_says_what_it_fixes_and_warns_of_small_groups(manager_client, in_scope, journey, new_round):
    manager_client.post(new_round, {**FORM, "groups": "Gate team, 24\nNight shift, 4"})
    round_ = Round.objects.get()

    page = manager_client.get(address("round_open", round_)).content.decode()

    assert "<b>3 moments</b>" in page
    assert "<b>minimum group of 5</b>" in page
    assert "Night shift (4)" in page
    assert "Gate team (24)" not in page


def test_round_is_opened_closed_opened_again_and_archived(manager_client, in_scope, new_round):
    manager_client.post(new_round, FORM)
    round_ = Round.objects.get()
    steps = [("round_open", {}), ("round_close", {}), ("round_reopen", {"reason": "Holidays", "closes_at": ""})]
    steps += [("round_close", {}), ("round_archive", {})]

    answers = [manager_client.post(address(name, round_), data).status_code for name, data in steps]

    page = manager_client.get(round_.get_absolute_url())
    logged = [(event.kind, event.actor_name, event.reason) for event in page.context["events"]]
    assert answers == [302] * 5
    assert logged == [
        ("archived", "Manager", ""),
        ("closed", "Manager", ""),
        ("reopened", "Manager", "Holidays"),
        ("closed", "Manager", ""),
        ("opened", "Manager", ""),
    ]
    assert "Holidays" in page.content.decode()


def test_map_without_moments_says_so_before_opening(manager_client, in_scope):
    round_ = plan_round(make_journey(in_scope, ()), None, {"title": "Autumn"}, [])

    asked = manager_client.get(address("round_open", round_))
    done = manager_client.post(address("round_open", round_))

    words = "The map has no moment yet. Add some first, then open the round."
    assert (asked.status_code, done.status_code) == (200, 422)
    assert words in asked.content.decode()
    assert done.content.decode().count(words) == 1


def test_reopening_needs_a_reason_and_a_later_end(manager_client, in_scope):
    round_ = close_round(make_open_round(in_scope))

    response = manager_client.post(address("round_reopen", round_), {"reason": " ", "closes_at": "2026-11-01T10:00"})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "reason": ["Say why: everybody who sees the round's log will read it."],
        "closes_at": ["This time is over. Choose a later one, or leave it empty."],
    }


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("round_close", {}, "This round is not open."),
        ("round_reopen", {"reason": "Why not"}, "Only a closed round can be opened again."),
        ("round_archive", {}, "Close the round first."),
    ],
)
def test_steps_out_of_order_say_why_not(manager_client, in_scope, journey, name, data, words):
    round_ = plan_round(journey, None, {"title": "Autumn"}, [])

    response = manager_client.post(address(name, round_), data)

    assert response.url == round_.get_absolute_url()
    assert said(response) == [words]


def test_opened_round_changes_only_what_changes_no_meaning(manager_client, in_scope):
    round_ = make_open_round(in_scope, ["Gate team"], minimum_group=6)
    gate = round_.groups.get()
    changes = {"title": "Winter", "closes_at": "2026-12-01T12:00", "repeats": "", f"people-{gate.pk}": "30"}

    response = manager_client.post(
        address("round_edit", round_), {**FORM, **changes, "minimum_group": "3", "privacy": "confidential"}
    )

    kept = Round.objects.get()
    assert response.status_code == 302
    assert (kept.title, kept.minimum_group, kept.privacy, kept.languages) == ("Winter", 6, "anonymous", ["en"])
    assert kept.closes_at == datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert RoundGroup.objects.get().people == 30
    assert kept.version == round_.version + 1


def test_opened_round_shows_what_is_fixed_and_why(manager_client, in_scope):
    page = manager_client.get(address("round_edit", make_open_round(in_scope))).content.decode()

    assert "Fixed since it opened" in page
    assert 'name="minimum_group"' not in page


def test_draft_that_opened_meanwhile_is_not_changed(in_scope, journey):
    round_ = plan_round(journey, None, {"title": "Autumn"}, [])
    open_round(round_)

    with pytest.raises(Exception, match="opened in the meantime"):
        change_draft(round_, {"title": "Winter"}, [])

    assert Round.objects.get().title == "Autumn"


def test_draft_can_be_deleted_and_an_open_round_not(manager_client, in_scope, journey):
    draft = plan_round(journey, None, {"title": "Winter"}, [])
    opened = make_open_round(in_scope, journey=journey)

    responses = [manager_client.post(address("round_delete", round_)) for round_ in (draft, opened)]

    assert [response.url for response in responses] == ["/northern-air/rounds/", opened.get_absolute_url()]
    assert list(Round.objects.values_list("title", flat=True)) == ["Autumn"]


def test_page_counts_responses_by_group_and_nothing_else(manager_client, in_scope):
    round_ = make_open_round(in_scope, ["Gate team", "Lounge"], audience="both")
    RoundGroup.objects.filter(name="Gate team").update(people=4)
    for group, view in (("Gate team", View.STAFF), ("Gate team", View.STAFF), ("Lounge", View.CUSTOMERS)):
        answer_by(round_, [1, 1, 1], group, view)

    turnout = manager_client.get(round_.get_absolute_url()).context["turnout"]

    assert [(row.view.value, row.group, row.responses, row.people, row.percent) for row in turnout] == [
        ("staff", "Gate team", 2, 4, 50),
        ("staff", "Lounge", 0, None, None),
        ("customers", "Gate team", 0, None, None),
        ("customers", "Lounge", 1, None, None),
    ]


def test_open_page_asks_again_and_hears_304_until_somebody_answers(manager_client, in_scope):
    round_ = make_open_round(in_scope)
    progress = address("round_progress", round_)

    first = manager_client.get(progress, headers={"HX-Request": "true"})
    same = manager_client.get(progress, headers={"HX-Request": "true", "If-None-Match": first["ETag"]})
    answer_by(round_, [4, 5, 6])
    after = manager_client.get(progress, headers={"HX-Request": "true", "If-None-Match": first["ETag"]})
    page = after.content.decode()
    seen = manager_client.get(progress, {"seen": after["ETag"].strip('"')}, headers={"HX-Request": "true"})

    assert (first.status_code, same.status_code, after.status_code, seen.status_code) == (200, 304, 200, 204)
    assert f'hx-get="{progress}?seen={after["ETag"][1:-1]}" hx-trigger="every 10s"' in page
    assert "no-cache" in after["Cache-Control"]


def test_open_page_is_read_anew_once_the_round_has_closed(manager_client, in_scope):
    round_ = make_open_round(in_scope)
    close_round(round_)

    response = manager_client.get(address("round_progress", round_), headers={"HX-Request": "true"})

    assert response["HX-Refresh"] == "true"


@pytest.mark.parametrize("name", ["round_page", "link_list", "round_edit", "round_close"])
def test_page_asks_as_much_for_one_group_as_for_50(manager_client, in_scope, name):
    small, large = (make_open_round(in_scope, [f"Team {n}" for n in range(groups)]) for groups in (1, 50))

    for_one, for_50 = (queries_of(manager_client, address(name, round_)) for round_ in (small, large))

    assert len(for_50) == len(for_one) < 20


def test_page_says_what_is_next(manager_client, in_scope, journey):
    later = timezone.now() + timedelta(days=2)
    planned = plan_round(journey, None, {"title": "Winter", "opens_at": later}, [])
    opened = make_open_round(in_scope, journey=journey, closes_at=later)

    sentences = [manager_client.get(round_.get_absolute_url()).context["sentences"] for round_ in (planned, opened)]

    assert sentences == [
        ["It opens by itself on 24 Nov 2026, 09:00."],
        ["It closes by itself on 24 Nov 2026, 09:00."],
    ]


def test_leader_sees_the_round_and_no_way_to_change_it(client_of, make_member, in_scope):
    round_ = make_open_round(in_scope)

    page = client_of(make_member(in_scope, Role.LEADER)).get(round_.get_absolute_url()).content.decode()

    assert "How many have answered" in page
    for name in ("round_edit", "round_close", "link_list"):
        assert address(name, round_) not in page
