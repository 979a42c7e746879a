"""Words in the respondents' languages: the organisation's levels, and what moments are called."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.access import Role
from assessments.models import MomentTranslation
from assessments.wording import LevelWords, level_words, save_level_words
from journeys.models import LevelWording, Moment
from tests.assessments.rounds import make_journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner_client(make_member, organisation, client_of):
    return client_of(make_member(organisation, Role.OWNER))


def level_url(organisation, language: str = "en") -> str:
    return f"{reverse('level_words_edit', args=[organisation.slug])}?language={language}"


def moment_url(organisation, journey, language: str = "de") -> str:
    return f"{reverse('moment_words_edit', args=[organisation.slug, journey.pk])}?language={language}"


def test_level_goes_by_its_usual_words_until_it_is_named(in_scope):
    save_level_words(in_scope, "en", [LevelWords(1, "Broken", "We let them down")])

    words = level_words(in_scope, "en")

    assert [(row.level, row.name) for row in words] == [
        (6, "Unbelievable"),
        (5, "Surprising"),
        (4, "Desired"),
        (3, "Expected"),
        (2, "Basic"),
        (1, "Broken"),
    ]


def test_named_levels_are_kept_by_language(owner_client, organisation, in_scope):
    response = owner_client.post(level_url(organisation, "sv"), {"name_6": "Oförglömlig", "meaning_6": "Aldrig glömd"})

    assert (response.status_code, response.url) == (302, level_url(organisation, "sv"))
    assert '<a href="?language=sv" lang="sv" aria-current="page">Svenska</a>' in owner_client.get(response.url).text
    assert list(LevelWording.objects.values_list("language", "level", "name", "meaning")) == [
        ("sv", 6, "Oförglömlig", "Aldrig glömd")
    ]


def test_saving_without_words_brings_the_usual_ones_back(owner_client, organisation, in_scope):
    save_level_words(organisation, "en", [LevelWords(1, "Broken", "")])

    owner_client.post(level_url(organisation), {})

    assert not LevelWording.objects.exists()


@pytest.mark.parametrize(
    ("posted", "field", "said"),
    [
        ({"meaning_2": "Late"}, "name_2", "Name the level too, or leave both empty."),
        ({"name_1": "Same", "name_2": "same"}, "name_1", "Two levels can't have the same name."),
        ({"name_6": "Basic"}, "name_6", "Two levels can't have the same name."),
        ({"name_6": "x" * 41}, "name_6", "Ensure this value has at most 40 characters (it has 41)."),
        ({"name_6": "a\0b"}, "name_6", "Null characters are not allowed."),
    ],
)
def test_bad_level_name_is_told_beside_its_field_and_kept(owner_client, organisation, in_scope, posted, field, said):
    response = owner_client.post(level_url(organisation), posted)

    assert (response.status_code, dict(response.context["form"].errors)) == (422, {field: [said]})
    assert not LevelWording.objects.exists()


def test_moments_get_words_in_another_language(manager_client, organisation, in_scope):
    journey = make_journey(in_scope)
    first = Moment.objects.order_by("position")[0]

    response = manager_client.post(moment_url(organisation, journey), {f"title_{first.pk}": "Sucht einen Flug"})

    assert response.status_code == 302
    assert list(MomentTranslation.objects.values_list("moment", "language", "title")) == [
        (first.pk, "de", "Sucht einen Flug")
    ]
    page = manager_client.get(moment_url(organisation, journey))
    assert "1 of 3 titles has its own words." in page.text
    assert "Sucht einen Flug" not in manager_client.get(moment_url(organisation, journey, "fr")).text


@pytest.mark.parametrize("language", ["en", "xx", ""])
def test_language_of_the_map_or_an_unknown_one_is_not_found(manager_client, organisation, in_scope, language):
    journey = make_journey(in_scope)

    response = manager_client.get(moment_url(organisation, journey, language))

    assert response.status_code == 404


def test_too_long_title_is_told_and_nothing_typed_is_lost(manager_client, organisation, in_scope):
    journey = make_journey(in_scope)
    first, second, _third = Moment.objects.order_by("position")

    response = manager_client.post(
        moment_url(organisation, journey), {f"title_{first.pk}": "x" * 10_000, f"title_{second.pk}": "Bucht"}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [f"title_{first.pk}"]
    assert "x" * 10_000 in response.text
    assert 'value="Bucht"' in response.text


@pytest.mark.parametrize("count", [1, 50])
def test_page_of_words_asks_the_database_equally_often(
    manager_client, organisation, in_scope, count, django_assert_num_queries
):
    journey = make_journey(in_scope, [f"Moment {number}" for number in range(count)])
    manager_client.get(moment_url(organisation, journey))

    with django_assert_num_queries(7):
        manager_client.get(moment_url(organisation, journey))
