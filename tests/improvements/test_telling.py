"""A story told with an account: what is stored, what is refused, and that nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from improvements.limits import STORY_MAX
from improvements.models import Story, StoryPhoto
from journeys.removals import remove_moment
from tests.improvements.tales import make_moments, make_story, photo_file, tell
from tests.journeys.test_naughty import NAUGHTY_ABSENT, naughty

pytestmark = pytest.mark.django_db
TELL = "/northern-air/stories/tell/"


@pytest.fixture
def staff(make_member, in_scope):
    return make_member(in_scope, Role.STAFF)


@pytest.fixture
def staff_client(client_of, staff):
    return client_of(staff)


def test_story_told_by_staff_is_shown_at_once(in_scope, staff, staff_client):
    desk, _belt = make_moments(in_scope)
    words = {"team": "our gate team", "customer_said": "Never forgotten.", "cost": "20 minutes", "what_changed": "All."}
    place = {"journey": desk.stage.journey_id, "moment": desk.pk, "happened_on": "2026-03-31"}

    response = tell(staff_client, TELL, who="Amal", has_consent="on", **words, **place)

    story = Story.objects.get()
    assert response.url == f"/northern-air/stories/{story.pk}/?told"
    assert (story.state, story.told_by, story.who, story.has_consent) == ("published", staff, "Amal", True)
    assert (story.journey, story.moment, story.moment_title) == (desk.stage.journey, desk, "At the desk")
    assert {name: getattr(story, name) for name in words} == words
    assert str(story.happened_on) == "2026-03-31"
    assert story.published_at is not None


def test_same_form_sent_twice_tells_one_story(in_scope, staff_client):
    answers = [tell(staff_client, TELL, submission="once") for _ in range(2)]

    assert Story.objects.count() == 1
    assert {answer.url for answer in answers} == {f"/northern-air/stories/{Story.objects.get().pk}/?told"}


def test_name_without_consent_is_refused_and_no_word_is_lost(in_scope, staff_client):
    response = tell(staff_client, TELL, who="Amal", team="gate team", customer_said="Oh!")

    form = response.context["form"]
    assert (response.status_code, Story.objects.count()) == (422, 0)
    assert list(form.errors) == ["has_consent"]
    for words in ("She brought the keys.", 'value="Amal"', 'value="gate team"', "Oh!"):
        assert words in response.content.decode()


def test_recovery_asks_no_name_and_keeps_none_that_is_sent(in_scope, staff_client):
    page = staff_client.get(TELL, {"kind": "recovery"}).content.decode()
    tell(staff_client, TELL, kind="recovery", what_we_did="A loan.", stayed="yes", who="Amal", has_consent="on")

    story = Story.objects.get()
    assert 'name="who"' not in page
    assert "a failure has causes, not culprits" in page
    assert (story.kind, story.what_we_did, story.stayed, story.who) == ("recovery", "A loan.", "yes", "")


def test_recovery_without_what_was_done_is_refused(in_scope, staff_client):
    response = tell(staff_client, TELL, kind="recovery")

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["what_we_did"])


def test_ten_thousand_words_come_back_whole_with_a_word_on_it(in_scope, staff_client):
    story = "wonderful " * 10_000

    response = tell(staff_client, TELL, what_happened=story)

    page = response.content.decode()
    assert response.status_code == 422
    assert story.strip() in page
    assert f"At most {STORY_MAX} letters fit, and this has 99999." in page
    assert "maxlength" not in page.split("<form")[1]


def test_new_lines_count_once(in_scope, staff_client):
    tell(staff_client, TELL, what_happened="a\r\n" * (STORY_MAX // 2))

    assert Story.objects.get().what_happened == ("a\n" * (STORY_MAX // 2)).strip()


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "<script>alert(1)</script>", "{{ 7*7 }}", "=1+1", "\u202eback"])
def test_naughty_words_are_told_or_refused_but_break_nothing(text, in_scope, staff_client):
    sent = text.encode("utf-8", "surrogatepass")

    response = staff_client.post(
        TELL, b"kind=impact&what_happened=" + sent, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code in (302, 422)
    assert "<script>alert" not in staff_client.get("/northern-air/stories/").content.decode()


@NAUGHTY_ABSENT
def test_big_list_of_naughty_strings_is_told(in_scope, staff_client):
    answers = {tell(staff_client, TELL, what_happened=line, team=line[:400]).status_code for line in naughty()[::5]}

    assert answers <= {302, 422}
    assert staff_client.get("/northern-air/stories/").status_code == 200


@pytest.mark.parametrize("days", [2, -40_000])
def test_day_ahead_or_long_gone_is_refused(days, in_scope, staff_client):
    day = timezone.localdate() + timedelta(days=days)

    response = tell(staff_client, TELL, happened_on=day.isoformat())

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["happened_on"])


def test_moment_of_another_journey_is_refused(in_scope, staff_client):
    here, there = make_moments(in_scope)[0], make_moments(in_scope, "A call")[0]

    response = tell(staff_client, TELL, journey=here.stage.journey_id, moment=there.pk)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["moment"])


def test_journey_of_another_organisation_is_no_choice(in_scope, other_organisation, staff_client):
    make_moments(in_scope)
    with scope(organisation=other_organisation):
        foreign = make_moments(other_organisation, "A loan")[0]

    response = tell(staff_client, TELL, journey=foreign.stage.journey_id)
    asked = staff_client.get(TELL, {"moment": foreign.pk})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["journey"])
    assert "A loan" not in asked.content.decode()


def test_address_of_a_moment_chooses_it(in_scope, staff_client):
    desk, belt = make_moments(in_scope)

    page = staff_client.get(TELL, {"moment": belt.pk}).content.decode()

    assert f'<option value="{belt.pk}" selected>At the belt</option>' in page
    assert f'<option value="{desk.stage.journey_id}" selected>A trip with us</option>' in page


def test_teams_of_the_maps_are_offered_while_one_types(in_scope, staff_client):
    before = staff_client.get(TELL).content.decode()
    make_moments(in_scope)

    page = staff_client.get(TELL).content.decode()

    assert "team-names" not in before
    assert 'list="team-names"' in page
    assert '<option value="Gate staff"></option><option value="Ground staff"></option>' in page


def test_moments_of_a_journey_come_as_a_field(in_scope, staff_client):
    desk, belt = make_moments(in_scope)

    chosen = staff_client.get(f"{TELL}moments/", {"journey": desk.stage.journey_id}).content.decode()
    none = staff_client.get(f"{TELL}moments/", {"journey": ""}).content.decode()

    assert [title in chosen for title in (desk.title, belt.title, '<optgroup label="At the airport">')] == [True] * 3
    assert "<select" not in none


def test_browser_without_scripts_asks_for_moments_and_keeps_all_words(in_scope, staff_client):
    desk, _belt = make_moments(in_scope)

    response = tell(
        staff_client, TELL, journey=desk.stage.journey_id, show_moments="yes", team="gate", has_consent="on"
    )

    page = response.content.decode()
    assert (response.status_code, Story.objects.count()) == (200, 0)
    assert [words in page for words in ("At the desk", "She brought the keys.", 'value="gate"')] == [True] * 3


def test_photo_is_kept_with_its_story(in_scope, staff_client):
    file = SimpleUploadedFile("keys.jpg", photo_file((3000, 1500)), "image/jpeg")

    tell(staff_client, TELL, photo=file, photo_words="Keys")

    photo = StoryPhoto.objects.get()
    served = staff_client.get(reverse("story_photo", args=["northern-air", photo.story_id]))
    assert (photo.width, photo.height, photo.words) == (1600, 800, "Keys")
    assert (served.headers["Content-Type"], served.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert served.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_photo_that_is_none_is_refused_and_the_words_stay(in_scope, staff_client):
    response = tell(staff_client, TELL, photo=SimpleUploadedFile("keys.jpg", b"<svg/>", "image/jpeg"))

    page = response.content.decode()
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["photo"])
    assert "She brought the keys." in page
    assert '<details class="story-more" open>' in page


def test_photo_beside_another_fault_has_to_be_chosen_again(in_scope, staff_client):
    file = SimpleUploadedFile("keys.jpg", photo_file(), "image/jpeg")

    response = tell(staff_client, TELL, who="Amal", photo=file)

    assert "browsers forget photos" in str(response.context["form"].errors["photo"])


def test_teller_changes_their_story_and_its_photo(in_scope, staff, staff_client):
    story = make_story(in_scope, told_by=staff)
    edit = reverse("story_edit", args=["northern-air", story.pk])
    photo = SimpleUploadedFile("keys.png", photo_file(kind="PNG"), "image/png")
    staff_client.post(edit, {"version": 1, "what_happened": "Better.", "photo": photo, "photo_words": "Keys"})

    response = staff_client.post(edit, {"version": 2, "what_happened": "Best.", "removes_photo": "on"})

    story.refresh_from_db()
    assert response.url == story.get_absolute_url()
    assert (story.what_happened, story.version, StoryPhoto.objects.count()) == ("Best.", 3, 0)


def test_stale_change_gets_both_texts_and_a_second_try_counts(in_scope, manager_client):
    story = make_story(in_scope, "First.")
    edit = reverse("story_edit", args=["northern-air", story.pk])
    manager_client.post(edit, {"version": 1, "what_happened": "Theirs."})

    stale = manager_client.post(edit, {"version": 1, "what_happened": "Mine."})
    page = stale.content.decode()
    manager_client.post(edit, {"version": 2, "what_happened": "Mine."})

    story.refresh_from_db()
    assert stale.status_code == 409
    assert [words in page for words in ("Theirs.", "Mine.", 'name="version" value="2"')] == [True] * 3
    assert (story.what_happened, story.version) == ("Mine.", 3)


def test_moment_that_is_off_the_map_stays_with_its_story(in_scope, manager_client):
    desk, _belt = make_moments(in_scope)
    story, desk_id = make_story(in_scope, moment=desk), desk.pk
    remove_moment(desk)

    manager_client.post(
        reverse("story_edit", args=["northern-air", story.pk]),
        {"version": 1, "what_happened": "Better.", "journey": desk.stage.journey_id},
    )

    story = Story.objects.select_related("moment").get()
    told = (story.what_happened, story.moment_title, story.moment, story.moment_id)
    assert told == ("Better.", "At the desk", None, desk_id)


def test_stranger_to_a_story_may_not_change_it(in_scope, staff_client):
    story = make_story(in_scope)

    response = staff_client.get(reverse("story_edit", args=["northern-air", story.pk]))

    assert response.status_code == 403
