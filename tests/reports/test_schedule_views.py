"""Pages of schedules: planned in a form, said in plain words, paused, run, deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import Role
from accounts.models import Membership, User
from journeys.models import Scenario
from reports.models import RunState, Schedule, ScheduleRun
from reports.schedule_runs import begin_now
from tests.poster_rows import journey_row
from tests.reports.schedule_rows import schedule_of, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_oslo(organisation, time_machine):
    time_machine.move_to("2026-11-22 12:00:00+00:00", tick=False)
    organisation.time_zone = "Europe/Oslo"
    organisation.save()


@pytest.fixture
def leader(make_member, organisation) -> User:
    return make_member(organisation, Role.LEADER)


def said(*people: User, **fields: object) -> dict[str, object]:
    """What the form posts: the first Monday of each month at eight."""
    chosen = {
        "kind": "poster",
        "rhythm": "monthly",
        "week": "1",
        "weekday": "0",
        "day": "1",
        "hour": "8",
        "members": [person.pk for person in people],
        "addresses": "",
        "language": "en",
        **fields,
    }
    poster = {"size": "A2", "orientation": "portrait", "ink": "grey", "tiles": "A4"}
    return {**{f"schedule-{name}": value for name, value in chosen.items()}, **poster}


def address_of(journey) -> str:
    return f"{reverse('schedule_create', args=[journey.organisation.slug])}?journey={journey.pk}"


def page(name: str, organisation, *args: int) -> str:
    return reverse(name, args=[organisation.slug, *args])


def test_empty_list_teaches_what_a_schedule_is(manager_client, organisation):
    response = manager_client.get(page("schedule_list", organisation))

    assert "No schedule yet" in response.content.decode()
    assert page("schedule_create", organisation) in response.content.decode()


def test_new_schedule_begins_with_its_journey(manager_client, organisation):
    nothing = manager_client.get(page("schedule_create", organisation)).content.decode()
    journey = journey_row(organisation, "A call")
    chosen = manager_client.get(page("schedule_create", organisation)).content.decode()

    assert "There is no journey yet" in nothing
    assert f'<option value="{journey.pk}">A call</option>' in chosen
    assert manager_client.get(address_of(journey)).status_code == 200


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 30, "99999", "²"])
def test_journey_that_is_none_answers_404(asked, manager_client, organisation):
    response = manager_client.get(page("schedule_create", organisation), {"journey": asked})

    assert response.status_code == 404


def test_schedule_is_made_as_the_form_says(in_scope, manager_client, journey, manager, leader):
    response = manager_client.post(address_of(journey), said(leader, addresses="MANAGER@northern-air.example\n"))

    schedule = Schedule.objects.get()
    assert (response.status_code, response.url) == (302, page("schedule_list", in_scope))
    assert schedule.options.items() >= {"size": "A2", "orientation": "portrait", "ink": "grey", "tiles": "A4"}.items()
    assert (schedule.timing_words, schedule.made_by) == ("Every first Monday of the month at 08:00", manager)
    assert schedule.next_run_at.isoformat() == "2026-12-07T07:00:00+00:00"
    assert set(schedule.recipients.all()) == {manager, leader}
    listed = manager_client.get(response.url).content.decode()
    assert "7 Dec 2026, 08:00" in listed
    assert "Every first Monday of the month at 08:00" in listed


def test_form_sent_twice_makes_one_schedule(in_scope, manager_client, journey, leader):
    answers = [manager_client.post(address_of(journey), {**said(leader), "submission": "k" * 20}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Schedule.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"members": []}, "members", "Choose at least one person to send it to."),
        (
            {"members": [], "addresses": "nobody@example.org staff@northern-air.example"},
            "addresses",
            "No member who may see it: nobody@example.org, staff@northern-air.example. Invite them first, or take them "
            "out.",
        ),
        ({"addresses": "\x00"}, "addresses", "Null characters are not allowed."),
        ({"rhythm": "daily"}, "rhythm", "Select a valid choice. daily is not one of the available choices."),
        ({"hour": "24"}, "hour", "Select a valid choice. 24 is not one of the available choices."),
        ({"language": "tlh"}, "language", "Select a valid choice. tlh is not one of the available choices."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    changes, field, words, in_scope, manager_client, make_member, journey, leader
):
    make_member(in_scope, Role.STAFF)

    response = manager_client.post(address_of(journey), said(leader, **changes))

    assert response.status_code == 422
    assert response.context["form"].errors[field] == [words]
    assert Schedule.objects.count() == 0


def test_poster_that_cannot_be_is_said_beside_its_choice(in_scope, manager_client, journey, leader):
    response = manager_client.post(address_of(journey), {**said(leader), "size": "A4", "tiles": "A3"})

    assert response.status_code == 422
    assert "A poster in A4 is not larger than its sheets." in response.content.decode()


def test_plain_words_follow_the_form(manager_client, journey, leader):
    query = {"journey": journey.pk, **said(leader, rhythm="quarterly", week="5", weekday="4", hour="17")}

    fragment = manager_client.get(page("schedule_create", journey.organisation), query, headers={"HX-Request": "true"})
    whole = manager_client.get(page("schedule_create", journey.organisation), query)

    words = "Every last Friday of January, April, July and October at 17:00"
    text = " ".join(fragment.content.decode().split())
    assert text == (f"<b>{words}</b><br>Next on Friday 29 Jan 2027. Times are those of Europe/Oslo. To 1 person.")
    assert "<html" in whole.content.decode()
    assert words in whole.content.decode()
    assert fragment.headers["Vary"].count("HX-Request") == 1


def test_change_of_the_plan_moves_the_next_run_and_another_change_does_not(in_scope, manager_client, journey, leader):
    schedule = schedule_of(journey, [leader], next_run_at=timezone.now() + timedelta(hours=1))
    address = page("schedule_edit", in_scope, schedule.pk)
    same = said(leader, rhythm="weekly", week="", addresses="", language="de")

    manager_client.post(address, same)
    schedule.refresh_from_db()
    kept = schedule.next_run_at
    manager_client.post(address, {**same, "schedule-hour": "9"})
    schedule.refresh_from_db()

    assert (kept, schedule.language) == (timezone.now() + timedelta(hours=1), "de")
    assert schedule.next_run_at.isoformat() == "2026-11-23T08:00:00+00:00"


def test_form_shows_what_was_saved(in_scope, manager_client, journey, leader):
    schedule = schedule_of(journey, [leader], options={"size": "A2", "ink": "grey"}, hour=17)
    Membership.objects.filter(user=leader).delete()

    response = manager_client.get(page("schedule_edit", in_scope, schedule.pk))

    text = response.content.decode()
    assert '<option value="17" selected>17:00</option>' in text
    assert response.context["poster_form"]["size"].value() == "A2"
    assert leader.email in text  # still on the list, to be taken out


def test_scenario_that_was_deleted_fails_with_what_to_change(in_scope, journey, leader):
    scenario = Scenario.objects.create(journey=journey, name="Better", targets={})
    schedule = schedule_of(journey, [leader], options={"size": "A3", "scenario": str(scenario.pk)})
    Scenario.objects.create(journey=journey, name="Best", targets={})
    scenario.delete()

    run = begin_now(schedule, leader)

    assert (run.state, run.problem) == (
        RunState.FAILED,
        f"Select a valid choice. {schedule.options['scenario']} is not one of the available choices.",
    )


def test_pause_and_resume(in_scope, manager_client, journey, leader):
    schedule = schedule_of(journey, [leader])
    address = page("schedule_pause", in_scope, schedule.pk)

    paused = manager_client.post(address, follow=True).content.decode()
    resumed = manager_client.post(address, {"resume": "1"}, follow=True).content.decode()

    schedule.refresh_from_db()
    assert "is paused: nothing is made until you resume it." in paused
    assert ">Resume<" in paused
    assert "goes on." in resumed
    assert not schedule.is_paused


def test_run_now_makes_it_once_a_click(in_scope, manager_client, journey, leader):
    schedule = schedule_of(journey, [leader])
    address = page("schedule_run", in_scope, schedule.pk)

    for _ in range(2):
        text = manager_client.post(address, {"submission": "k" * 20}, follow=True).content.decode()

    assert ScheduleRun.objects.count() == 1
    assert "Being made" in text


def test_run_now_says_at_once_what_is_in_the_way(in_scope, manager_client, journey):
    schedule = schedule_of(journey, [])

    text = manager_client.post(page("schedule_run", in_scope, schedule.pk), follow=True).content.decode()

    assert "Choose whom to send it to." in text
    assert ScheduleRun.objects.get().reference in text


def test_deleted_schedule_leaves_what_it_made(in_scope, manager_client, journey, leader):
    schedule = schedule_of(journey, [leader])
    job = sent(begin_now(schedule, leader)).files.get().job

    text = manager_client.post(page("schedule_delete", in_scope, schedule.pk), follow=True).content.decode()

    assert "is deleted. What it made stays." in text
    assert (Schedule.objects.count(), type(job).objects.count()) == (0, 1)


def test_attaching_is_offered_where_the_organisation_allows_it(in_scope, manager_client, journey, leader):
    without = manager_client.get(address_of(journey)).content.decode()
    in_scope.attaches_reports = True
    in_scope.save()
    offered = manager_client.get(address_of(journey)).content.decode()
    manager_client.post(address_of(journey), said(leader, is_attached="on"))

    assert ("schedule-is_attached" in without, "schedule-is_attached" in offered) == (False, True)
    assert Schedule.objects.get().is_attached


def test_list_asks_the_same_number_of_questions_for_one_schedule_and_for_many(
    in_scope, manager_client, make_member, django_assert_num_queries, django_assert_max_num_queries, journey, leader
):
    def add(number: int) -> None:
        people = [make_member(in_scope, Role.LEADER, f"p{number}-{place}@example.org") for place in range(2)]
        begin_now(schedule_of(journey_row(in_scope, f"Journey {number}"), people), leader)

    add(0)
    address = page("schedule_list", in_scope)
    manager_client.get(address)
    with django_assert_max_num_queries(30) as few:
        manager_client.get(address)
    for number in range(1, 6):
        add(number)

    with django_assert_num_queries(len(few)):
        manager_client.get(address)


def test_names_of_people_and_journeys_are_escaped(in_scope, manager_client, make_member):
    person = make_member(in_scope, Role.LEADER)
    User.objects.filter(pk=person.pk).update(name="<b>Eve</b>")
    schedule = schedule_of(journey_row(in_scope, "<script>A call</script>"), [person])
    begin_now(schedule, person)

    texts = [
        manager_client.get(page("schedule_list", in_scope)).content.decode(),
        manager_client.get(page("schedule_edit", in_scope, schedule.pk)).content.decode(),
    ]

    assert not any("<b>Eve<" in text or "<script>A" in text for text in texts)
    assert all("&lt;script&gt;A call" in text for text in texts)


def test_members_choose_the_language_of_their_mails(client_of, manager):
    client: Client = client_of(manager)

    client.post(reverse("profile_edit"), {"name": "Maria", "language": "sv"})

    manager.refresh_from_db()
    assert manager.language == "sv"


def test_owner_allows_attachments(client_of, make_member, organisation):
    owner = client_of(make_member(organisation, Role.OWNER))
    values = {"name": "Northern Air", "slug": "northern-air", "time_zone": "Europe/Oslo", "attaches_reports": "on"}

    owner.post(page("organisation_edit", organisation), values)

    organisation.refresh_from_db()
    assert organisation.attaches_reports
