"""The map page and everything one does on it: with htmx and without, by the right people and by the wrong."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django_scopes import scope

from accounts.access import Role
from journeys.models import Event, Journey, Moment, Stage
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from journeys.snapshot import plan_of

HTMX = {"HX-Request": "true"}
FIELDS = {
    "title": "Waits at the gate",
    "experience": "",
    "expectation": "",
    "contacts_per_customer": "0.55",
    "seconds": "14",
    "channel": "waiting",
    "level": "2",
    "decision": "enhance",
    "what_more": "Speak every 15 minutes.",
    "serves_in_front": "",
    "stands_behind": "",
    "systems": "",
    "version": "1",
}


def address(name: str, *args: int) -> str:
    return reverse(name, args=["northern-air", *args])


def titles(journey: Journey) -> list[str]:
    return ["".join(moment.title for moment in stage.moments) for stage in plan_of(journey).stages]


def moment(title: str) -> Moment:
    return Moment.objects.get(title=title)


def test_map_shows_carlzons_numbers(manager_client, trip):
    page = manager_client.get(address("journey_map", trip.pk)).content.decode()

    assert "<dd>50,000,000</dd>" in page
    assert "<dd>15 s</dd>" in page
    assert "<dd>75 s</dd>" in page
    assert "<dd>208,333 h</dd>" in page


def test_map_takes_the_same_few_queries_for_any_size(manager_client, in_scope, django_assert_num_queries):
    def make(count: int) -> Journey:
        moments = tuple(MomentPlan(f"M{number}") for number in range(count))
        stages = tuple(StagePlan(f"S{number}", moments) for number in range(4))
        return create_journey(in_scope, JourneyPlan("Sized", stages=stages))

    small, large = make(1), make(50)
    manager_client.get(address("journey_map", small.pk))

    with django_assert_num_queries(8):
        manager_client.get(address("journey_map", small.pk))
    with django_assert_num_queries(8):
        manager_client.get(address("journey_map", large.pk))


def test_map_answers_304_until_something_changes(manager_client, trip):
    first = manager_client.get(address("journey_map", trip.pk))
    same = manager_client.get(address("journey_map", trip.pk), headers={"If-None-Match": first["ETag"]})
    manager_client.post(address("stage_add", trip.pk), {"title": "New"})
    changed = manager_client.get(address("journey_map", trip.pk), headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, same.status_code, changed.status_code) == (200, 304, 200)
    assert same.content == b""


def test_map_of_an_unknown_moment_shows_the_journey(manager_client, trip):
    page = manager_client.get(address("journey_map", trip.pk), {"moment": "999999999999"})

    assert page.status_code == 200
    assert "journey-form" in page.content.decode()


@pytest.mark.parametrize("role", [Role.LEADER, Role.STAFF])
def test_map_for_readers_has_no_form_to_change_it(client_of, make_member, organisation, trip, role):
    client = client_of(make_member(organisation, role))

    page = client.get(address("journey_map", trip.pk), {"moment": moment("D").pk}).content.decode()

    assert "moment-form" not in page
    assert "stages/add" not in page
    assert "Contacts per customer a year" in page


def test_map_escapes_what_people_type(manager_client, in_scope):
    evil = "<script>alert(1)</script>\"'><img src=x>"
    plan = JourneyPlan(evil, customer=evil, stages=(StagePlan(evil, (MomentPlan(evil, what_more=evil),)),))
    journey = create_journey(in_scope, plan)

    page = manager_client.get(address("journey_map", journey.pk), {"moment": moment(evil).pk}).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_moment_add_appends_behind_the_chosen_one(manager_client, trip):
    stage = Stage.objects.get(title="Before")

    answer = manager_client.post(address("moment_add", stage.pk), {"title": "X", "after": moment("A").pk}, headers=HTMX)

    assert answer.status_code == 200
    assert titles(trip) == ["AXBC", "DE", ""]
    assert 'id="panel"' in answer.content.decode()
    assert "60,000,000" in answer.content.decode()


def test_moment_add_without_script_comes_back_to_the_page(manager_client, trip):
    stage = Stage.objects.get(title="After")

    answer = manager_client.post(address("moment_add", stage.pk), {"title": "X"})

    assert answer.status_code == 302
    assert answer["Location"] == address("journey_map", trip.pk) + f"?moment={moment('X').pk}&adding={stage.pk}"


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize("title", ["", "   ", "x" * 10_000, "nul\x00"])
def test_moment_add_keeps_a_bad_title_in_the_field(manager_client, trip, title, headers):
    stage = Stage.objects.get(title="Before")

    answer = manager_client.post(address("moment_add", stage.pk), {"title": title}, headers=headers)

    assert answer.status_code == 422
    assert "new-moment-problem" in answer.content.decode()
    assert title in answer.content.decode()
    assert titles(trip) == ["ABC", "DE", ""]


def test_moment_edit_changes_numbers_and_curve_at_once(manager_client, trip):
    target = moment("E")

    answer = manager_client.post(address("moment_edit", target.pk), FIELDS, headers=HTMX)

    target.refresh_from_db()
    assert answer.status_code == 200
    assert (target.title, target.seconds, target.level, target.version) == ("Waits at the gate", 14, 2, 2)
    assert "<dd>45,500,000</dd>" in answer.content.decode()
    assert 'value="2" hx-swap-oob="true"' in answer.content.decode()


def test_moment_edit_without_script_redirects(manager_client, trip):
    target = moment("E")

    answer = manager_client.post(address("moment_edit", target.pk), FIELDS)

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?moment={target.pk}")


def test_moment_edit_that_changes_nothing_writes_nothing(manager_client, trip):
    target = moment("E")
    manager_client.post(address("moment_edit", target.pk), FIELDS, headers=HTMX)

    answer = manager_client.post(address("moment_edit", target.pk), {**FIELDS, "version": "2"}, headers=HTMX)

    target.refresh_from_db()
    assert (answer.status_code, target.version) == (204, 2)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("contacts_per_customer", "-1", "“-1” is below 0. Write 0 or more."),
        ("contacts_per_customer", "1e999", "“1e999” is too much: at most 100,000."),
        ("contacts_per_customer", "9" * 30, "is too much: at most 100,000."),
        ("seconds", "many", "Type a number, for example 0.5."),
        ("seconds", "nan", "“nan” is not a number."),
        ("seconds", "", "This field is required."),
        ("level", "7", "Select a valid choice."),
        ("channel", "pigeon", "Select a valid choice."),
        ("title", "", "This field is required."),
        ("title", "x" * 10_000, "at most 200 characters"),
        ("what_more", "x" * 3_000, "at most 2000 characters"),
        ("experience", "nul\x00", "Null characters are not allowed."),
    ],
)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_moment_edit_names_the_field_that_is_wrong(manager_client, trip, field, value, message, headers):
    target = moment("E")

    answer = manager_client.post(address("moment_edit", target.pk), {**FIELDS, field: value}, headers=headers)

    page = answer.content.decode()
    problem = page[page.index(f'id="id_{field}_problem"') :].split("</div>")[0]
    assert answer.status_code == 422
    assert message in problem
    assert Moment.objects.get(pk=target.pk).version == 1


@pytest.mark.parametrize("text", ["مرحبا بكم", "👩‍👩‍👧 🎂", "Łódź Привет", "\u202eevil", "e\u0301", "ﷺ" * 20])
def test_moment_edit_keeps_any_language(manager_client, trip, text):
    target = moment("E")

    answer = manager_client.post(address("moment_edit", target.pk), {**FIELDS, "title": text}, headers=HTMX)

    assert answer.status_code == 200
    assert Moment.objects.get(pk=target.pk).title == text
    assert text in answer.content.decode()


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_stale_edit_shows_both_texts_and_changes_nothing(manager_client, trip, headers):
    target = moment("E")
    manager_client.post(address("moment_edit", target.pk), {**FIELDS, "what_more": "Theirs."}, headers=HTMX)

    answer = manager_client.post(address("moment_edit", target.pk), {**FIELDS, "what_more": "Mine."}, headers=headers)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<td>Mine.</td><td>Theirs.</td>" in page
    assert 'name="keep" value="2"' in page
    assert Moment.objects.get(pk=target.pk).what_more == "Theirs."


def test_stale_edit_can_be_kept_on_purpose(manager_client, trip):
    target = moment("E")
    manager_client.post(address("moment_edit", target.pk), {**FIELDS, "what_more": "Theirs."}, headers=HTMX)

    answer = manager_client.post(
        address("moment_edit", target.pk), {**FIELDS, "what_more": "Mine.", "keep": "2"}, headers=HTMX
    )

    assert answer.status_code == 200
    assert Moment.objects.get(pk=target.pk).what_more == "Mine."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"direction": "later"}, ["AB", "CDE", ""]),
        ({"direction": "earlier"}, ["ACB", "DE", ""]),
        ({"direction": "stage_after"}, ["AB", "CDE", ""]),
        ({"direction": "stage_before"}, ["ABC", "DE", ""]),
    ],
)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_moment_move_by_one_step(manager_client, trip, data, expected, headers):
    answer = manager_client.post(address("moment_move", moment("C").pk), data, headers=headers)

    assert answer.status_code == (200 if headers else 302)
    assert titles(trip) == expected


def test_moment_move_by_drag(manager_client, trip):
    data = {"stage": Stage.objects.get(title="After").pk, "position": "0"}

    answer = manager_client.post(address("moment_move", moment("A").pk), data, headers=HTMX)

    assert answer.status_code == 200
    assert titles(trip) == ["BC", "DE", "A"]


@pytest.mark.parametrize("data", [{}, {"stage": "x"}, {"stage": "-1"}, {"stage": "9" * 40}])
def test_moment_move_to_nowhere_is_404(manager_client, trip, data):
    assert manager_client.post(address("moment_move", moment("A").pk), data).status_code == 404


def test_moment_move_into_another_journey_is_404(manager_client, trip, in_scope):
    other = create_journey(in_scope, JourneyPlan("Other", stages=(StagePlan("There"),)))
    data = {"stage": other.stages.get().pk, "position": "0"}

    assert manager_client.post(address("moment_move", moment("A").pk), data).status_code == 404
    assert titles(trip) == ["ABC", "DE", ""]


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_removed_moment_can_be_brought_back(manager_client, trip, headers):
    removed = manager_client.post(address("moment_remove", moment("D").pk), headers=headers, follow=True)
    removal = Event.objects.first()
    gone = titles(trip)
    restored = manager_client.post(address("event_undo", removal.pk), headers=headers, follow=True)

    assert address("event_undo", removal.pk) in removed.content.decode()
    assert gone == ["ABC", "E", ""]
    assert restored.status_code == 200
    assert titles(trip) == ["ABC", "DE", ""]


def test_stage_remove_takes_moments_along_and_restore_brings_them_back(manager_client, trip):
    manager_client.post(address("stage_remove", Stage.objects.get(title="Before").pk), headers=HTMX)
    gone = titles(trip)
    manager_client.post(address("event_undo", Event.objects.first().pk), headers=HTMX)

    assert gone == ["DE", ""]
    assert titles(trip) == ["ABC", "DE", ""]


def test_stage_add_opens_the_new_stage_for_its_first_moment(manager_client, trip):
    answer = manager_client.post(address("stage_add", trip.pk), {"title": "Long after"}, headers=HTMX)

    stage = Stage.objects.get(title="Long after")
    assert stage.position == 3
    assert f'id="new-moment-{stage.pk}"' in answer.content.decode()
    assert answer.content.decode().count('<details class="menu adding" open>') == 1


@pytest.mark.parametrize("name", ["stage_add", "stage_rename"])
def test_stage_title_that_is_wrong_is_kept_in_its_field(manager_client, trip, name):
    number = trip.pk if name == "stage_add" else Stage.objects.get(title="Before").pk

    answer = manager_client.post(address(name, number), {"title": "y" * 201}, headers=HTMX)

    assert answer.status_code == 422
    assert "y" * 201 in answer.content.decode()


def test_stage_rename_and_move(manager_client, trip):
    stage = Stage.objects.get(title="Before")

    manager_client.post(address("stage_rename", stage.pk), {"title": "Long before"})
    manager_client.post(address("stage_move", stage.pk), {"direction": "later"})

    assert [stage.title for stage in trip.stages.all()] == ["At the airport", "Long before", "After"]


def test_journey_edit_sets_customers_and_shows_the_numbers(manager_client, trip):
    data = {"title": "A trip", "customers_per_year": "20 000 000", "customer": "Everyone", "language": "de"}

    answer = manager_client.post(address("journey_edit", trip.pk), data, headers=HTMX)

    trip.refresh_from_db()
    assert (trip.title, trip.customers_per_year, trip.language) == ("A trip", 20_000_000, "de")
    assert "<dd>100,000,000</dd>" in answer.content.decode()


@pytest.mark.parametrize("customers", ["-5", "", "lots", "1e30", "99999999999999999999"])
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_journey_edit_names_bad_customers(manager_client, trip, customers, headers):
    data = {"title": "A trip", "customers_per_year": customers, "customer": "", "language": "en"}

    answer = manager_client.post(address("journey_edit", trip.pk), data, headers=headers)

    assert answer.status_code == 422
    assert 'id="id_customers_per_year_problem"' in answer.content.decode()
    assert Journey.objects.get(pk=trip.pk).customers_per_year == 10_000_000


def test_archived_journey_leaves_the_list_and_comes_back(manager_client, trip):
    manager_client.post(address("journey_archive", trip.pk), {"archive": "yes"})
    away = manager_client.get(address("journey_list")).content.decode()
    manager_client.post(address("journey_archive", trip.pk), {"archive": "no"})
    back = manager_client.get(address("journey_list")).content.decode()

    assert "1 archived" in away
    assert "archived</summary>" not in back
    assert "50,000,000" in back


def test_journey_list_takes_the_same_queries_for_1_and_50(manager_client, in_scope, django_assert_max_num_queries):
    for number in range(50):
        create_journey(in_scope, JourneyPlan(f"J{number}", stages=(StagePlan("S", (MomentPlan("M"),)),)))

    manager_client.get(address("journey_list"))

    with django_assert_max_num_queries(7):
        page = manager_client.get(address("journey_list")).content.decode()

    assert "J49" in page


def test_panel_answers_htmx_with_a_fragment_and_others_with_the_page(manager_client, trip):
    target = moment("D")

    fragment = manager_client.get(address("moment_panel", target.pk), headers=HTMX)
    plain = manager_client.get(address("moment_panel", target.pk))

    assert fragment.content.decode().lstrip().startswith("<aside")
    assert "HX-Request" in fragment["Vary"]
    assert plain["Location"] == address("journey_map", trip.pk) + f"?moment={target.pk}"


def test_other_organisations_parts_are_404(manager_client, organisation, other_organisation):
    with scope(organisation=other_organisation):
        foreign = create_journey(
            other_organisation, JourneyPlan("Foreign", stages=(StagePlan("S", (MomentPlan("M"),)),))
        )
        stage, target = foreign.stages.get(), Moment.objects.get()

    answers = [
        manager_client.get(address("journey_map", foreign.pk)),
        manager_client.post(address("journey_edit", foreign.pk), {"title": "Mine"}),
        manager_client.post(address("stage_add", foreign.pk), {"title": "Mine"}),
        manager_client.post(address("stage_rename", stage.pk), {"title": "Mine"}),
        manager_client.post(address("moment_add", stage.pk), {"title": "Mine"}),
        manager_client.post(address("moment_edit", target.pk), FIELDS),
        manager_client.post(address("moment_move", target.pk), {"direction": "later"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 7
