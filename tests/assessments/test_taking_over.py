"""Staff's medians become a map's volumes."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.access import Role
from assessments.models import ResultSheet, Round, RoundEvent, RoundGroup
from assessments.taking_over import contacts_from_times
from journeys.models import Event, Journey, Moment
from journeys.removals import remove_moment
from journeys.sequence import change_moment
from journeys.undoing import undo
from tests.assessments.rounds import TITLES, make_journey, make_open_round
from tests.assessments.sheets import figures, moment

pytestmark = pytest.mark.django_db


def volumes(times: float | None, seconds: float | None) -> dict[str, Any]:
    return {
        "times_per_week": None if times is None else {"median": times, "n": 9},
        "seconds": None if seconds is None else {"median": seconds, "n": 8},
    }


def make_asked_round(organisation: Any, people: int | None = 10) -> Round:
    """Staff's medians of the first two of three moments, told by two groups of so many people each."""
    round_ = make_open_round(organisation, groups=["Gate team", "Web team"])
    RoundGroup.objects.update(people=people)
    told = [volumes(40, 45), volumes(None, 90), volumes(None, None)]
    moments = [moment(place, TITLES[place], volumes=said) for place, said in enumerate(told)]
    ResultSheet.objects.create(round=round_, figures=figures(moments, ["staff"]))
    return round_


def page_of(round_: Round, **query: Any) -> str:
    return reverse("round_volumes", args=[round_.organisation.slug, round_.pk], query=query)


def numbers_of(title: str) -> tuple[float, float, str]:
    row = Moment.objects.get(title=title)
    return row.contacts_per_customer, row.seconds, row.volume_source


def keys(response: Any) -> list[str]:
    return [offer.key for offer in response.context["can_be_taken"]]


def test_contacts_are_times_by_weeks_by_people_over_customers():
    """40 a week each, 52 weeks, 20 people, 10,000 customers: 41,600 contacts, 4.16 a customer."""
    assert contacts_from_times(40, 20, 10_000) == 4.16


@pytest.mark.parametrize(("people", "customers"), [(None, 10_000), (20, 0), (1_000_000, 1)])
def test_contacts_that_can_not_be_reckoned_are_none(people, customers):
    assert contacts_from_times(40, people, customers) is None


def test_page_reckons_with_the_people_of_all_groups(in_scope, manager_client):
    round_ = make_asked_round(in_scope)

    response = manager_client.get(page_of(round_))

    offers = [(offer.title, offer.contacts, offer.seconds) for offer in response.context["offers"]]
    assert offers == [(TITLES[0], 4.16, 45.0), (TITLES[1], None, 90.0)]
    assert "times a week × 52 weeks × 20 people ÷ 10,000 customers a year" in response.content.decode()


def test_other_people_are_reckoned_with_before_anything_is_taken(in_scope, manager_client):
    response = manager_client.get(page_of(make_asked_round(in_scope), people=5))

    assert response.context["offers"][0].contacts == 1.04
    assert numbers_of(TITLES[0]) == (1, 15, "estimate")


def test_one_moment_is_taken_over_with_one_click_and_logged(in_scope, manager_client):
    round_ = make_asked_round(in_scope)
    first = keys(manager_client.get(page_of(round_)))[0]

    response = manager_client.post(page_of(round_), {"take": first, "people": "20"})

    assert (response.status_code, response.url) == (302, page_of(round_, people=20))
    assert [numbers_of(title) for title in TITLES[:2]] == [(4.16, 45, "staff"), (1, 15, "estimate")]
    event = RoundEvent.objects.get(kind=RoundEvent.Kind.TAKEN_OVER)
    assert (event.reason, event.actor_name) == (TITLES[0], "Manager")


def test_all_are_taken_over_at_once_and_each_is_undone_by_the_maps_history(in_scope, manager_client):
    round_ = make_asked_round(in_scope)
    seen = keys(manager_client.get(page_of(round_)))

    manager_client.post(page_of(round_), {"take": "all", "seen": seen, "people": "20"})
    taken = [numbers_of(title) for title in TITLES[:2]]
    undo(Event.objects.get(kind="moment_changed", title=TITLES[0]))

    assert taken == [(4.16, 45, "staff"), (1, 90, "staff")]
    assert [numbers_of(title) for title in TITLES[:2]] == [(1, 15, "estimate"), (1, 90, "staff")]


def test_what_is_taken_is_not_offered_again(in_scope, manager_client):
    round_ = make_asked_round(in_scope)
    seen = keys(manager_client.get(page_of(round_)))
    manager_client.post(page_of(round_), {"take": "all", "seen": seen, "people": "20"})

    response = manager_client.get(page_of(round_))

    assert keys(response) == []
    assert [offer.is_taken for offer in response.context["offers"]] == [True, True]


