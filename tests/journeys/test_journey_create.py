"""The three ways to begin a journey: by the right people, by the wrong ones, with good and with bad input."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from django_scopes import scope

from accounts.access import Role
from journeys.examples import list_examples, load_example
from journeys.formats import parse_outline, read_text
from journeys.formats.escapes import escape as escape_part
from journeys.limits import OUTLINE_MAX
from journeys.models import Journey
from journeys.plan import JourneyPlan
from journeys.snapshot import plan_of
from tests.conftest import FIXTURES

NAUGHTY = FIXTURES / "naughty-strings" / "blns.json"
HTMX = {"HX-Request": "true"}
WAYS = ("journey_create", "journey_paste", "journey_from_example")
TRIP = """# A trip with us
customers: 10000000
Before
- Searches a fare | web | 1/yr | 15 s | level 3
At the airport
- Waits at the gate | waiting | 4/yr | 15 s | level 2 | enhance | Speak every 15 minutes, even with no news.
"""


def address(name: str, slug: str = "northern-air") -> str:
    return reverse(name, args=[slug])


def plans(organisation) -> list[JourneyPlan]:
    with scope(organisation=organisation):
        return [plan_of(journey) for journey in Journey.objects.all()]


def test_page_offers_all_three_ways(manager_client):
    page = manager_client.get(address("journey_create")).content.decode()

    assert all(f'action="{address(name)}"' in page for name in WAYS)
    assert page.count("Use this example") == len(list_examples()) == 9
    assert "50,000,000 moments of truth a year" in page


@pytest.mark.parametrize("name", WAYS)
def test_page_is_for_those_who_may_edit(name, client_of, make_member, organisation):
    answers = {}
    for role in Role:
        client = client_of(make_member(organisation, role))
        answers[role] = client.post(address(name), {}).status_code

    assert answers == {Role.OWNER: 422, Role.MANAGER: 422, Role.LEADER: 403, Role.STAFF: 403}
    assert plans(organisation) == []


@pytest.mark.parametrize("name", WAYS)
def test_page_of_another_organisation_is_not_there(name, manager_client, other_organisation):
    answer = manager_client.post(address(name, "southern-bank"), {"title": "Mine", "example": "airline-trip"})

    assert answer.status_code == 404
    assert plans(other_organisation) == []


def test_empty_journey_is_created(manager_client, organisation):
    typed = {"title": " A trip ", "customers_per_year": "10.000.000", "customer": "a family"}

    answer = manager_client.post(address("journey_create"), typed)

    assert plans(organisation) == [JourneyPlan("A trip", 10_000_000, "a family")]
    with scope(organisation=organisation):
        assert answer["Location"] == Journey.objects.get().get_absolute_url()


def test_empty_journey_needs_no_more_than_a_title(manager_client, organisation):
    manager_client.post(address("journey_create"), {"title": "رحلة 👩‍🚀"})

    assert plans(organisation) == [JourneyPlan("رحلة 👩‍🚀")]


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"title": "  "}, "title", "This field is required."),
        ({"title": "t" * 10_000}, "title", "Ensure this value has at most 200 characters (it has 10000)."),
        ({"title": "a\0b"}, "title", "Null characters are not allowed."),
        ({"title": "A", "customers_per_year": "-5"}, "customers_per_year", "“-5” is below 0. Write 0 or more."),
        (
            {"title": "A", "customers_per_year": "1e99"},
            "customers_per_year",
            "“1e99” is too much: at most 10,000,000,000.",
        ),
        (
            {"title": "A", "customer": "c" * 201},
            "customer",
            "Ensure this value has at most 200 characters (it has 201).",
        ),
    ],
)
def test_empty_journey_says_what_is_wrong_and_keeps_what_was_typed(manager_client, organisation, typed, field, message):
    answer = manager_client.post(address("journey_create"), typed)

    assert answer.status_code == 422
    assert answer.context["empty_form"].errors == {field: [message]}
    assert all(f'value="{value}"' in answer.content.decode() for value in typed.values() if value.strip())
    assert plans(organisation) == []


@pytest.mark.parametrize("slug", [example.slug for example in list_examples()])
def test_example_becomes_a_journey(manager_client, organisation, slug):
    answer = manager_client.post(address("journey_from_example"), {"example": slug})

    assert answer.status_code == 302
    assert plans(organisation) == [load_example(slug)]


@pytest.mark.parametrize("slug", ["", "nothing", "../examples", "a\0b"])
def test_unknown_example_is_refused(manager_client, organisation, slug):
    answer = manager_client.post(address("journey_from_example"), {"example": slug})

    assert answer.status_code == 422
    assert "There is no such example. Choose one of these." in answer.content.decode()
    assert plans(organisation) == []


def test_text_is_previewed_before_anything_is_stored(manager_client, organisation):
    answer = manager_client.post(address("journey_paste"), {"outline": TRIP, "preview": "yes"})

    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("<dd>50,000,000</dd>", "<dd>15 s</dd>", "<dd>75 s</dd>", "moments in 2 stages", "Create journey"):
        assert words in page
    assert escape(TRIP) in page
    assert plans(organisation) == []


@pytest.mark.parametrize("text", [TRIP, TRIP.replace("\n", "\r\n"), "\ufeff" + TRIP], ids=["lf", "crlf", "bom"])
def test_text_becomes_a_journey(manager_client, organisation, text):
    answer = manager_client.post(address("journey_paste"), {"outline": text, "create": "yes"})

    assert answer.status_code == 302
    assert plans(organisation) == [parse_outline(TRIP)[0]]


def test_mermaid_text_becomes_a_journey(manager_client, organisation):
    text = "journey\n  title My day\n  section Work\n    Make tea: 5: Me\n"

    manager_client.post(address("journey_paste"), {"outline": text, "create": "yes"})

    assert plans(organisation) == [read_text(text)[0]]


@pytest.mark.parametrize("button", ["preview", "create"])
@pytest.mark.parametrize(
    ("text", "line", "message", "quote"),
    [
        ("# A\n- W | level 9", 2, "There is no level 9. Levels go from 1 to 6.", "- W | level 9"),
        ("# A\n\n- W | -1/yr", 3, "“-1/yr” is below 0. Write 0 or more.", "- W | -1/yr"),
        ("# A\ncustomers: many\n- W", 2, "“many” is not a number. Write digits, such as 10000000.", "customers: many"),
        ("#\n- W", 1, "The title is empty. Write it after the #.", "#"),
        ("# A\n- W\0x", 2, "A character U+0000 can't be kept. Delete it.", "- W\ufffdx"),
        (f"# {'t' * 10_000}\n- W", 1, f"“{'t' * 30}…” has 10000 characters. Shorten it to 200.", f"# {'t' * 118}…"),
        ("# A\n" + "- W\n" * 500, 302, "A journey has at most 300 moments. Make two of it.", "- W"),
    ],
    ids=["level", "negative", "customers", "no title", "nul", "long title", "500 moments"],
)
def test_bad_line_is_named_and_the_text_kept(manager_client, organisation, text, line, message, quote, button):
    answer = manager_client.post(address("journey_paste"), {"outline": text, button: "yes"})

    page = answer.content.decode()
    (finding,) = [finding for finding in answer.context["preview"].findings if finding.is_error]
    assert answer.status_code == 422
    assert (finding.line, finding.text, finding.quote) == (line, message, quote)
    assert f"<b>Line {line}</b>" in page
    assert "1 line has to be mended first." in page
    assert "Create journey" not in page
    assert escape(text.replace("\0", "\ufffd")) in page.replace("\0", "\ufffd")
    assert plans(organisation) == []


def test_doubtful_line_is_named_but_does_not_stop(manager_client, organisation):
    text = "# A\n- Waits | phone | web"

    preview = manager_client.post(address("journey_paste"), {"outline": text, "preview": "yes"})
    manager_client.post(address("journey_paste"), {"outline": text, "create": "yes"})

    assert preview.status_code == 200
    assert "<b>Line 2</b> was used, but look:" in preview.content.decode()
    assert plans(organisation) == [parse_outline(text)[0]]


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_no_text_is_asked_for(manager_client, text):
    answer = manager_client.post(address("journey_paste"), {"outline": text, "create": "yes"})

    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {"outline": ["Paste or type an outline first."]},
    )


def test_text_past_the_limit_is_refused_and_kept(manager_client, organisation):
    text = "x" * (OUTLINE_MAX + 1)

    answer = manager_client.post(address("journey_paste"), {"outline": text, "create": "yes"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This text has 200001 characters; at most 200000 can be read. Paste a part of it." in page
    assert text in page
    assert plans(organisation) == []


def test_surrogate_bytes_are_shown_as_unreadable(manager_client, organisation):
    answer = manager_client.post(
        address("journey_paste"),
        b"create=yes&outline=%23+A+%ED%A0%80%0A-+W",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 302
    assert [plan.title for plan in plans(organisation)] == ["A \ufffd\ufffd\ufffd"]


def test_live_preview_is_the_fragment_alone(manager_client, organisation):
    good = manager_client.post(address("journey_paste"), {"outline": TRIP}, headers=HTMX)
    bad = manager_client.post(address("journey_paste"), {"outline": "# A\n- W | level 9"}, headers=HTMX)

    assert (good.status_code, bad.status_code) == (200, 200)
    assert "<html" not in good.content.decode()
    assert "Create journey" in good.content.decode()
    assert "<b>Line 2</b> has to be mended:" in bad.content.decode()
    assert "Create journey" not in bad.content.decode()
    assert plans(organisation) == []


def test_typed_html_is_shown_as_text(manager_client):
    text = "# <script>alert(1)</script>\n- <b>W</b> | {{ settings }} | sees: <img src=x> | level 9"

    page = manager_client.post(address("journey_paste"), {"outline": text}).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;b&gt;W&lt;/b&gt;" in page
    assert "{{ settings }}" in page


@pytest.mark.skipif(not NAUGHTY.exists(), reason="../shared/fixtures/naughty-strings is absent")
def test_naughty_strings_are_stored_as_typed(manager_client, organisation):
    strings = [text.strip()[:200] for text in json.loads(NAUGHTY.read_text()) if text.strip() and "\0" not in text]
    lines = [f"- {escape_part(text)}\n    sees: {escape_part(text)}" for text in strings]

    for start in range(0, len(lines), 250):
        outline = "# Naughty\nStage\n" + "\n".join(lines[start : start + 250])
        answer = manager_client.post(address("journey_paste"), {"outline": outline, "create": "yes"})
        assert answer.status_code == 302

    stored = [moment for plan in plans(organisation) for moment in plan.moments]
    assert len(strings) > 450
    assert [moment.title for moment in stored] == strings
    assert [moment.experience for moment in stored] == strings


def test_creation_takes_the_same_few_queries_for_any_size(manager_client):
    def count_queries(moments: int, button: str) -> int:
        typed = {"outline": "# A\n" + "- W\n" * moments, button: "yes"}
        with CaptureQueriesContext(connection) as queries:
            manager_client.post(address("journey_paste"), typed)
        return len(queries)

    manager_client.get(address("journey_create"))

    counts = {button: (count_queries(1, button), count_queries(50, button)) for button in ("preview", "create")}

    assert counts["preview"][0] == counts["preview"][1]
    assert counts["create"][0] == counts["create"][1] <= 10


def test_pasted_json_names_its_problems_by_path(manager_client):
    text = '{"title": "T", "stages": [{"title": "S", "moments": [{"title": "M", "level": 9}]}]}'

    answer = manager_client.post(address("journey_paste"), {"outline": text})

    assert answer.status_code == 422
    assert "<b>stages[0].moments[0].level</b> has to be mended:" in answer.content.decode()
