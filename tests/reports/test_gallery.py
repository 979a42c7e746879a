"""The gallery: all that was made in one list, chosen by what it is, journey, round and title."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from accounts.access import Role
from jobs.artifacts import path_of
from reports.models import Poster, RoundPrint
from reports.views import gallery as gallery_views
from tests.poster_rows import journey_row, poster_row
from tests.reports.made_rows import PAGED, made_row, round_of

HTMX = {"HX-Request": "true"}


def gallery(organisation) -> str:
    return reverse("poster_gallery", args=[organisation.slug])


def to(name: str, made) -> str:
    return reverse(f"made_{name}", args=[made.organisation.slug, made.part, made.pk])


def titles(client, organisation, **chosen: Any) -> list[str]:
    return [made.title for made in client.get(gallery(organisation), chosen).context["page"]]


@pytest.fixture
def one_of_each(organisation, journey) -> list[Any]:
    """The oldest first, each a minute after the one before."""
    start = timezone.now() - timedelta(hours=1)
    return [
        made_row(model, organisation, journey, title=model.part, created_at=start + timedelta(minutes=number))
        for number, model in enumerate(PAGED)
    ]


def test_gallery_shows_all_kinds_newest_first(manager_client, organisation, other_organisation, one_of_each):
    poster_row(other_organisation, title="Somebody else's")

    response = manager_client.get(gallery(organisation))

    assert list(response.context["page"]) == one_of_each[::-1]
    assert response.context["section"] == "posters"
    for made in one_of_each:
        assert f'src="{to("thumbnail", made)}"' in response.content.decode()


@pytest.mark.parametrize(("kept", "can_be_kept"), [(False, False), (True, True)])
def test_file_that_failed_says_why_and_has_nothing_to_keep(manager_client, organisation, journey, kept, can_be_kept):
    failed = made_row(Poster, organisation, journey, state="failed", error_code="memory", is_kept=kept)

    pages = [manager_client.get(it).content.decode() for it in (gallery(organisation), failed.get_absolute_url())]

    assert ["This needed more memory than one file may use." in page for page in pages] == [True, True]
    assert [to("keep", failed) in page for page in pages] == [can_be_kept, can_be_kept]
    assert all(to("delete", failed) in page for page in pages)


def test_gallery_without_anything_teaches(manager_client, organisation):
    response = manager_client.get(gallery(organisation))

    assert response.context["cards"] == []
    assert "Nothing made yet" in response.content.decode()
    assert reverse("journey_list", args=[organisation.slug]) in response.content.decode()


def test_gallery_parts_pages_and_keeps_what_is_chosen(manager_client, organisation):
    for _ in range(25):
        poster_row(organisation, title="A trip")

    pages = [manager_client.get(gallery(organisation), {"q": "trip", "page": page}) for page in (1, 2, "x", 99)]

    seen = [response.context["page"] for response in pages]
    assert [(page.number, len(page.object_list)) for page in seen] == [(1, 24), (2, 1), (1, 24), (2, 1)]
    assert 'href="?q=trip&amp;page=2"' in pages[0].content.decode()


def test_gallery_asks_the_same_queries_for_3_and_for_60(manager_client, organisation, journey, monkeypatch):
    monkeypatch.setattr(gallery_views, "CARDS_A_PAGE", 60)
    rounds = {"round": round_of(journey)}
    for model in PAGED:
        made_row(model, organisation, journey, **rounds)
    manager_client.get(gallery(organisation))  # a session's first visit writes
    few = queries_of(manager_client, gallery(organisation))
    for _ in range(19):
        for model in PAGED:
            made_row(model, organisation, journey, **rounds)

    many = queries_of(manager_client, gallery(organisation))

    assert len(many) == len(few)
    assert len(manager_client.get(gallery(organisation)).context["cards"]) == 20 * len(PAGED)


def queries_of(client, where: str) -> list[dict[str, str]]:
    with CaptureQueriesContext(connection) as queries:
        client.get(where)
    return queries.captured_queries


def test_gallery_is_chosen_by_title_what_journey_and_round(manager_client, organisation, journey):
    other = journey_row(organisation, "A call")
    spring = round_of(journey, "Spring")
    made_row(Poster, organisation, journey, title="Wall of the trip")
    made_row(Poster, organisation, other, title="Card of the call", kind="card")
    made_row(RoundPrint, organisation, journey, title="Form for spring", round=spring)

    found = [
        titles(manager_client, organisation, **chosen)
        for chosen in (
            {"q": "OF THE"},
            {"what": "poster-card"},
            {"what": "print-form"},
            {"journey": other.pk},
            {"journey": journey.pk, "what": "print-form"},
            {"round": spring.pk},
            {"q": "no such thing"},
        )
    ]

    assert found == [
        ["Card of the call", "Wall of the trip"],
        ["Card of the call"],
        ["Form for spring"],
        ["Card of the call"],
        ["Form for spring"],
        ["Form for spring"],
        [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "chosen",
    [{"what": "poster-x"}, {"what": "-"}, {"journey": "x"}, {"journey": str(2**70)}, {"round": "-1"}, {"q": "\0"}],
)
def test_gallery_leaves_out_a_choice_that_is_none(manager_client, organisation, journey, chosen):
    made_row(Poster, organisation, journey)

    assert titles(manager_client, organisation, **chosen) == ["A trip with us"]


def test_gallery_offers_only_journeys_and_rounds_of_which_something_was_made(manager_client, organisation, journey):
    journey_row(organisation, "Nothing of this")
    made_row(RoundPrint, organisation, journey, round=round_of(journey, "Spring"))

    form = manager_client.get(gallery(organisation)).context["form"]

    named = {name: [label for _, label in form.fields[name].choices] for name in ("journey", "round")}
    assert named == {"journey": ["All", "A trip with us"], "round": ["All", "Spring"]}


def test_gallery_that_finds_nothing_offers_all(manager_client, organisation, journey):
    made_row(Poster, organisation, journey)

    words = manager_client.get(gallery(organisation), {"q": "zzz"}).content.decode()

    assert "Nothing like that" in words
    assert "Nothing made yet" not in words


def test_gallery_answers_htmx_with_the_list_alone(manager_client, organisation, journey):
    made_row(Poster, organisation, journey)

    response = manager_client.get(gallery(organisation), {"q": "trip"}, headers=HTMX)

    assert "<html" not in response.content.decode()
    assert response.content.decode().startswith('<div id="found">')
    assert "HX-Request" in response["Vary"]


def test_leader_sees_no_prints(make_member, client_of, organisation, one_of_each):
    client = client_of(make_member(organisation, Role.LEADER))
    form = next(made for made in one_of_each if isinstance(made, RoundPrint))

    response = client.get(gallery(organisation))

    assert list(response.context["page"]) == [made for made in one_of_each[::-1] if made != form]
    assert [client.get(to(name, form)).status_code for name in ("card", "thumbnail")] == [403, 403]
    assert "print-form" not in dict(response.context["form"].fields["what"].choices)
    assert titles(client, organisation, what="print-form") == [made.title for made in response.context["page"]]


def test_card_says_what_state_a_file_is_in(manager_client, organisation, journey):
    made_row(Poster, organisation, journey, state="running", progress_step="page", progress_percent=40)
    made_row(Poster, organisation, journey, state="failed", error_code="memory")
    made_row(Poster, organisation, journey, journey_version=11)
    lost = made_row(Poster, organisation, journey)
    path_of(lost.artifact_name).unlink()

    words = " ".join(manager_client.get(gallery(organisation)).content.decode().split())

    assert "Being made</span> · 3 of 4: setting the page" in words
    assert '<progress max="100" value="40"' in words
    assert "Failed" in words
    assert words.count("The map has changed since") == 1
    assert words.count("Its file is gone") == 1


def test_card_is_asked_for_while_its_file_is_made(manager_client, organisation, journey):
    waiting = made_row(Poster, organisation, journey, state="queued")
    card = manager_client.get(gallery(organisation)).context["cards"][0]

    same = manager_client.get(to("card", waiting), {"seen": card["seen"]}, headers=HTMX)
    Poster.objects.with_scopes_disabled().filter(pk=waiting.pk).update(state="cancelled")
    changed = manager_client.get(to("card", waiting), {"seen": card["seen"]}, headers=HTMX)
    plain = manager_client.get(to("card", waiting))

    assert (same.status_code, same.content) == (204, b"")
    assert "Cancelled" in changed.content.decode()
    assert "hx-trigger" not in changed.content.decode()
    assert (plain.status_code, plain.url) == (302, waiting.get_absolute_url())


@pytest.mark.parametrize("model", PAGED)
def test_thumbnail_is_sent_once(manager_client, organisation, journey, model):
    made = made_row(model, organisation, journey)

    first = manager_client.get(to("thumbnail", made))
    again = manager_client.get(to("thumbnail", made), headers={"If-None-Match": first["ETag"]})

    assert (first.content, first["Content-Type"]) == (made.thumbnail_name.encode(), "image/png")
    assert "private" in first["Cache-Control"]
    assert (again.status_code, again.content) == (304, b"")


def test_thumbnail_of_a_file_without_one_is_404(manager_client, organisation, journey):
    waiting = made_row(Poster, organisation, journey, state="queued")
    lost = made_row(Poster, organisation, journey)
    path_of(lost.thumbnail_name).unlink()

    assert [manager_client.get(to("thumbnail", made)).status_code for made in (waiting, lost)] == [404, 404]


@pytest.mark.parametrize("kind", ["report", "posters", "round_print", "x"])
def test_kind_that_does_not_belong_to_the_id_is_404(manager_client, organisation, journey, kind):
    made = made_row(Poster, organisation, journey)

    address = reverse("made_thumbnail", args=[organisation.slug, kind, made.pk])

    assert manager_client.get(address).status_code == 404


@pytest.mark.parametrize("model", PAGED)
def test_file_stands_below_its_page(organisation, journey, model):
    made = made_row(model, organisation, journey)

    assert resolve(made.file_address).url_name == resolve(made.get_absolute_url()).url_name.replace("_page", "_file")


def test_titles_of_people_are_escaped(manager_client, organisation, journey):
    made_row(Poster, organisation, journey, title="<script>alert(1)</script>")

    words = manager_client.get(gallery(organisation)).content.decode()

    assert "<script>alert" not in words
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words
