"""A screen's link: swapped for a pass, renewed by each load, ended at once; and the pages of those who look after it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from improvements.displays import code_of_display, make_display, token_of_display
from improvements.models import Display


@pytest.fixture
def display(in_scope, manager) -> Display:
    return make_display(in_scope, manager, {"name": "Canteen"}, [])


def opened(display: Display) -> Client:
    """A screen that came by the link."""
    screen = Client()
    screen.get(reverse("wall_open", args=[token_of_display(display)]))
    return screen


def wall_of(display: Display) -> str:
    return reverse("wall_page", args=[display.pk])


def test_link_is_swapped_for_a_pass_that_no_address_shows(display):
    screen = Client()

    response = screen.get(reverse("wall_open", args=[token_of_display(display)]))
    page = screen.get(response.url)

    cookie = response.cookies["wall"]
    assert (response.status_code, response.url, page.status_code) == (302, wall_of(display), 200)
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (wall_of(display), True, "Lax")
    assert cookie["max-age"] == 400 * 24 * 3600
    assert response["Referrer-Policy"] == page["Referrer-Policy"] == "no-referrer"
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")
    assert token_of_display(display) not in page.content.decode()
