"""What a screen on the wall shows: published figures, published words, and the code of a round that is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.languages import LANGUAGES
from assessments.links import renew_link
from assessments.models import OpenLink, Round
from improvements.choices import ActionState, StoryState
from improvements.models import Display, StoryPick
from improvements.stories.naming import withdraw_name
from improvements.stories.weeks import monday_of, stories_of_week
from improvements.views.wall_showing import as_on
from improvements.walls.displays import token_of_display
from improvements.walls.slide_kinds import SlideKind
from improvements.walls.slides import slides_of
from journeys.models import Journey, Moment
from tests.assessments.rounds import answer_by, make_journey, make_open_round, make_released_round
from tests.assessments.sheets import figures, judged, moment, score
from tests.improvements.tales import make_story
from tests.improvements.walls import make_action, make_told_round, make_wall, moment_of


def slides(display: Display) -> list[tuple[str, dict[str, Any]]]:
    with as_on(display):
        return [(str(slide.kind), dict(slide.says)) for slide in slides_of(display)]


def kinds(display: Display) -> list[str]:
    return [kind for kind, _ in slides(display)]


def says(display: Display, kind: str) -> dict[str, Any]:
    return next(said for found, said in slides(display) if found == kind)


def screen_of(display: Display) -> Client:
    screen = Client()
    screen.get(reverse("wall_open", args=[token_of_display(display)]))
    return screen


def test_all_kinds_come_in_their_order(in_scope):
    journey = make_journey(in_scope)
    make_told_round(in_scope, journey, judged())
    make_open_round(in_scope, journey=journey)
    make_story(in_scope)
    make_action(journey)

    assert kinds(make_wall(in_scope)) == list(SlideKind.values)


def test_only_chosen_kinds_are_shown(in_scope):
    make_told_round(in_scope, make_journey(in_scope), judged())
    make_story(in_scope)

    assert kinds(make_wall(in_scope, slides=["weakest", "stories"])) == ["weakest", "stories"]


def test_number_is_that_of_the_map(in_scope):
    make_journey(in_scope, customers=10_000)

    assert says(make_wall(in_scope), "number") == {
        "number": "30,000",
        "count": 30_000,
        "sentence": "10,000 customers meet us 3 times each, for 15 s. Those 45 s are all they ever see of us.",
    }


def test_balance_says_whose_and_of_what_it_is_made(in_scope):
    make_told_round(in_scope, make_journey(in_scope), judged())

    assert says(make_wall(in_scope), "balance") == {
        "number": "+12",
        "tone": "good",
        "sentence": "Of 100 contacts 32 create value, 48 leave customers indifferent and 20 do damage.",
        "range": "95% range: +10 to +14",
        "source": "Customers: 12 answers, 17 Nov 2026",
    }


def test_weakest_moment_stands_beside_what_more_the_map_says_now(in_scope):
    round_ = make_told_round(in_scope, make_journey(in_scope), judged())
    Moment.objects.filter(pk=moment_of(round_, 2).pk).update(what_more="Speak every 15 minutes.")

    said = says(make_wall(in_scope), "weakest")

    assert (said["title"], said["mean"], said["level"]) == ("Waits at the gate", "1.9", 2)
    assert said["sentence"] == "Customers put it at level 1.9 of 6."
    assert (said["answers"], said["what_more"]) == ("12 answers", "Speak every 15 minutes.")


def test_answers_that_are_not_released_show_nothing(in_scope):
    round_ = make_open_round(in_scope, journey=make_journey(in_scope))
    for _ in range(12):
        answer_by(round_, [1, 1, 1])

    assert kinds(make_wall(in_scope)) == ["number", "ask"]


def test_round_with_too_few_answers_gives_way_to_the_one_before(in_scope):
    journey = make_journey(in_scope)
    make_told_round(in_scope, journey, judged(), title="Spring")
    hidden = figures(
        [moment(0, "Searches a fare")],
        whole={"staff": None, "customers": None},
        responses={"staff": {"n": None, "groups": {}}, "customers": {"n": None, "groups": {}}},
    )
    make_told_round(in_scope, journey, hidden)

    assert says(make_wall(in_scope), "weakest")["title"] == "Waits at the gate"


def test_figures_of_a_small_group_are_on_no_slide(in_scope):
    released = make_released_round(in_scope, {"": 4}, customers=12)

    page = screen_of(make_wall(in_scope)).get(reverse("wall_page", args=[Display.objects.get().pk])).content.decode()

    assert released.sheet.figures["responses"]["staff"]["n"] is None
    assert "Staff, our own view: " in page  # of each moment: a dash
    assert page.count("<b>–</b>") == len(released.sheet.figures["moments"])
    assert "4 answers" not in page


def test_round_that_is_put_away_is_not_shown(in_scope):
    round_ = make_told_round(in_scope, make_journey(in_scope), judged())
    Round.objects.filter(pk=round_.pk).update(state="archived")

    assert kinds(make_wall(in_scope)) == ["number"]


def test_long_journey_is_parted_into_even_pictures(in_scope):
    told = figures(
        [moment(n, f"Moment {n}", views={"staff": score(0, 0, 5, 5, 2, 0), "customers": None}) for n in range(23)]
    )
    make_told_round(in_scope, make_journey(in_scope), told)

    ladders = [said for kind, said in slides(make_wall(in_scope)) if kind == "ladder"]

    assert [len(said["ladder"].columns) for said in ladders] == [8, 8, 7]
    assert [said["which"] for said in ladders] == [
        "Moments 1 to 8 of 23",
        "Moments 9 to 16 of 23",
        "Moments 17 to 23 of 23",
    ]


def test_only_chosen_journeys_that_are_not_archived_are_shown(in_scope):
    first, second, third = (make_journey(in_scope) for _ in range(3))
    Journey.objects.filter(pk=third.pk).update(archived_at=timezone.now())
    for journey, what in ((first, "One"), (second, "Two"), (third, "Three")):
        make_action(journey, what)

    shown = [
        [action["what"] for action in says(make_wall(in_scope, chosen), "actions")["actions"]]
        for chosen in ((), (first, third))
    ]

    assert shown == [["Two", "One"], ["One"]]


def stories(display: Display) -> list[str]:
    return [said["text"] for kind, said in slides(display) if kind == "stories"]


def test_stories_are_the_two_of_the_week_and_of_the_journeys(in_scope):
    journey, other = make_journey(in_scope), make_journey(in_scope)
    make_story(in_scope, "Waiting", state=StoryState.WAITING)
    make_story(in_scope, "Declined", state=StoryState.DECLINED)
    make_story(in_scope, "Third", published_at=timezone.now() - timedelta(days=5))
    make_story(in_scope, "Of another", journey=other)
    make_story(in_scope, "Of nobody")

    shown = [stories(make_wall(in_scope, chosen)) for chosen in ((), (journey,), (other,))]
    with as_on(make_wall(in_scope)):
        week = [story.what_happened for story in stories_of_week(in_scope)]

    assert shown == [["Of nobody", "Of another"], ["Of nobody"], ["Of nobody", "Of another"]]
    assert week == shown[0]


def test_week_without_a_new_story_shows_the_featured_and_the_newest_once_more(in_scope):
    now, last_week = timezone.now(), monday_of(timezone.localdate()) - timedelta(weeks=1)
    journey = make_journey(in_scope)
    told = [
        make_story(in_scope, "Featured", journey=journey, published_at=now - timedelta(days=90), featured_at=now),
        make_story(in_scope, "Older", published_at=now - timedelta(days=40)),
        make_story(in_scope, "Newest"),
    ]
    for position, story in enumerate(told):
        StoryPick.objects.create(organisation=in_scope, week=last_week, position=position, story=story)

    assert stories(make_wall(in_scope)) == ["Featured", "Newest"]


def test_name_is_shown_until_it_is_taken_back(in_scope):
    story = make_story(in_scope, who="Ana Ruiz", team="Gate team")
    display = make_wall(in_scope)
    screen, address = screen_of(display), reverse("wall_page", args=[display.pk])
    before = screen.get(address).content.decode()

    withdraw_name(story, drops_photo=False)

    assert says(display, "stories")["who"] == "Gate team"
    assert ("Ana Ruiz" in before, "Ana Ruiz" in screen.get(address).content.decode()) == (True, False)


def test_long_story_is_cut_between_two_words(in_scope):
    make_story(in_scope, "word " * 1_000)

    text = says(make_wall(in_scope), "stories")["text"]

    assert len(text) <= 420
    assert text.endswith("word…")


def test_text_without_a_space_and_with_markup_is_cut_and_escaped(in_scope):
    make_story(in_scope, "<b>" + "w" * 5_000)

    page = screen_of(make_wall(in_scope)).get(reverse("wall_page", args=[Display.objects.get().pk])).content.decode()

    assert "&lt;b&gt;" + "w" * 417 + "…" in page


def test_actions_are_those_done_in_90_days_in_even_parts(in_scope):
    journey, today = make_journey(in_scope), timezone.localdate()
    make_action(journey, "Old", done_on=today - timedelta(days=91))
    make_action(journey, "Doing", state=ActionState.DOING, done_on=None)
    for number in range(5):
        make_action(journey, f"Done {number}", done_on=today - timedelta(days=90 - number))

    parts = [[it["what"] for it in said["actions"]] for kind, said in slides(make_wall(in_scope)) if kind == "actions"]

    assert parts == [["Done 4", "Done 3", "Done 2"], ["Done 1", "Done 0"]]


def test_action_says_what_was_said_where_somebody_chose_to_tell_it(in_scope):
    journey = make_journey(in_scope)
    make_action(journey, "New screens", said="Nobody tells us why we wait.", did="Screens say why", is_told=True)
    make_action(journey, "Quiet one", said="Not told", did="Not told")

    shown = says(make_wall(in_scope), "actions")["actions"]

    assert [(it["said"], it["what"]) for it in shown] == [
        ("", "Quiet one"),
        ("Nobody tells us why we wait.", "Screens say why"),
    ]


def test_code_is_that_of_who_passes_by_and_of_their_team(in_scope):
    round_ = make_open_round(in_scope, ["Gate team", "Crew"], audience="both")
    renew_link(OpenLink.objects.get(round=round_, view="staff", group__name="Crew"))

    shown = [
        [code["team"] for code in says(make_wall(in_scope, **fields), "ask")["codes"]]
        for fields in ({}, {"team": " gate TEAM"}, {"team": "Nobody's"})
    ]
    asked = [says(make_wall(in_scope, asks=view), "ask")["question"] for view in ("staff", "customers")]

    assert shown == [["Gate team", "Crew"], ["Gate team"], ["Gate team", "Crew"]]
    assert asked == ["How do our customers find it?", "How was it for you?"]


@pytest.mark.parametrize("change", [{"cap": 0}, {"revoked_at": timezone.now()}])
def test_link_that_takes_no_answer_is_not_shown(in_scope, change):
    OpenLink.objects.filter(round=make_open_round(in_scope)).update(**change)

    assert "ask" not in kinds(make_wall(in_scope))


def test_wall_without_anything_says_what_will_come(in_scope):
    page = screen_of(make_wall(in_scope)).get(reverse("wall_page", args=[Display.objects.get().pk])).content.decode()

    assert "Soon to be seen here" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_wall_speaks_its_own_language(in_scope, language):
    make_told_round(in_scope, make_journey(in_scope), judged())
    display = make_wall(in_scope, language=language)

    response = screen_of(display).get(reverse("wall_page", args=[display.pk]))

    page = response.content.decode()
    assert response["Content-Language"] == language
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert ("Our weakest moment" in page) is (language == "en")
    assert "Waits at the gate" in page


def test_unchanged_slides_answer_304_until_something_is_new(in_scope):
    journey = make_journey(in_scope)
    display = make_wall(in_scope)
    screen, address = screen_of(display), reverse("wall_content", args=[display.pk])

    first = screen.get(address)
    same = screen.get(address, headers={"If-None-Match": first["ETag"]})
    make_action(journey)
    new = screen.get(address, headers={"If-None-Match": first["ETag"]})

    assert [answer.status_code for answer in (first, same, new)] == [200, 304, 200]
    assert first["Wall-Version"] == same["Wall-Version"] == new["Wall-Version"]
    assert same.content == b""
    assert "Speak every 15 minutes" in new.content.decode()


def test_screen_whose_frame_has_changed_is_told_to_load_anew(in_scope):
    display = make_wall(in_scope)
    screen, address = screen_of(display), reverse("wall_content", args=[display.pk])
    first = screen.get(address)["Wall-Version"]

    Display.objects.update(seconds=30)
    slower = screen.get(address)["Wall-Version"]
    Display.objects.update(language="ar")
    arabic = screen.get(address)["Wall-Version"]

    assert len({first, slower, arabic}) == 3


def test_page_knows_its_slides_so_that_the_first_question_is_answered_304(in_scope):
    make_journey(in_scope)
    display = make_wall(in_scope)
    screen = screen_of(display)

    page = screen.get(reverse("wall_page", args=[display.pk])).content.decode().replace("&quot;", '"')
    slides_ = screen.get(reverse("wall_content", args=[display.pk]))

    assert f'data-etag="{slides_["ETag"]}"' in page
    assert f'data-version="{slides_["Wall-Version"]}"' in page


def test_wall_works_without_a_script(in_scope):
    make_told_round(in_scope, make_journey(in_scope), judged())
    display = make_wall(in_scope)

    page = screen_of(display).get(reverse("wall_page", args=[display.pk])).content.decode()

    assert '<noscript><meta http-equiv="refresh" content="300"></noscript>' in page
    assert page.count('<section class="slide') == 4
    assert 'class="wall-controls" hidden' in page


def test_slides_take_the_same_queries_for_1_journey_and_8(in_scope):
    def fill(count: int) -> None:
        for _ in range(count):
            journey = make_journey(in_scope)
            make_told_round(in_scope, journey, judged())
            make_open_round(in_scope, ["A", "B"], journey=journey)
            make_action(journey)
            make_story(in_scope, journey=journey)

    fill(1)
    make_story(in_scope)  # two are picked for the week, which happens once
    display = make_wall(in_scope)
    screen, address = screen_of(display), reverse("wall_content", args=[display.pk])
    screen.get(address)
    counts = []
    for more in (0, 7):
        fill(more)
        with CaptureQueriesContext(connection) as asked:
            screen.get(address)
        counts.append(len(asked))

    assert counts[0] == counts[1]
