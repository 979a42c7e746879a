"""The first page of each role: what waits, what was found, what one can answer, tell and read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.access import Role
from assessments.addresses import answer_address
from assessments.models import OpenLink, Recipient, Response, Round, RoundGroup
from improvements.choices import ActionState, StoryState
from improvements.models import Display
from improvements.stories.naming import withdraw_name
from jobs.models import State
from journeys.models import ContactImport, ContactName, Journey, NameRule
from reports.models import Poster, Report
from tests.assessments.rounds import answer_by, make_journey, make_open_round
from tests.assessments.sheets import figure, figures, judged, whole
from tests.improvements.tales import make_story
from tests.improvements.walls import make_action, make_told_round, make_wall

HOME = "/northern-air/"
ADMINISTERS = [Role.OWNER, Role.MANAGER]


@pytest.fixture
def client_with(client_of, make_member, organisation):
    """client_with(role) gives a browser of a new member."""
    return lambda role, email="": client_of(make_member(organisation, role, email))


def needs(client) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(need.kind, need.what, need.names) for need in client.get(HOME).context["needs"]]


def heads(page: str) -> list[str]:
    titles = ("What needs you", "Results", "Reports and posters", "Answer", "Two stories for this week")
    return sorted((title for title in titles if f'">{title}</h2>' in page), key=page.index)


@pytest.mark.parametrize(
    ("role", "blocks"),
    [
        (Role.OWNER, ["What needs you", "Results", "Two stories for this week", "Reports and posters"]),
        (Role.MANAGER, ["What needs you", "Results", "Two stories for this week", "Reports and posters"]),
        (Role.LEADER, ["Results", "Reports and posters", "Two stories for this week"]),
        (Role.STAFF, ["Answer", "Two stories for this week"]),
    ],
)
def test_each_role_begins_with_what_is_theirs(client_with, in_scope, role, blocks):
    response = client_with(role).get(HOME)

    page = response.content.decode()
    assert heads(page) == blocks
    assert f'<a href="{HOME}" aria-current="page">Home</a>' in page
    assert response["Cache-Control"] == "no-store, private"


def test_signing_in_leads_home_and_deep_links_stay(client, make_member, in_scope):
    make_member(in_scope, Role.MANAGER, "m@example.org")
    said = {"login": "m@example.org", "password": "correct horse"}

    first = client.post(reverse("account_login"), said, follow=True)
    client.logout()
    deep = client.post(f"{reverse('account_login')}?next=/northern-air/rounds/", said)

    assert first.redirect_chain[-1][0] == HOME
    assert deep.url == "/northern-air/rounds/"


def test_newcomer_is_led_to_the_first_map(client_with, in_scope):
    page = client_with(Role.MANAGER).get(HOME).content.decode()

    assert reverse("journey_create", args=["northern-air"]) in page
    assert "No round has shown results yet." in page


def test_manager_without_anything_to_do_is_told_the_next_step(client_with, in_scope):
    make_journey(in_scope)

    page = client_with(Role.MANAGER).get(HOME).content.decode()

    assert "Next: ask staff and customers how they find each moment." in page


def test_stories_that_wait_are_counted(client_with, in_scope):
    for _ in range(2):
        make_story(in_scope, "Secret", state=StoryState.WAITING)

    client = client_with(Role.MANAGER)

    assert needs(client) == [("stories", "2 stories wait for review", ())]
    page = client.get(HOME).content.decode()
    assert f'<a href="{reverse("story_review", args=["northern-air"])}">2 stories wait for review</a>' in page
    assert "Secret" not in page


def test_actions_that_are_late_or_nobody_has_are_named(client_with, manager, in_scope):
    journey, today = make_journey(in_scope), timezone.localdate()
    make_action(journey, "Late", state=ActionState.DOING, due_on=today - timedelta(days=1), owner=manager)
    make_action(journey, "Today", state=ActionState.PLANNED, due_on=today, owner=manager)
    stuck = make_action(journey, "Stuck", state=ActionState.DOING, due_on=None, owner=manager, help_asked_on=today)
    make_action(journey, "Only proposed", state=ActionState.PROPOSED, due_on=today - timedelta(days=9))
    make_action(journey, "Done", due_on=today - timedelta(days=9))
    for number in range(5):
        make_action(journey, f"Unowned {number}", state=ActionState.PLANNED, due_on=None)

    client = client_with(Role.OWNER)

    assert needs(client) == [
        ("overdue", "1 action is overdue", ("Late",)),
        ("help", "Help is needed with 1 action", ("Stuck",)),
        ("unowned", "5 actions have no owner", ("Unowned 0", "Unowned 1", "Unowned 2")),
    ]
    page = client.get(HOME).content.decode()
    assert "and 2 more" in page
    assert '<a href="/northern-air/actions/?overdue=yes">1 action is overdue</a>' in page
    assert f'<a href="/northern-air/actions/{stuck.pk}/">Help is needed with 1 action</a>' in page


def test_round_that_closes_soon_or_is_hardly_answered_is_named(client_with, in_scope):
    now = timezone.now()

    def asked(title: str, people: int | None, answers: int, closes_in: int | None, opened: int = 5) -> None:
        round_ = make_open_round(in_scope, ["Gate team"], title=title)
        RoundGroup.objects.filter(round=round_).update(people=people)
        for _ in range(answers):
            answer_by(round_, [3, 3, 3], "Gate team")
        closes_at = now + timedelta(days=closes_in) if closes_in else None
        Round.objects.filter(pk=round_.pk).update(closes_at=closes_at, opened_at=now - timedelta(days=opened))

    asked("Unknown crowd", None, 6, 2)
    asked("Nearly nobody", 10, 2, 2)
    asked("Few of many", 40, 6, 2)
    asked("Few so far", 40, 6, 20)
    asked("Only begun", 40, 0, 20, opened=1)
    asked("Going well", 10, 8, 20)

    found = [(names[0], what.replace("\xa0", " ")) for _, what, names in needs(client_with(Role.MANAGER))]

    day = found[0][1].removeprefix("A round closes on ")
    assert found == [
        ("Unknown crowd", f"A round closes on {day}"),
        ("Nearly nobody", f"A round closes on {day}, and too few have answered to show anything"),
        ("Few of many", f"A round closes on {day}: 6 of 40 have answered"),
        ("Few so far", "Few answer a round: 6 of 40 so far"),
    ]


def test_map_that_nobody_looked_at_for_90_days_is_named(client_with, in_scope):
    journey, archived, _fresh = make_journey(in_scope), make_journey(in_scope), make_journey(in_scope)
    Journey.objects.filter(pk=journey.pk).update(changed_at=timezone.now() - timedelta(days=91))
    Journey.objects.filter(pk=archived.pk).update(
        changed_at=timezone.now() - timedelta(days=99), archived_at=timezone.now()
    )

    assert needs(client_with(Role.MANAGER)) == [
        ("maps", "1 map has not been looked at for 90 days", ("A trip with us",))
    ]


def test_reviews_that_are_late_or_near_are_named_and_lead_to_their_agenda(client_with, in_scope):
    today = timezone.localdate()
    late, near, far, archived = (make_journey(in_scope) for _ in range(4))
    planned = ((late, -1), (near, 7), (far, 8), (archived, 0))
    for journey, days in planned:
        Journey.objects.filter(pk=journey.pk).update(title=f"In {days}", review_on=today + timedelta(days=days))
    Journey.objects.filter(pk=archived.pk).update(archived_at=timezone.now())

    found = client_with(Role.MANAGER).get(HOME).context["needs"]

    day = date_format(today + timedelta(days=7), "DATE_FORMAT")
    assert [(need.kind, need.what, need.names, need.address) for need in found] == [
        ("reviews", "1 review is overdue", ("In -1",), f"{HOME}journeys/{late.pk}/review/"),
        ("reviews", f"A review is on {day}", ("In 7",), f"{HOME}journeys/{near.pk}/review/"),
    ]


def test_reviews_of_one_day_are_one_line_and_lead_to_the_list(client_with, in_scope):
    for _number in range(2):
        make_journey(in_scope)
    Journey.objects.update(review_on=timezone.localdate())

    (found,) = client_with(Role.MANAGER).get(HOME).context["needs"]

    day = date_format(timezone.localdate(), "DATE_FORMAT")
    assert (found.what, found.address) == (f"2 reviews are on {day}", f"{HOME}reviews/")


def test_names_in_contact_logs_without_a_moment_are_counted(client_with, in_scope):
    journey = make_journey(in_scope)
    counted = ContactImport.objects.create(
        organisation=in_scope, journey=journey, file_name="log.csv", size_bytes=1, content_hash="x", shape="x",
        inputs={}, inputs_hash="x", state=State.READY, artifact_name="x",
    )  # fmt: skip
    for name in ("desk", "ad", "phone"):
        ContactName.objects.create(contact_import=counted, name=name, hours=[], first="", last="", row=1)
    NameRule.objects.create(journey=journey, name="ad")

    client = client_with(Role.MANAGER)

    assert needs(client) == [("names", "2 names in contact logs stand for no moment yet", ("desk", "phone"))]
    assert reverse("contact_log_names", args=["northern-air", journey.pk]) in client.get(HOME).content.decode()


def test_files_that_failed_lately_and_silent_screens_are_named(client_with, in_scope):
    journey = make_journey(in_scope)
    for days, title in ((1, "New"), (20, "Old")):
        Poster.objects.create(
            organisation=in_scope, journey=journey, title=title, journey_version=1, inputs={}, inputs_hash=title,
            state=State.FAILED, finished_at=timezone.now() - timedelta(days=days),
        )  # fmt: skip
    Display.objects.filter(pk=make_wall(in_scope).pk).update(seen_at=timezone.now() - timedelta(hours=3))

    found = needs(client_with(Role.MANAGER))

    assert [(kind, names) for kind, _, names in found] == [("screens", ("Canteen",)), ("files", ("New",))]


def test_newest_results_are_said_in_three_sentences_with_their_trend(client_with, in_scope):
    journey = make_journey(in_scope)
    lower = judged(whole={"staff": whole(), "customers": whole(loyalty_balance=figure(-8.0))})
    spring = make_told_round(in_scope, journey, lower, title="Spring")
    Round.objects.filter(pk=spring.pk).update(opened_at=timezone.now() - timedelta(days=200))
    autumn = make_told_round(in_scope, journey, judged())

    response = client_with(Role.LEADER).get(HOME)

    newest = response.context["newest"]
    assert (newest.told.round_id, len(newest.sentences)) == (autumn.pk, 3)
    assert [(dot.point.title, dot.point.said, dot.point.around) for dot in newest.trend.dots] == [
        ("Spring", "−8", "−10 to −6"),
        ("Autumn", "+12", "+10 to +14"),
    ]
    assert newest.trend.dots[0].y > newest.trend.zero > newest.trend.dots[1].y
    page = response.content.decode()
    assert "The sequence is weakest at" in page
    assert reverse("round_results", args=["northern-air", autumn.pk]) in page


def test_first_round_has_no_trend_and_hidden_figures_make_no_point(client_with, in_scope):
    journey = make_journey(in_scope)
    hidden = figures(whole={"staff": None, "customers": None})
    spring = make_told_round(in_scope, journey, hidden, title="Spring")
    Round.objects.filter(pk=spring.pk).update(opened_at=timezone.now() - timedelta(days=200))
    make_told_round(in_scope, journey, judged())

    assert client_with(Role.LEADER).get(HOME).context["newest"].trend is None


def test_staff_see_neither_results_nor_needs(client_with, in_scope):
    make_told_round(in_scope, make_journey(in_scope), judged())
    make_action(make_journey(in_scope), "Not theirs", state=ActionState.DOING, due_on=timezone.localdate())

    response = client_with(Role.STAFF).get(HOME)

    assert [name for name in ("needs", "newest", "reports") if name in response.context] == []
    assert "The sequence is weakest" not in response.content.decode()
    assert "Not theirs" not in response.content.decode()


def test_newest_reports_that_can_be_read_are_listed(client_with, in_scope):
    for number, state in enumerate((State.READY, State.FAILED, State.READY)):
        Report.objects.create(
            organisation=in_scope, title=f"Report {number}", kind="portfolio", language="en", inputs={},
            inputs_hash=f"{number}", state=state, artifact_name="x",
        )  # fmt: skip

    reports = client_with(Role.LEADER).get(HOME).context["reports"]

    assert [report.title for report in reports] == ["Report 2", "Report 0"]


def test_staff_answer_by_the_link_of_their_team(client_with, in_scope):
    round_ = make_open_round(in_scope, ["Gate team", "Crew"], audience="both")
    make_open_round(in_scope, title="Of customers", audience="customers")
    OpenLink.objects.filter(round=round_, view="staff", group__name="Crew").update(cap=0)

    page = client_with(Role.STAFF).get(HOME)

    (asked,) = page.context["to_answer"]
    link = OpenLink.objects.get(round=round_, view="staff", group__name="Gate team")
    assert [(way.name, way.address) for way in asked.ways] == [("Gate team", answer_address(link))]
    assert f'href="{answer_address(link)}" rel="noreferrer"' in page.content.decode()


def invited(round_: Round, email: str) -> Recipient:
    return Recipient.objects.create(round=round_, view="staff", email=email, token_hmac=email)


def test_who_was_asked_by_mail_answers_by_their_own_link(client_with, in_scope):
    round_ = make_open_round(in_scope)
    client = client_with(Role.STAFF, "anna@example.org")
    own = invited(round_, "anna@example.org")
    invited(round_, "ben@example.org")
    before = client.get(HOME).context["to_answer"]
    EmailAddress.objects.create(user_id=client.session["_auth_user_id"], email="anna@example.org", verified=True)

    (asked,) = client.get(HOME).context["to_answer"]
    Recipient.objects.filter(pk=own.pk).update(has_answered=True)
    (answered,) = client.get(HOME).context["to_answer"]

    assert before == []  # an address that nobody has confirmed is nobody's
    assert [way.address for way in asked.ways] == [answer_address(own)]
    assert (answered.ways, answered.is_answered) == ((), True)


def test_round_that_asks_others_by_mail_is_not_offered(client_with, in_scope):
    invited(make_open_round(in_scope), "ben@example.org")

    page = client_with(Role.STAFF).get(HOME)

    assert page.context["to_answer"] == []
    assert "No round is open just now." in page.content.decode()


def test_two_stories_are_shown_with_names_by_consent_alone(client_with, in_scope):
    make_story(in_scope, "One", who="Ana Ruiz")
    withdraw_name(make_story(in_scope, "Two", who="Ben Okoye", team="Crew"), drops_photo=False)
    make_story(in_scope, "Three", published_at=timezone.now() - timedelta(days=3))

    response = client_with(Role.STAFF).get(HOME)

    assert [(story.what_happened, story.doer) for story in response.context["stories"]] == [
        ("Two", "Crew"),
        ("One", "Ana Ruiz"),
    ]
    assert "Ben Okoye" not in response.content.decode()


def test_story_of_the_week_is_thanked_for_and_another_told(client_with, in_scope):
    story = make_story(in_scope)
    client = client_with(Role.STAFF)
    client.post(reverse("story_thank", args=["northern-air", story.pk]), {"thanks": "yes", "from": HOME})

    response = client.get(HOME)

    (shown,) = response.context["stories"]
    page = response.content.decode()
    assert (shown.thanks_count, shown.is_thanked) == (1, True)
    assert f'<input type="hidden" name="from" value="{HOME}">' in page
    assert f'href="{reverse("story_tell", args=["northern-air"])}"' in page


@pytest.mark.parametrize("role", list(Role))
def test_first_page_takes_the_same_queries_for_1_of_everything_and_9(client_with, in_scope, role):
    def fill(count: int) -> None:
        for _ in range(count):
            journey = make_journey(in_scope)
            make_told_round(in_scope, journey, judged())
            make_open_round(in_scope, ["A"], journey=journey)
            make_action(journey, state=ActionState.DOING, due_on=timezone.localdate() - timedelta(days=1))
            make_story(in_scope, journey=journey, state=StoryState.WAITING)
            make_story(in_scope, journey=journey)
            make_wall(in_scope)
        Display.objects.update(seen_at=timezone.now() - timedelta(hours=2))
        Journey.objects.update(changed_at=timezone.now() - timedelta(days=99), review_on=timezone.localdate())
        Response.objects.all().delete()

    client, counts = client_with(role), []
    fill(1)
    make_story(in_scope)  # two are picked for the week, which happens once
    make_told_round(in_scope, Journey.objects.latest("pk"), judged(), title="Winter")
    client.get(HOME)
    for more in (0, 8):
        fill(more)
        with CaptureQueriesContext(connection) as asked:
            client.get(HOME)
        counts.append(len(asked))

    assert counts[0] == counts[1]