def test_pressing_five_times_takes_over_once(in_scope, manager_client):
    round_ = make_asked_round(in_scope)
    form = {"take": keys(manager_client.get(page_of(round_)))[0], "people": "20", "submission": "a"}

    answers = [manager_client.post(page_of(round_), form).status_code for _ in range(5)]

    assert answers == [302] * 5
    assert RoundEvent.objects.filter(kind=RoundEvent.Kind.TAKEN_OVER).count() == 1


def test_moment_changed_meanwhile_is_not_overwritten(in_scope, manager_client):
    round_ = make_asked_round(in_scope)
    seen = keys(manager_client.get(page_of(round_)))
    change_moment(Moment.objects.select_related("stage__journey").get(title=TITLES[1]), 1, seconds=33.0)

    response = manager_client.post(page_of(round_), {"take": "all", "seen": seen, "people": "20"})

    assert response.status_code == 409
    assert [numbers_of(title) for title in TITLES[:2]] == [(1, 15, "estimate"), (1, 33, "estimate")]
    assert "Nothing was taken over" in response.content.decode()


def test_results_or_people_changed_meanwhile_are_not_taken_unseen(in_scope, manager_client):
    round_ = make_asked_round(in_scope)
    first = keys(manager_client.get(page_of(round_)))[0]

    assert manager_client.post(page_of(round_), {"take": first, "people": "21"}).status_code == 409


@pytest.mark.parametrize("take", ["", "x", "1:1:1:1", "\0", "9" * 40])
def test_naming_no_offer_takes_nothing(in_scope, manager_client, take):
    response = manager_client.post(page_of(make_asked_round(in_scope)), {"take": take, "people": "20"})

    assert response.status_code == 409
    assert not RoundEvent.objects.filter(kind=RoundEvent.Kind.TAKEN_OVER).exists()


def test_moment_taken_off_the_map_is_named_but_not_offered_until_it_is_back(in_scope, manager_client):
    round_ = make_asked_round(in_scope)
    removed = remove_moment(Moment.objects.select_related("stage__journey").get(title=TITLES[0]))

    gone = manager_client.get(page_of(round_))
    undo(removed)
    back = manager_client.get(page_of(round_))

    assert "taken off the map since" in gone.content.decode()
    assert (len(keys(gone)), len(keys(back))) == (1, 2)


@pytest.mark.parametrize("people", ["0", "-1", "x", "1.5", "9999999999", "\0"])
def test_impossible_people_are_refused_beside_the_field(in_scope, manager_client, people):
    response = manager_client.get(page_of(make_asked_round(in_scope), people=people))

    assert response.status_code == 422
    assert response.context["form"].errors["people"]


def test_without_people_or_customers_only_seconds_are_offered(in_scope, manager_client):
    round_ = make_asked_round(in_scope, people=None)

    unknown = manager_client.get(page_of(round_))
    Journey.objects.update(customers_per_year=0)
    no_customers = manager_client.get(page_of(round_, people=4))

    assert "Say how many people serve these moments" in unknown.content.decode()
    assert "The map doesn't say how many customers there are a year" in no_customers.content.decode()
    for response in (unknown, no_customers):
        assert [(offer.contacts, offer.seconds) for offer in response.context["offers"]] == [(None, 45), (None, 90)]


def test_round_without_volumes_says_where_they_would_come_from(in_scope, manager_client):
    assert "No volumes from this round" in manager_client.get(page_of(make_open_round(in_scope))).content.decode()


def test_leader_sees_no_way_to_take_over(in_scope, client_of, make_member):
    round_ = make_asked_round(in_scope)
    leader = client_of(make_member(in_scope, Role.LEADER))

    html = leader.get(reverse("round_results", args=[in_scope.slug, round_.pk])).content.decode()

    assert "Volumes from staff" not in html
    assert leader.post(page_of(round_), {"take": "all"}).status_code == 403


@pytest.mark.parametrize("places", [1, 40])
def test_page_takes_the_same_queries_for_one_and_for_many(in_scope, manager_client, django_assert_num_queries, places):
    titles = [f"Moment {place}" for place in range(places)]
    round_ = make_open_round(in_scope, journey=make_journey(in_scope, titles))
    moments = [moment(place, title, volumes=volumes(4, 5)) for place, title in enumerate(titles)]
    ResultSheet.objects.create(round=round_, figures=figures(moments, ["staff"]))
    manager_client.get(page_of(round_, people=2))

    with django_assert_num_queries(9):
        response = manager_client.get(page_of(round_, people=2))

    assert len(keys(response)) == places
