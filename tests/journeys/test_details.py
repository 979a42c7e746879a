"""A moment leads to a more detailed journey: its numbers are shown, and no way leads back."""

from __future__ import annotations

import json
import re
import threading
from itertools import pairwise

import pytest
from django.db import connection
from django.urls import reverse
from django_scopes import scope

from journeys.details import DetailLoop, link_detail, links_of
from journeys.formats import parse_json
from journeys.models import Journey, Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import change_journey, create_journey
from journeys.snapshot import plan_of


def make(organisation, title: str, *levels: int | None) -> Journey:
    """A journey with a moment a level, of two contacts and 15 seconds each."""
    moments = tuple(
        MomentPlan(f"{title} {n}", contacts_per_customer=2, seconds=15, level=level) for n, level in enumerate(levels)
    )
    return create_journey(organisation, JourneyPlan(title, 1000, stages=(StagePlan("S", moments),)))


def first_of(journey: Journey) -> Moment:
    return Moment.objects.select_related("stage__journey__organisation").filter(stage__journey=journey).first()


def post(client, moment: Moment, detail: object, **headers: str):
    address = reverse("moment_detail", args=["northern-air", moment.pk])
    return client.post(address, {"detail": detail}, headers=headers or None)


def test_parent_shows_the_numbers_of_its_moments_journey(in_scope):
    parent, child = make(in_scope, "Parent", 3), make(in_scope, "Child", 2, 5, 5, None)
    moment = first_of(parent)

    link_detail(moment, child)

    links = links_of(parent, {moment.pk: child.pk})
    detail = links.details[moment.pk]
    assert (detail.journey.title, detail.moments_count, detail.weakest_level) == ("Child", 4, 2)
    assert (detail.contacts_per_customer, detail.seconds_per_customer) == (8, 120)
    assert detail.loyalty_balance == pytest.approx(100 / 3)
    assert links_of(child, {}).parents == (moment,)


def test_journey_without_moments_has_numbers_too(in_scope):
    parent, child = make(in_scope, "Parent", 3), make(in_scope, "Child")
    moment = first_of(parent)
    link_detail(moment, child)

    detail = links_of(parent, {moment.pk: child.pk}).details[moment.pk]

    assert (detail.moments_count, detail.contacts_per_customer, detail.weakest_level, detail.loyalty_balance) == (
        0, 0, None, None,
    )  # fmt: skip


@pytest.mark.parametrize("length", [1, 2, 5])
def test_way_round_is_refused_and_named(length, in_scope):
    chain = [make(in_scope, f"J{number}", 3) for number in range(length)]
    for parent, child in pairwise(chain):
        link_detail(first_of(parent), child)

    with pytest.raises(DetailLoop) as refused:
        link_detail(first_of(chain[-1]), chain[0])

    assert refused.value.titles == [f"J{number}" for number in (length - 1, *range(length))]
    assert Moment.objects.filter(detail_journey__isnull=False).count() == length - 1


