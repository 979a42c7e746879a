"""A screen's link: swapped for a pass, renewed by each load, ended at once; and the pages of who looks after it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from assessments.wrong_tries import TRIES_MAX
from improvements.limits import DISPLAYS_MAX
from improvements.models import Display
from improvements.walls.displays import code_of_display, make_display, revoke_display, token_of_display
from improvements.walls.slide_kinds import SlideKind
from tests.assessments.rounds import make_journey

WAIT, GONE = "/wall/wait/", "/wall/gone/"
ASKED = {
    "name": "Canteen",
    "slides": ["stories", "number"],
    "seconds": "30",
    "language": "de",
    "asks": "customers",
    "team": "Gate team",
}


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


def page_of(name: str, *args: int) -> str:
    return reverse(name, args=["northern-air", *args])


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


@pytest.mark.parametrize("typed", ["{}", "{}/"])
def test_short_code_opens_the_same_however_it_is_typed(display, typed):
    code = code_of_display(display)

    answers = [Client().get(f"/w/{typed.format(words)}") for words in (code, code.replace("-", ""), code.upper())]

    assert [answer.url for answer in answers] == [wall_of(display)] * 3


def test_only_keyed_hashes_of_the_words_are_kept(display):
    row = Display.objects.values().get(pk=display.pk)

    kept = [str(value) for value in row.values()]
    assert token_of_display(display) not in kept
    assert code_of_display(display) not in kept


def test_revoked_link_ends_at_once_for_a_screen_that_is_open(display):
    screen = opened(display)

    revoke_display(display)

    answers = [screen.get(wall_of(display)), screen.get(f"{wall_of(display)}slides/")]
    again = Client().get(reverse("wall_open", args=[token_of_display(display)]))
    assert [answer.status_code for answer in answers] == [404, 410]
    assert b"Canteen" not in answers[0].content + answers[1].content
    assert again.url == GONE


def test_pass_of_one_screen_opens_no_other(in_scope, manager, display):
    other = make_display(in_scope, manager, {"name": "Lobby"}, [])
    screen = opened(display)
    screen.cookies["wall"]["path"] = "/"

    answers = [screen.get(wall_of(it)).status_code for it in (display, other)]

    assert answers == [200, 404]


def test_each_load_renews_the_pass_so_that_it_lasts_for_years(display):
    begin = timezone.now()
    with time_machine.travel(begin, tick=False) as clock:
        screen = opened(display)
        seen = []
        for _ in range(4):
            clock.shift(timedelta(days=300))
            seen.append(screen.get(wall_of(display)).status_code)
        clock.shift(timedelta(days=401))
        seen.append(screen.get(wall_of(display)).status_code)

    assert seen == [200, 200, 200, 200, 404]


def test_who_keeps_guessing_waits_with_right_words_too(display):
    guesser = Client()
    for _ in range(TRIES_MAX):
        assert guesser.get(f"/w/{'x' * 43}/").url == GONE

    answers = [guesser.get(f"/w/{words}/") for words in ("x" * 43, token_of_display(display), code_of_display(display))]

    assert [(answer.url, str(answer.cookies)) for answer in answers] == [(WAIT, "")] * 3
    assert [Client().get(path).status_code for path in (WAIT, GONE)] == [429, 404]


def test_screen_is_noted_as_seen_once_a_minute(display):
    begin = timezone.now()
    with time_machine.travel(begin, tick=False) as clock:
        screen = opened(display)
        times = []
        for seconds in (0, 50, 20):
            clock.shift(timedelta(seconds=seconds))
            screen.get(f"{wall_of(display)}slides/")
            times.append(Display.objects.get(pk=display.pk).seen_at - begin)

    assert times == [timedelta(0), timedelta(0), timedelta(seconds=70)]


def test_screen_is_made_with_what_was_asked_and_shows_its_address(manager_client, in_scope):
    journey = make_journey(in_scope)

    answers = [
        manager_client.post(page_of("display_create"), {**ASKED, "journeys": [journey.pk], "submission": "x"})
        for _ in range(2)
    ]

    display = Display.objects.get()
    page = manager_client.get(answers[0].url).content.decode()
    assert [answer.url for answer in answers] == [page_of("display_edit", display.pk)] * 2
    assert (display.name, display.seconds, display.language, display.asks, display.team) == (
        "Canteen", 30, "de", "customers", "Gate team"
    )  # fmt: skip
    assert (display.slides, list(display.journeys.all())) == (["number", "stories"], [journey])
    assert f"/w/{token_of_display(display)}" in page
    assert f"/w/{code_of_display(display)}" in page
    assert "Not opened on a screen yet" in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "This field is required."),
        ({"name": "a\0b"}, "Null characters are not allowed."),
        ({"name": "a" * 10_000}, "at most 200 characters"),
        ({"slides": []}, "Choose at least one kind of slide."),
        ({"slides": ["x"]}, "Select a valid choice."),
        ({"seconds": "7"}, "greater than or equal to 8"),
        ({"language": "xx"}, "Select a valid choice."),
        ({"journeys": [10**30]}, "Select a valid choice."),
        ({"team": "a" * 81}, "at most 80 characters"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field(manager_client, in_scope, wrong, says):
    response = manager_client.post(page_of("display_create"), {**ASKED, **wrong})

    assert (response.status_code, Display.objects.count()) == (422, 0)
    assert says in response.content.decode()


def test_journey_of_another_organisation_can_not_be_chosen(manager_client, in_scope, other_organisation):
    with scope(organisation=other_organisation):
        foreign = make_journey(other_organisation)

    response = manager_client.post(page_of("display_create"), {**ASKED, "journeys": [foreign.pk]})

    assert (response.status_code, Display.objects.count()) == (422, 0)


def test_changed_screen_keeps_its_link(manager_client, display):
    before = token_of_display(display)

    response = manager_client.post(page_of("display_edit", display.pk), {**ASKED, "name": "Lobby"})

    display.refresh_from_db()
    assert response.url == page_of("display_edit", display.pk)
    assert (display.name, display.slides, token_of_display(display)) == ("Lobby", ["number", "stories"], before)
    assert opened(display).get(wall_of(display)).status_code == 200


def test_refused_change_leaves_the_name_in_the_frame(manager_client, display):
    response = manager_client.post(page_of("display_edit", display.pk), {**ASKED, "name": "Lobby", "seconds": "0"})

    assert response.status_code == 422
    assert '<h1 dir="auto">Canteen</h1>' in response.content.decode()


def test_more_screens_than_one_may_are_refused(manager_client, in_scope, manager):
    for number in range(DISPLAYS_MAX):
        make_display(in_scope, manager, {"name": f"{number}"}, [])

    response = manager_client.post(page_of("display_create"), ASKED)

    assert (response.status_code, Display.objects.count()) == (422, DISPLAYS_MAX)
    assert "50 screens have a link already. Revoke some first." in response.content.decode()


def test_revoking_is_asked_first_and_listed_afterwards(manager_client, display):
    asked = manager_client.get(page_of("display_revoke", display.pk)).content.decode()
    answer = manager_client.post(page_of("display_revoke", display.pk))
    page = manager_client.get(answer.url).content.decode()

    assert "Revoke this link?" in asked
    assert "1 link that shows nothing any more" in page
    assert manager_client.get(page_of("display_edit", display.pk)).url == page_of("display_list")


def test_list_tells_which_screens_are_silent(manager_client, in_scope, manager, display):
    Display.objects.filter(pk=display.pk).update(seen_at=timezone.now() - timedelta(hours=2))
    other = make_display(in_scope, manager, {"name": "Lobby"}, [])
    Display.objects.filter(pk=other.pk).update(seen_at=timezone.now() - timedelta(minutes=3))

    page = manager_client.get(page_of("display_list")).content.decode().replace("\xa0", " ")

    assert "Silent for 2 hours" in page
    assert "On the screen: last seen 3 minutes ago" in page


def test_list_takes_the_same_queries_for_1_and_40(manager_client, in_scope, manager, display):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            manager_client.get(page_of("display_list"))
        return len(asked)

    count()
    before = count()
    for number in range(39):
        make_display(in_scope, manager, {"name": f"{number}"}, [])

    assert count() == before


def test_manager_looks_at_the_wall_without_being_taken_for_the_screen(manager_client, display):
    page = manager_client.get(page_of("display_look", display.pk))
    slides = manager_client.get(page_of("display_look", display.pk), {"part": "slides"})

    display.refresh_from_db()
    assert f'data-content="{page_of("display_look", display.pk)}?part=slides"' in page.content.decode()
    assert slides["ETag"] in page.content.decode().replace("&quot;", '"')
    assert display.seen_at is None


def test_new_screen_shows_everything_to_staff_unless_one_says_otherwise(manager_client, in_scope):
    form = manager_client.get(page_of("display_create")).context["form"]

    chosen = [choice.data["value"] for choice in form["slides"] if choice.data["selected"]]
    passers_by = [choice.data["value"] for choice in form["asks"] if choice.data["selected"]]
    assert (chosen, passers_by) == (list(SlideKind.values), ["staff"])


@pytest.mark.parametrize("role", [Role.LEADER, Role.STAFF])
def test_who_may_not_look_after_screens_is_offered_no_way_there(client_of, make_member, in_scope, role):
    page = client_of(make_member(in_scope, role)).get(reverse("organisation_home", args=["northern-air"]))

    assert page_of("display_list") not in page.content.decode()
