"""A poster's file in parts: what was begun can be gone on with, and never from another file."""

from __future__ import annotations

import pytest
from django.urls import reverse

CONTENT = b"%PDF-1.7 of a test"
SIZE = len(CONTENT)


@pytest.fixture
def ask(manager_client, poster_in):
    poster = poster_in("ready")
    address = reverse("poster_file", args=["northern-air", poster.pk])

    def ask(method: str = "get", **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = getattr(manager_client, method)(address, headers=named)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return response, body

    return ask


@pytest.mark.parametrize(
    ("asked", "told", "body"),
    [
        ("bytes=0-3", f"bytes 0-3/{SIZE}", CONTENT[:4]),
        ("bytes=5-", f"bytes 5-{SIZE - 1}/{SIZE}", CONTENT[5:]),
        ("bytes=-4", f"bytes {SIZE - 4}-{SIZE - 1}/{SIZE}", CONTENT[-4:]),
    ],
)
def test_a_part_is_sent_alone(ask, asked, told, body):
    response, sent = ask(range=asked)

    assert (response.status_code, sent) == (206, body)
    assert {name: response[name] for name in ("Content-Range", "Content-Length", "ETag", "Content-Type")} == {
        "Content-Range": told,
        "Content-Length": str(len(body)),
        "ETag": '"abc"',
        "Content-Type": "application/pdf",
    }
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_whole_file_says_that_parts_can_be_asked_for(ask):
    response, sent = ask()

    assert (response.status_code, response["Accept-Ranges"], response["Content-Length"], sent) == (
        200, "bytes", str(SIZE), CONTENT,
    )  # fmt: skip


def test_a_part_behind_the_end_is_refused_with_the_size(ask):
    response, sent = ask(range=f"bytes={SIZE}-")

    assert (response.status_code, response["Content-Range"], sent) == (416, f"bytes */{SIZE}", b"")


@pytest.mark.parametrize(
    ("named", "status"), [('"abc"', 206), ('"other"', 200), ('W/"abc"', 200), ("Sun, 22 Nov 2026 05:00:00 GMT", 200)]
)
def test_a_part_is_only_of_the_file_that_was_begun(ask, named, status):
    response, sent = ask(range="bytes=0-3", if_range=named)

    assert (response.status_code, sent) == (status, CONTENT[:4] if status == 206 else CONTENT)


def test_an_unchanged_file_is_not_sent_in_parts(ask):
    response, sent = ask(range="bytes=0-3", if_none_match='"abc"')

    assert (response.status_code, sent) == (304, b"")


def test_asking_for_the_head_gives_that_of_the_whole(ask):
    response, _ = ask("head", range="bytes=0-3")

    assert (response.status_code, response["Content-Length"]) == (200, str(SIZE))


def test_several_parts_at_once_are_answered_with_the_whole(ask):
    response, sent = ask(range="bytes=0-1,4-5")

    assert (response.status_code, sent) == (200, CONTENT)


def test_a_part_of_another_organisations_file_is_not_there(client_of, make_member, other_organisation, poster_in):
    poster = poster_in("ready")
    stranger = client_of(make_member(other_organisation, "manager"))

    response = stranger.get(reverse("poster_file", args=["northern-air", poster.pk]), headers={"range": "bytes=0-3"})

    assert response.status_code == 404
