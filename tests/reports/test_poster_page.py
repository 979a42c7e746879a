"""One poster: waiting, made, failed; its file; stopping, retrying, deleting."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.conf import settings
from django.urls import reverse
from django_scopes import scopes_disabled

from accounts.access import Role
from journeys.models import Journey
from reports.models import Poster
from tests.poster_rows import poster_row, reread

HTMX = {"HX-Request": "true"}


def to(name: str, poster: Poster) -> str:
    return reverse(f"poster_{name}", args=[poster.organisation.slug, poster.pk])


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("queued", "Next in the queue"),
        ("running", "3 of 4: setting the page"),
        ("ready", "Download the PDF"),
        ("failed", "needed more memory"),
        ("cancelled", "Make it again"),
    ],
)
def test_page_tells_the_state(manager_client, poster_in, state, words):
    content = manager_client.get(to("page", poster_in(state))).content.decode()

    assert words in content
    assert ("hx-trigger" in content) == (state in ("queued", "running"))


def test_page_of_a_failed_poster_gives_the_reference(manager_client, poster_in):
    assert b"3F9A22C1" in manager_client.get(to("page", poster_in("failed"))).content


def test_page_says_that_the_map_has_changed(manager_client, poster_in, journey):
    poster = poster_in("ready")
    with scopes_disabled():
        Journey.objects.filter(pk=journey.pk).update(version=14)

    content = manager_client.get(to("page", poster)).content.decode()

    assert "is at version 14" in content
    assert reverse("poster_list", args=[poster.organisation.slug, journey.pk]) in content


def test_page_outlives_its_journey_and_its_maker(manager_client, poster_in, journey, make_member, organisation):
    leaver = make_member(organisation, Role.LEADER)
    poster = poster_in("ready", requested_by=leaver)
    leaver.delete()
    with scopes_disabled():
        journey.delete()

    response = manager_client.get(to("page", poster))

    assert response.status_code == 200
    assert "someone who has left" in response.content.decode()


def test_page_whose_file_is_gone_offers_to_make_it_again(manager_client, poster_in):
    poster = poster_in("ready")
    (settings.ARTIFACT_DIR / poster.artifact_name).unlink()

    response = manager_client.get(to("page", poster))

    assert b"The file is gone" in response.content
    assert to("retry", poster).encode() in response.content


@pytest.mark.parametrize(
    ("state", "has_trigger"),
    [("queued", True), ("running", True), ("ready", False), ("failed", False), ("cancelled", False)],
)
def test_progress_is_a_fragment_that_asks_again_only_while_there_is_more(manager_client, poster_in, state, has_trigger):
    response = manager_client.get(to("progress", poster_in(state)), headers=HTMX)

    content = response.content.decode()
    assert (response.status_code, 'hx-trigger="every 1s"' in content, "<html" in content) == (200, has_trigger, False)


def test_progress_answers_204_while_nothing_is_new(manager_client, poster_in):
    poster = poster_in("running")
    seen = manager_client.get(to("progress", poster), headers=HTMX).context["seen"]

    same = manager_client.get(to("progress", poster), {"seen": seen}, headers=HTMX)
    Poster.objects.with_scopes_disabled().filter(pk=poster.pk).update(progress_step="save", progress_percent=90)
    new = manager_client.get(to("progress", poster), {"seen": seen}, headers=HTMX)

    assert (same.status_code, same.content, new.status_code) == (204, b"", 200)
    assert "4 of 4: saving the file" in new.content.decode()


def test_progress_without_htmx_leads_to_the_page(manager_client, poster_in):
    poster = poster_in("queued")

    response = manager_client.get(to("progress", poster))

    assert (response.status_code, response.url) == (302, to("page", poster))


def test_progress_after_the_session_ended_redirects_the_whole_page(client, poster_in):
    response = client.get(to("progress", poster_in("queued")), headers=HTMX)

    assert "HX-Redirect" in response.headers


def test_file_comes_with_a_good_name_and_headers(manager_client, poster_in):
    response = manager_client.get(to("file", poster_in("ready")))

    assert b"".join(response.streaming_content) == b"%PDF-1.7 of a test"
    wanted = (
        "Content-Type", "Content-Disposition", "ETag", "Cache-Control", "X-Content-Type-Options",
        "Content-Security-Policy",
    )  # fmt: skip
    assert [response[name] for name in wanted] == [
        "application/pdf",
        'attachment; filename="A-trip-with-us-A4-v12.pdf"',
        '"abc"',
        "private, no-cache",
        "nosniff",
        "default-src 'none'; sandbox",
    ]


@pytest.mark.parametrize(
    ("title", "disposition"),
    [
        ("Поездка с нами", f"attachment; filename*=utf-8''{quote('Поездка-с-нами')}-A4-v12.pdf"),
        ('../../etc/"passwd"\r\nX: y', 'attachment; filename="etc-passwd-X-y-A4-v12.pdf"'),
        ("🎈", 'attachment; filename="poster-A4-v12.pdf"'),
        ("x" * 200, f'attachment; filename="{"x" * 80}-A4-v12.pdf"'),
    ],
)  # fmt: skip
def test_file_name_is_safe_for_any_title(manager_client, poster_in, title, disposition):
    response = manager_client.get(to("file", poster_in("ready", title=title)))

    assert response["Content-Disposition"] == disposition
    response.close()


def test_file_unchanged_answers_304(manager_client, poster_in):
    response = manager_client.get(to("file", poster_in("ready")), headers={"If-None-Match": '"abc"'})

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", '"abc"')


@pytest.mark.parametrize("state", ["queued", "running", "failed", "cancelled"])
def test_file_is_404_until_it_is_ready(manager_client, poster_in, state):
    assert manager_client.get(to("file", poster_in(state))).status_code == 404


def test_file_is_404_where_it_is_gone(manager_client, poster_in):
    poster = poster_in("ready")
    (settings.ARTIFACT_DIR / poster.artifact_name).unlink()

    assert manager_client.get(to("file", poster)).status_code == 404


def test_leader_downloads(client_of, make_member, organisation, poster_in):
    response = client_of(make_member(organisation, Role.LEADER)).get(to("file", poster_in("ready")))

    assert response.status_code == 200
    response.close()


@pytest.mark.parametrize(("state", "after"), [("queued", "cancelled"), ("running", "cancelled"), ("ready", "ready")])
def test_cancel_stops_what_is_active(manager_client, poster_in, state, after):
    poster = poster_in(state)

    response = manager_client.post(to("cancel", poster))

    assert (response.url, reread(poster).state) == (to("page", poster), after)


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_retry_asks_for_the_same_inputs_again(manager_client, poster_in, journey, state):
    poster = poster_in(state)

    response = manager_client.post(to("retry", poster))

    with scopes_disabled():
        again = Poster.objects.exclude(pk=poster.pk).get()
    assert response.url == to("page", again)
    assert (again.state, again.inputs, again.title, again.size, again.journey, again.journey_version) == (
        "queued", poster.inputs, poster.title, "A4", journey, 12,
    )  # fmt: skip
    assert reread(poster).state == state


@pytest.mark.parametrize(
    ("role", "is_own", "status"),
    [
        (Role.OWNER, False, 302),
        (Role.MANAGER, False, 302),
        (Role.LEADER, True, 302),
        (Role.LEADER, False, 403),
        (Role.STAFF, True, 403),
    ],
)
def test_change_is_for_the_maker_and_managers(client_of, make_member, organisation, poster_in, role, is_own, status):
    member = make_member(organisation, role, "another@northern-air.example")
    poster = poster_in("queued", **({"requested_by": member} if is_own else {}))
    client = client_of(member)

    assert client.post(to("cancel", poster)).status_code == status
    if role == Role.LEADER:
        page = client_of(member).get(to("page", poster_in("queued", requested_by=member if is_own else None)))
        assert page.context["can_change"] is is_own


VIEWS = [
    ("page", "get"),
    ("progress", "get"),
    ("file", "get"),
    ("cancel", "post"),
    ("retry", "post"),
]


@pytest.mark.parametrize(("name", "method"), VIEWS)
def test_foreign_and_missing_ids_answer_alike(manager_client, organisation, other_organisation, name, method):
    foreign = poster_row(other_organisation, state="ready", artifact_name="posters/a.pdf")
    ids = (foreign.pk, foreign.pk + 1000, 2**63)

    answers = [getattr(manager_client, method)(reverse(f"poster_{name}", args=[organisation.slug, pk])) for pk in ids]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert reread(foreign).state == "ready"


@pytest.mark.parametrize(("name", "method"), VIEWS)
def test_staff_may_not(client_of, make_member, organisation, poster_in, name, method):
    client = client_of(make_member(organisation, Role.STAFF))

    assert getattr(client, method)(to(name, poster_in("ready"))).status_code == 403


@pytest.mark.parametrize(("name", "method"), VIEWS)
def test_wrong_method_answers_405(manager_client, poster_in, name, method):
    other = {"get": "post", "post": "get"}[method]

    assert getattr(manager_client, other)(to(name, poster_in("ready"))).status_code == 405
