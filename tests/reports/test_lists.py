"""The gallery, a journey's posters, and asking for one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from accounts.access import Role
from reports.models import Poster
from reports.posters.asking import file_name
from reports.views import lists
from tests.poster_rows import journey_row, poster_row


def gallery(organisation) -> str:
    return reverse("poster_gallery", args=[organisation.slug])


def list_of(journey) -> str:
    return reverse("poster_list", args=[journey.organisation.slug, journey.pk])


def make_of(journey) -> str:
    return reverse("poster_make", args=[journey.organisation.slug, journey.pk])


def posters() -> list[Poster]:
    with scopes_disabled():
        return list(Poster.objects.order_by("pk"))


def test_list_asks_the_same_queries_for_1_and_for_50(manager_client, journey, poster_in, monkeypatch):
    monkeypatch.setattr(lists, "POSTERS_A_PAGE", 50)
    where = list_of(journey)
    poster_in("ready")
    manager_client.get(where)  # a session's first visit writes
    one = queries_of(manager_client, where)
    for _ in range(49):
        poster_in("ready")

    fifty = queries_of(manager_client, where)

    assert len(fifty) == len(one)
    assert len(manager_client.get(where).context["page"]) == 50


def queries_of(client, where: str) -> list[dict[str, str]]:
    with CaptureQueriesContext(connection) as queries:
        client.get(where)
    return queries.captured_queries


def test_list_shows_the_journeys_posters_and_what_fits(manager_client, organisation, journey, poster_in):
    mine = poster_in("ready")
    poster_row(organisation, journey=journey_row(organisation, "Another"))

    response = manager_client.get(list_of(journey))

    assert list(response.context["page"]) == [mine]
    assert response.context["fit"].words == "It fits in one row, in type from 15 pt."


def test_list_of_another_organisations_journey_is_404(manager_client, organisation, other_organisation):
    foreign = journey_row(other_organisation)

    for name in ("poster_list", "poster_make"):
        address = reverse(name, args=[organisation.slug, foreign.pk])
        answer = manager_client.get if name == "poster_list" else manager_client.post
        assert answer(address).status_code == 404


@pytest.mark.parametrize("size", ["A3", "A4"])
def test_make_queues_a_poster_and_shows_it(manager_client, journey, manager, size):
    response = manager_client.post(make_of(journey), {"size": size})

    (poster,) = posters()
    assert (response.status_code, response.url) == (302, poster.get_absolute_url())
    assert (poster.state, poster.size, poster.title, poster.journey_version, poster.requested_by) == (
        "queued", size, "A trip with us", 12, manager,
    )  # fmt: skip
    assert poster.inputs["plan"]["stages"][0]["moments"][0]["title"] == "Moment 0"
    assert (poster.inputs["version"], poster.inputs["organisation"], poster.inputs["address"]) == (
        12, "Northern Air", "",
    )  # fmt: skip


def test_make_freezes_the_organisations_own_date(manager_client, organisation, journey, time_machine):
    organisation.time_zone = "Pacific/Kiritimati"
    organisation.save()
    time_machine.move_to("2026-11-21 18:00:00+00:00", tick=False)

    manager_client.post(make_of(journey), {"size": "A3"})

    assert posters()[0].inputs["made_on"] == "2026-11-22"


def test_make_prints_the_public_address(manager_client, journey, settings):
    settings.PUBLIC_URL = "https://moments.example"

    manager_client.post(make_of(journey), {"size": "A3"})

    assert posters()[0].inputs["address"] == f"https://moments.example{journey.get_absolute_url()}"


def test_make_twice_makes_one(manager_client, journey):
    answers = [manager_client.post(make_of(journey), {"size": "A3"}).url for _ in range(3)]

    assert (len(posters()), len(set(answers))) == (1, 1)


@pytest.mark.parametrize("data", [{}, {"size": ""}, {"size": "A9"}, {"size": "a3"}])
def test_make_without_a_known_size_answers_422_with_the_form(manager_client, journey, data):
    response = manager_client.post(make_of(journey), data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["size"])
    assert posters() == []


def test_make_of_a_journey_without_moments_says_why_not(manager_client, organisation):
    response = manager_client.post(make_of(journey_row(organisation, moments=0)), {"size": "A3"})

    assert (response.status_code, response.context["form"].errors["size"]) == (
        422,
        ["This journey has no moment yet. Add the first contact in which a customer forms an opinion of you."],
    )
    assert posters() == []


@pytest.mark.parametrize(
    ("role", "see", "make"), [(Role.OWNER, 200, 302), (Role.LEADER, 200, 302), (Role.STAFF, 403, 403)]
)
def test_lists_by_role(make_member, client_of, organisation, journey, role, see, make):
    client = client_of(make_member(organisation, role))

    seen = [client.get(gallery(organisation)).status_code, client.get(list_of(journey)).status_code]
    made = client.post(make_of(journey), {"size": "A3"}).status_code

    assert (seen, made) == ([see, see], make)


def test_lists_are_404_to_a_stranger(make_member, client_of, organisation, other_organisation, journey):
    client = client_of(make_member(other_organisation, Role.OWNER))

    answers = [
        client.get(gallery(organisation)),
        client.get(list_of(journey)),
        client.post(make_of(journey), {"size": "A3"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_make_freezes_how_it_is_printed(manager_client, journey):
    chosen = {"size": "A1", "orientation": "portrait", "ink": "grey", "tiles": "A4"}

    manager_client.post(make_of(journey), chosen)

    (poster,) = posters()
    assert {name: poster.inputs[name] for name in ("size", "is_portrait", "is_grey", "tiles")} == {
        "size": "A1", "is_portrait": True, "is_grey": True, "tiles": "A4",
    }  # fmt: skip
    assert (poster.size, poster.is_portrait, poster.is_grey, poster.tiles) == ("A1", True, True, "A4")
    assert (poster.sheet_words, file_name(poster)) == (
        "A1 portrait, grey, on A4 sheets", "A-trip-with-us-A1-portrait-grey-on-A4-v12.pdf",
    )  # fmt: skip


def test_make_as_before_freezes_nothing_new(manager_client, journey):
    for chosen in ({}, {"orientation": "landscape", "ink": "colour", "tiles": ""}):
        manager_client.post(make_of(journey), {"size": "A3", **chosen})

    (poster,) = posters()
    assert {"is_portrait", "is_grey", "tiles"} & set(poster.inputs) == set()
    assert (poster.sheet_words, file_name(poster)) == ("A3 landscape", "A-trip-with-us-A3-v12.pdf")


def test_make_of_each_choice_is_a_poster_of_its_own(manager_client, journey):
    for chosen in ({}, {"orientation": "portrait"}, {"ink": "grey"}, {"tiles": "A4"}, {"tiles": "Letter"}):
        manager_client.post(make_of(journey), {"size": "A3", **chosen})

    assert len({poster.inputs_hash for poster in posters()}) == 5


def test_make_again_keeps_how_it_is_printed(manager_client, organisation, journey):
    manager_client.post(make_of(journey), {"size": "A2", "orientation": "portrait", "tiles": "A3"})
    (poster,) = posters()
    manager_client.post(reverse("poster_cancel", args=[organisation.slug, poster.pk]))

    manager_client.post(reverse("poster_retry", args=[organisation.slug, poster.pk]))

    _, again = posters()
    assert (again.inputs, again.sheet_words) == (poster.inputs, "A2 portrait, on A3 sheets")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"orientation": "upside"}, "orientation"), ({"ink": "gold"}, "ink"), ({"tiles": "A5"}, "tiles")],
)
def test_make_with_an_unknown_choice_answers_422_beside_it(manager_client, journey, wrong, field):
    response = manager_client.post(make_of(journey), {"size": "A3", **wrong})

    assert (response.status_code, list(response.context["form"].errors), posters()) == (422, [field], [])


def test_make_on_sheets_as_large_as_the_poster_says_what_to_choose(manager_client, journey):
    response = manager_client.post(make_of(journey), {"size": "A4", "tiles": "A4"})

    assert (response.status_code, response.context["form"].errors["tiles"]) == (
        422,
        ["A poster in A4 is not larger than its sheets. Choose a larger poster, or one sheet."],
    )


HTMX = {"HX-Request": "true"}


def test_note_tells_what_fits_without_a_job(manager_client, journey):
    response = manager_client.get(list_of(journey), {"size": "A1", "tiles": "A4"}, headers=HTMX)

    words = " ".join(response.content.decode().split())
    assert "<html" not in words
    assert "It fits in one row; names and levels" in words
    assert "15 sheets, 3 rows of 5, and one that shows how to glue them." in words
    assert (posters(), response["Vary"].split(", ")[0]) == ([], "HX-Request")


def test_note_names_what_does_not_fit_and_the_next_size(manager_client, organisation):
    journey = journey_row(organisation, moments=30)

    words = manager_client.get(list_of(journey), {"size": "A4"}, headers=HTMX).content.decode()

    assert "30 moments and empty stages are too many for one poster: A4 holds 24 in rows of 12. Choose A1." in words
    assert "It fits" not in words


def test_note_on_a_choice_that_is_none_says_why(manager_client, journey):
    words = manager_client.get(list_of(journey), {"size": "A3", "tiles": "A3"}, headers=HTMX).content.decode()

    assert "A poster in A3 is not larger than its sheets." in words


def test_form_keeps_what_the_address_chooses(manager_client, journey):
    page = manager_client.get(list_of(journey), {"size": "A2", "orientation": "portrait", "ink": "grey"})
    astray = manager_client.get(list_of(journey), {"size": "A99", "tiles": "x"})

    assert page.context["fit"].words.startswith("It fits in one row; names and levels")
    assert page.content.decode().count(" checked") == 5
    assert (astray.status_code, astray.context["form"]["size"].value()) == (200, "A3")
