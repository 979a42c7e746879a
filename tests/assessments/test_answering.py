"""The pages of who answers, without a script: every step, every field, every language."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from assessments.choices import Audience, Source, View
from assessments.links import find_by_pass
from assessments.models import Draft, Idea, MomentTranslation, Rating, Recipient, Response, Round, RoundMoment
from assessments.rounds import close_round
from assessments.tokens import hmac_of, token_of
from journeys.models import LevelWording, Moment
from tests.assessments.answering import opened
from tests.assessments.rounds import link_for, make_journey, make_open_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(in_scope) -> Round:
    return make_open_round(in_scope, groups=["Gate team"])


@pytest.fixture
def staff(round_) -> tuple[Client, str]:
    return opened(link_for(round_, "Gate team"))


@pytest.fixture
def customer(in_scope) -> tuple[Client, str]:
    round_ = make_open_round(in_scope, audience=Audience.CUSTOMERS)
    RoundMoment.objects.filter(position=1).update(is_for_customers=False)
    return opened(link_for(round_, view=View.CUSTOMERS))


def text_of(response) -> str:
    """What can be read, with single spaces."""
    page = re.sub(r"(?s)<(script|template|style).*?</\1>|<[^>]+>", " ", response.content.decode())
    return " ".join(page.split())


def fields_of(response) -> set[str]:
    return set(re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', response.content.decode()))


def checked(response) -> list[str]:
    return re.findall(r'name="level" value="(\d)" checked', response.content.decode())


def test_start_page_says_who_asks_what_and_what_becomes_of_it(staff):
    device, base = staff

    page = text_of(device.get(base))

    for words in ("Northern Air · Gate team", "A trip with us", "3 moments", "about 1 minute", "Begin"):
        assert words in page
    assert "no name, account, address or time is kept" in page
    assert "only from 5 people on" in page
    assert "Deutsch" not in page


def test_confidential_round_promises_no_more_than_it_keeps(in_scope):
    device, base = opened(link_for(make_open_round(in_scope, privacy="confidential", minimum_group=8)))

    page = text_of(device.get(base))

    assert "Nobody is shown whose answers they are" in page
    assert "only from 8 people on" in page
    assert "Anonymous" not in page + text_of(device.get(f"{base}1/"))


def test_whole_answer_without_a_script(staff):
    device, base = staff
    device.post(f"{base}1/", {"level": "5", "times": "40", "seconds": "1:30", "decision": "keep", "idea": " More "})
    skipped = device.post(f"{base}2/", {})
    last = device.post(f"{base}3/", {"level": "0"})

    check = text_of(device.get(last.url))
    done = device.post(f"{base}check/")

    assert [response.url for response in (skipped, last, done)] == [f"{base}3/", f"{base}check/", f"{base}done/"]
    assert "Moments with a level: 2 of 3 ." in check
    assert "Searches a fare 5 Surprising Books empty Waits at the gate I do not see this moment" in check
    assert "Thank you" in text_of(device.get(done.url))
    said = Rating.objects.order_by("moment__position").values_list("level", "times_per_week", "seconds", "decision")
    assert list(said) == [(5, 40.0, 90.0, "keep"), (None, None, None, "")]
    assert Idea.objects.get().text == "More"
    (response,) = Response.objects.select_related("group")
    assert (response.group.name, response.source, response.language) == ("Gate team", Source.LINK, "en")


def test_back_keeps_what_was_said_and_goes_one_back(staff):
    device, base = staff

    urls = [device.post(f"{base}{number}/", {"level": "4", "go": "back"}).url for number in (2, 1)]

    assert urls == [f"{base}1/", base]
    assert [checked(device.get(f"{base}{number}/")) for number in (1, 2, 3)] == [["4"], ["4"], []]


def test_reload_goes_on_where_one_stopped(staff):
    device, base = staff
    device.post(f"{base}1/", {"level": "4"})

    page = device.get(base).content.decode()

    assert "Go on where you stopped" in page
    assert f'href="{base}2/"' in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"seconds": "abc"}, "This is no number. Write digits, such as 40, or leave it empty."),
        ({"times": "-3"}, "This is no number. Write digits, such as 40, or leave it empty."),
        ({"times": "nan"}, "This is no number. Write digits, such as 40, or leave it empty."),
        ({"times": "9" * 10_000}, "This is no number. Write digits, such as 40, or leave it empty."),
        ({"times": "20000"}, "This is too much: at most 10,000."),
        ({"seconds": "2 days"}, "This is too much: at most 86,400."),
        ({"idea": "x" * 2001}, "This is too long: 2001 letters, at most 2000 fit. Please shorten it."),
    ],
)
def test_field_that_is_wrong_says_so_and_keeps_what_was_typed(staff, typed, message):
    device, base = staff

    response = device.post(f"{base}1/", {"level": "4", **typed})

    (name, text) = next(iter(typed.items()))
    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="{name}-problem" role="alert">{message}</p>' in page
    assert text in page
    assert Draft.objects.get().answers["0"]["level"] == 4


@pytest.mark.parametrize(
    ("typed", "kept"), [("2,5", 2.5), ("٤٠", 40.0), ("1.250,5", 1250.5), ("12 ", 12.0), ("0", 0.0)]
)
def test_numbers_are_read_in_every_usual_way_of_writing(staff, typed, kept):
    device, base = staff

    response = device.post(f"{base}1/", {"times": typed})

    assert response.status_code == 302
    assert Draft.objects.get().answers["0"]["times_per_week"] == kept


def test_hostile_texts_are_kept_without_what_no_database_keeps(staff):
    device, base = staff
    body = "level=9&decision=shout&idea=%00ink%ED%A0%80%3Cscript%3E"

    response = device.post(f"{base}1/", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 422
    assert Draft.objects.get().answers["0"]["idea"].startswith("ink")
    assert (
        "<script>" not in device.get(f"{base}1/").content.decode().partition("answer-form")[2].partition("</form>")[0]
    )


def test_only_the_questions_of_the_round_are_asked(in_scope):
    no = dict.fromkeys(("asks_times", "asks_seconds", "asks_decision", "asks_idea"), False)
    bare, base = opened(link_for(make_open_round(in_scope, **no)))
    full, full_base = opened(link_for(make_open_round(in_scope)))

    assert fields_of(bare.get(f"{base}1/")) == {"level"}
    assert fields_of(full.get(f"{full_base}1/")) == {"level", "times", "seconds", "decision", "idea"}


def test_answers_to_questions_that_are_not_asked_are_not_kept(in_scope):
    device, base = opened(link_for(make_open_round(in_scope, asks_times=False, asks_idea=False)))

    device.post(f"{base}1/", {"level": "4", "times": "40", "idea": "More", "seconds": "15"})

    assert Draft.objects.get().answers["0"] == {"level": 4, "seconds": 15.0, "turn": 1, "is_asked": True}


def test_customers_are_asked_only_what_they_were_part_of(customer):
    device, base = customer

    ticked = device.post(f"{base}moments/", {"moment": ["2"]})
    page = device.get(ticked.url)
    device.post(ticked.url, {"level": "6", "times": "40", "decision": "keep", "idea": "Nice"})
    done = device.post(f"{base}check/")

    assert (ticked.url, done.url) == (f"{base}2/", f"{base}done/")
    assert fields_of(page) == {"level", "idea"}
    for words in ("How was it for you?", "I was not part of this", "1 of 1", "Waits at the gate"):
        assert words in text_of(page)
    said = Rating.objects.order_by("moment__position").values_list("moment__position", "level", "times_per_week")
    assert list(said) == [(0, None, None), (2, 6, None)]


def test_customers_are_never_offered_what_is_not_for_them(customer):
    device, base = customer

    page = text_of(device.get(f"{base}moments/"))
    device.post(f"{base}moments/", {"moment": ["1", "2"]})

    assert "Books" not in page
    assert set(Draft.objects.get().answers) == {"0", "2"}


def test_customer_who_ticks_nothing_is_told_so(customer):
    device, base = customer

    response = device.post(f"{base}moments/", {"moment": ["99", "x"]})

    assert response.status_code == 422
    assert "Tick one moment at least." in text_of(response)


def test_unticked_moment_keeps_its_words_until_it_is_ticked_again(customer):
    device, base = customer
    device.post(f"{base}moments/", {"moment": ["0", "2"]})
    device.post(f"{base}1/", {"level": "2", "idea": "ink"})

    device.post(f"{base}moments/", {"moment": ["2"]})
    without = text_of(device.get(f"{base}check/"))
    device.post(f"{base}moments/", {"moment": ["0", "2"]})

    assert "Moments with a level: 0 of 1 ." in without
    assert Draft.objects.get().answers["0"] == {"level": 2, "idea": "ink", "turn": 4, "is_asked": True}


def test_staff_have_no_page_to_tick(staff):
    device, base = staff

    assert device.get(f"{base}moments/").url == base


def test_nothing_answered_is_not_handed_in(staff):
    device, base = staff

    response = device.post(f"{base}check/")

    assert response.status_code == 422
    assert "Nothing is answered yet." in text_of(response)
    assert Response.objects.count() == 0


def test_device_that_has_answered_says_so_and_lets_somebody_else_answer_on_purpose(staff):
    device, base = staff
    device.post(f"{base}1/", {"level": "4", "idea": "ink"})
    device.post(f"{base}check/")

    already = text_of(device.get(base))
    pages = [device.get(base + page).url for page in ("1/", "check/")]
    again = device.post(f"{base}again/")
    fresh = device.get(f"{base}1/")

    assert "This device has answered already" in already
    assert pages == [f"{base}done/"] * 2
    assert again.url == base
    assert checked(fresh) == []
    device.post(f"{base}1/", {"level": "2"})
    device.post(f"{base}check/")
    assert sorted(Response.objects.values_list("ratings__level", flat=True)) == [2, 4]


def test_somebody_else_can_not_be_asked_for_before_handing_in(staff):
    device, base = staff
    device.post(f"{base}1/", {"level": "4"})

    device.post(f"{base}again/")

    assert checked(device.get(f"{base}1/")) == ["4"]


def test_posts_after_handing_in_change_nothing(staff):
    device, base = staff
    device.post(f"{base}1/", {"level": "4"})
    device.post(f"{base}check/")

    late = [device.post(base + page, {"level": "1", "moment": "0"}).url for page in ("1/", "check/")]

    assert late == [f"{base}done/"] * 2
    assert list(Rating.objects.values_list("level", flat=True)) == [4]


def test_round_closed_meanwhile_keeps_the_draft_and_says_why(staff, round_):
    device, base = staff
    device.post(f"{base}1/", {"level": "4"})
    close_round(round_)

    response = device.post(f"{base}check/")

    assert response.status_code == 410
    assert "This round has closed" in text_of(response)
    assert Draft.objects.get().answers["0"]["level"] == 4


def test_link_filled_meanwhile_says_so(staff, round_):
    device, base = staff
    device.post(f"{base}1/", {"level": "4"})
    link = link_for(round_, "Gate team")
    link.cap, link.response_count = 1, 1
    link.save()

    assert "This link is full" in text_of(device.post(f"{base}check/"))


def test_confidential_personal_link_goes_on_on_another_device(in_scope):
    round_ = make_open_round(in_scope, privacy="confidential", languages=["en", "de"])
    recipient = Recipient(round=round_, view="staff", email="a@example.org", language="de")
    recipient.token_hmac = hmac_of(token_of(recipient.nonce))
    recipient.save()
    phone, base = opened(recipient)
    phone.post(f"{base}1/", {"level": "4"})

    laptop, _ = opened(recipient)
    page = laptop.get(f"{base}1/")
    laptop.post(f"{base}check/")

    assert (checked(page), page["Content-Language"]) == (["4"], "de")
    assert Response.objects.get().recipient == recipient
    assert "Answer for somebody else" not in text_of(phone.get(base))


@pytest.mark.parametrize(
    ("accepted", "language", "direction"),
    [
        ("", "en", "ltr"),
        ("de-AT,de;q=0.9", "de", "ltr"),
        ("fr-CA", "fr", "ltr"),
        ("es", "es", "ltr"),
        ("sv,en;q=0.1", "sv", "ltr"),
        ("ar-EG", "ar", "rtl"),
        ("ja,xx", "en", "ltr"),
        ("x" * 5000, "en", "ltr"),
    ],
)
def test_language_is_guessed_from_the_browser_and_said_on_the_page(in_scope, accepted, language, direction):
    round_ = make_open_round(in_scope, languages=["en", "de", "fr", "es", "sv", "ar"])
    device, base = opened(link_for(round_), accept_language=accepted)

    page = device.get(f"{base}1/")

    assert f'<html lang="{language}" dir="{direction}">' in page.content.decode()
    assert page["Content-Language"] == language


def test_language_that_is_chosen_stays_and_goes_into_the_response(in_scope):
    device, base = opened(link_for(make_open_round(in_scope, languages=["en", "sv"])), accept_language="sv")

    device.post(f"{base}language/", {"language": "en"})
    device.post(f"{base}language/", {"language": "xx"})
    device.post(f"{base}1/", {"level": "4"})
    page = device.get(f"{base}1/")
    device.post(f"{base}check/")

    assert page["Content-Language"] == "en"
    assert Response.objects.get().language == "en"


def test_language_of_the_browser_goes_into_the_response(in_scope):
    device, base = opened(link_for(make_open_round(in_scope, languages=["en", "sv"])), accept_language="sv")

    device.post(f"{base}1/", {"level": "4", "idea": "Mer"})
    device.post(f"{base}check/")

    assert (Response.objects.get().language, Idea.objects.get().language) == ("sv", "sv")


def test_moments_speak_the_language_chosen_and_say_where_they_do_not(in_scope):
    journey = make_journey(in_scope)
    first = Moment.objects.filter(stage__journey=journey).order_by("position").first()
    MomentTranslation.objects.create(moment=first, language="de", title="Sucht einen Flug", experience="Viele Preise")
    round_ = make_open_round(in_scope, journey=journey, languages=["en", "de"])
    device, base = opened(link_for(round_), accept_language="de")

    pages = [device.get(f"{base}{number}/").content.decode() for number in (1, 2)]

    assert 'lang="de" dir="auto">Sucht einen Flug</span>' in pages[0]
    assert "Viele Preise" in pages[0]
    assert 'lang="en" dir="auto">Books</span>' in pages[1]


def test_levels_have_the_organisations_own_names(in_scope):
    LevelWording.objects.create(organisation=in_scope, language="en", level=6, name="Wow", meaning="They tell it on")
    device, base = opened(link_for(make_open_round(in_scope)))

    page = text_of(device.get(f"{base}1/"))

    assert "6 Wow They tell it on" in page
    assert "Unbelievable" not in page


def test_pages_take_as_many_queries_for_200_moments_as_for_three(in_scope, django_assert_num_queries):
    journey = make_journey(in_scope, titles=[f"Moment {number}" for number in range(200)])
    device, base = opened(link_for(make_open_round(in_scope, journey=journey)))
    device.post(f"{base}1/", {"level": "4"})

    with django_assert_num_queries(3):
        device.get(base)
    with django_assert_num_queries(4):
        device.get(f"{base}150/")
    with django_assert_num_queries(4):
        device.get(f"{base}check/")
    with django_assert_num_queries(8):
        device.post(f"{base}2/", {"level": "5"})


@pytest.mark.parametrize("number", [4, 10**15])
def test_moment_that_there_is_not_leads_to_the_check(staff, number):
    device, base = staff

    assert device.get(f"{base}{number}/").url == f"{base}check/"


def test_kiosk_begins_anew_for_the_next_person(round_):
    tablet, base = opened(link_for(round_, "Gate team"), kiosk=True)
    tablet.post(f"{base}1/", {"level": "4", "idea": "ink-idea"})
    tablet.post(f"{base}check/")

    thanks = tablet.get(f"{base}done/")
    start = tablet.get(f"{base}anew/")

    assert thanks["Refresh"] == f"8;url={base}anew/"
    assert f'href="{base}anew/"' in thanks.content.decode()
    assert start.url == base
    assert checked(tablet.get(f"{base}1/")) == []
    assert Response.objects.get().source == Source.KIOSK
    pages = [tablet.get(base + page) for page in ("", "1/", "check/")]
    assert [page for page in pages if "ink-idea" in page.content.decode()] == []
    assert {page["Cache-Control"] for page in pages} == {"no-store, private"}


def test_kiosk_throws_away_what_somebody_left_half_done(round_):
    tablet, base = opened(link_for(round_, "Gate team"), kiosk=True)
    before = find_by_pass(tablet.cookies["answer"].value)
    tablet.post(f"{base}1/", {"level": "4"})

    tablet.get(f"{base}anew/")

    after = find_by_pass(tablet.cookies["answer"].value)
    assert Draft.objects.count() == 0
    assert before is not None
    assert after is not None
    assert after.device != before.device


def test_kiosk_that_was_reloaded_after_thanks_begins_anew(round_):
    tablet, base = opened(link_for(round_, "Gate team"), kiosk=True)
    tablet.post(f"{base}1/", {"level": "4"})
    tablet.post(f"{base}check/")

    response = tablet.get(base, follow=True)

    assert [url for url, _ in response.redirect_chain] == [f"{base}anew/", base]
    assert "Begin" in text_of(response)


def test_phone_does_not_begin_anew_by_the_kiosks_address(staff):
    device, base = staff
    device.post(f"{base}1/", {"level": "4"})

    device.get(f"{base}anew/")

    assert checked(device.get(f"{base}1/")) == ["4"]