def test_two_ways_to_one_journey_are_no_loop(in_scope):
    top, left, right, bottom = (make(in_scope, title, 3, 3) for title in "TLRB")
    one, other = Moment.objects.filter(stage__journey=top).select_related("stage__journey")

    for moment, detail in ((one, left), (other, right), (first_of(left), bottom), (first_of(right), bottom)):
        link_detail(moment, detail)

    assert len(links_of(bottom, {}).parents) == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_link_at_once_close_no_loop(organisation):
    with scope(organisation=organisation):
        one, other = make(organisation, "One", 3), make(organisation, "Other", 3)
        links = [(first_of(one), other), (first_of(other), one)]
    together, refused = threading.Barrier(2), []

    def link(moment: Moment, detail: Journey) -> None:
        with scope(organisation=organisation):
            together.wait()
            try:
                link_detail(moment, detail)
            except DetailLoop as loop:
                refused.append(loop)
        connection.close()

    threads = [threading.Thread(target=link, args=pair) for pair in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with scope(organisation=organisation):
        assert (len(refused), Moment.objects.filter(detail_journey__isnull=False).count()) == (1, 1)


def test_link_is_made_shown_and_taken_off_again(in_scope, manager_client):
    parent, child = make(in_scope, "Parent", 3), make(in_scope, "Child", 2, 5)
    moment = first_of(parent)

    answer = post(manager_client, moment, child.pk)
    page = manager_client.get(f"{parent.get_absolute_url()}?moment={moment.pk}").content.decode()
    below = manager_client.get(child.get_absolute_url()).content.decode()
    post(manager_client, moment, "")

    assert answer["Location"] == f"{parent.get_absolute_url()}?moment={moment.pk}"
    assert "2 moments in detail" in page
    assert re.search(r"<dt>Weakest level</dt><dd>2</dd>", page)
    assert f'<option value="{child.pk}" selected>Child</option>' in page
    assert "Detail of:" in below
    assert f'href="{parent.get_absolute_url()}?moment={moment.pk}" dir="auto">Parent 0 in Parent</a>' in below
    assert first_of(parent).detail_journey is None


def test_refused_link_says_why_beside_the_choice(in_scope, manager_client):
    one, other = make(in_scope, "One", 3), make(in_scope, "Other", 3)
    link_detail(first_of(one), other)

    answer = post(manager_client, first_of(other), one.pk, HX_Request="true")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This would lead round in a circle: Other → One → Other. Choose another journey." in page
    assert f'<option value="{one.pk}" selected>One</option>' in page


def test_choice_and_link_keep_to_the_organisation(in_scope, other_organisation, manager_client):
    moment = first_of(make(in_scope, "Ours", 3))
    with scope(organisation=other_organisation):
        foreign = make(other_organisation, "Foreign", 3)

    answers = [post(manager_client, moment, asked) for asked in (foreign.pk, 10**17, "x", "\0")]
    page = manager_client.get(f"{moment.stage.journey.get_absolute_url()}?moment={moment.pk}").content.decode()

    assert [answer.status_code for answer in answers] == [404] * 4
    assert "Foreign" not in page
    with pytest.raises(ValueError, match="another organisation"):
        link_detail(moment, foreign)


def test_map_is_fetched_anew_once_a_linked_journey_changed(in_scope, manager_client):
    parent, child = make(in_scope, "Parent", 3), make(in_scope, "Child", 2)
    link_detail(first_of(parent), child)
    etags = {journey: manager_client.get(journey.get_absolute_url())["ETag"] for journey in (parent, child)}

    change_journey(child, title="Renamed")
    unchanged = manager_client.get(child.get_absolute_url(), headers={"If-None-Match": etags[child]}).status_code
    answer = manager_client.get(parent.get_absolute_url(), headers={"If-None-Match": etags[parent]})

    assert (unchanged, answer.status_code) == (200, 200)
    assert "Renamed" in answer.content.decode()


def test_map_takes_the_same_queries_for_1_and_20_details(in_scope, manager_client, django_assert_num_queries):
    few, many = make(in_scope, "Few", 3), make(in_scope, "Many", *[3] * 20)
    link_detail(first_of(few), make(in_scope, "Child", 2, 3))
    for moment in Moment.objects.filter(stage__journey=many).select_related("stage__journey"):
        link_detail(moment, make(in_scope, "Child", 2, 3))
    manager_client.get(few.get_absolute_url())

    for journey in (few, many):
        with django_assert_num_queries(10):
            manager_client.get(journey.get_absolute_url())


def test_deleted_child_leaves_its_parent(in_scope):
    parent, child = make(in_scope, "Parent", 3), make(in_scope, "Child", 2)
    link_detail(first_of(parent), child)

    child.delete()

    assert first_of(parent).detail_journey is None


def test_json_tells_what_moments_lead_to_and_does_not_read_it(in_scope, manager_client):
    parent, child = make(in_scope, "Parent", 3, 4), make(in_scope, "Child", 2)
    link_detail(first_of(parent), child)

    text = manager_client.get(reverse("journey_export", args=["northern-air", parent.pk])).content.decode()

    assert [moment.get("detail_journey") for moment in json.loads(text)["stages"][0]["moments"]] == ["Child", None]
    assert parse_json(text) == (plan_of(parent), [])
