"""Journeys as files on the pages: out from the map, in through a preview that stores nothing by itself."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape
from django_scopes import scope

from accounts.access import Role
from journeys.formats import parse_json, read_table, read_text, write_json, write_mermaid, write_outline, write_xlsx
from journeys.formats.files import FORMATS
from journeys.limits import FILE_MAX
from journeys.models import Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from journeys.snapshot import plan_of
from journeys.views.exchange import CARRIED_MAX, CHARACTERS_MAX, file_name
from tests.journeys.conftest import TRIP

PLAN = JourneyPlan("A trip", 10, "a family", "de", (StagePlan("Gate", (MomentPlan("Waits", "Cold.", level=6),)),))
TABLE = b"Stage;What happens;Sekunden\nGate;Waits;300,5\nGate;Leaves;-1\n"


def plans(organisation) -> list[JourneyPlan]:
    with scope(organisation=organisation):
        return [plan_of(journey) for journey in Journey.objects.all()]


def upload(client, name: str, content: bytes | str, **more):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(reverse("journey_upload", args=["northern-air"]), {"file": file, **more})


def form_values(page: str) -> dict[str, str]:
    """What the form on the page would send."""
    values = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    selects = re.findall(r'<select name="(column-\d+)".*?</select>', page, re.S)
    for name in selects:
        options = re.search(rf'<select name="{name}".*?</select>', page, re.S)[0]
        values[name] = next(iter(re.findall(r'value="(\w*)" selected', options)), "")
    return {name: unescape(value) for name, value in values.items() if name != "csrfmiddlewaretoken"}


def confirm(client, page: str, **changed):
    return client.post(reverse("journey_upload", args=["northern-air"]), {**form_values(page), **changed})


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("outline", lambda content: read_text(content.decode())[0]),
        ("mermaid", lambda content: read_text(content.decode())[0]),
        ("json", lambda content: parse_json(content.decode())[0]),
        ("csv", lambda content: read_table(content).plan),
        ("xlsx", lambda content: read_table(content).plan),
    ],
)
def test_export_is_the_whole_journey(name, read, trip, manager_client):
    answer = manager_client.get(reverse("journey_export", args=["northern-air", trip.pk]), {"as": name})

    assert read(answer.content) == TRIP
    assert answer["Content-Type"] == FORMATS[name].content_type
    assert answer["Content-Disposition"] == f'attachment; filename="A trip with us{FORMATS[name].suffixes[0]}"'
    assert answer["Cache-Control"] == "private, no-store"


def test_export_gives_pictures_and_json_by_default(trip, manager_client):
    address = reverse("journey_export", args=["northern-air", trip.pk])

    answers = [manager_client.get(address, {"as": name}) for name in ("svg", "png")] + [manager_client.get(address)]

    types = ["image/svg+xml", "image/png", "application/json"]
    assert [answer["Content-Type"] for answer in answers] == types
    assert answers[0].content.startswith(b"<svg ")
    assert answers[1].content.startswith(b"\x89PNG")
    assert manager_client.get(address, {"as": "exe"}).status_code == 404


def test_everybody_who_sees_the_map_finds_its_exports_there(trip, client_of, make_member, organisation):
    staff = client_of(make_member(organisation, Role.STAFF))

    page = staff.get(trip.get_absolute_url()).content.decode()

    address = reverse("journey_export", args=["northern-air", trip.pk])
    assert [name for name in FORMATS if f'href="{address}?as={name}"' in page] == list(FORMATS)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A trip", "A trip.csv"),
        ('a/b\\c: "d"\r\n', "a b c d.csv"),
        ("Łódź 旅", "Łódź 旅.csv"),
        ("..", "journey.csv"),
        ("x" * 200, "x" * 80 + ".csv"),
    ],
)
def test_file_name_keeps_the_title_as_far_as_systems_take_it(title, name):
    assert file_name(title, ".csv") == name


def test_page_offers_the_upload(manager_client):
    page = manager_client.get(reverse("journey_create", args=["northern-air"])).content.decode()

    assert f'action="{reverse("journey_upload", args=["northern-air"])}" enctype="multipart/form-data"' in page


@pytest.mark.parametrize("write", [write_outline, write_mermaid, write_json])
def test_uploaded_text_goes_on_in_the_form_for_texts(write, manager_client, organisation):
    text = write(PLAN)

    answer = upload(manager_client, "a.txt", text)

    page = answer.content.decode()
    assert (answer.status_code, plans(organisation)) == (200, [])
    assert escape(text.rstrip()) in page
    assert ">Create journey</button>" in page
    manager_client.post(reverse("journey_paste", args=["northern-air"]), {"outline": text, "create": "yes"})
    assert plans(organisation) == [PLAN]


def test_uploaded_text_with_errors_can_be_mended(manager_client, organisation):
    answer = upload(manager_client, "a.txt", "# T\n- M | level 9\n", create="yes")

    assert (answer.status_code, plans(organisation)) == (422, [])
    assert "There is no level 9." in answer.content.decode()


def test_uploaded_workbook_is_stored_once_it_is_confirmed(manager_client, organisation):
    preview = upload(manager_client, "a.xlsx", write_xlsx(PLAN))
    before = plans(organisation)

    answer = confirm(manager_client, preview.content.decode(), create="yes")

    assert (preview.status_code, before, answer.status_code) == (200, [], 302)
    assert plans(organisation) == [PLAN]


def test_uploaded_table_asks_what_it_does_not_know(manager_client, organisation):
    asked = upload(manager_client, "Our plan.csv", TABLE)
    page = asked.content.decode()

    preview = confirm(manager_client, page, **{"column-1": "title", "column-2": "seconds"})
    shown = preview.content.decode()
    confirm(manager_client, shown, create="yes", title="Gate plan")

    assert asked.status_code == 422
    assert "No column is known to hold the moments. Say which one does." in page
    assert "<b>Row 3</b> is left out: Seconds each: “-1” is below 0. Write 0 or more." in shown
    assert "Create journey without 1 row<" in shown
    assert form_values(shown)["title"] == "Our plan"
    assert plans(organisation) == [
        JourneyPlan("Gate plan", stages=(StagePlan("Gate", (MomentPlan("Waits", seconds=300.5),)),))
    ]


def test_confirmed_twice_is_one_journey(manager_client, organisation):
    page = upload(manager_client, "a.csv", b"Moment\nWaits\n").content.decode()

    answers = [confirm(manager_client, page, create="yes") for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert len(plans(organisation)) == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "Choose a file that holds something."),
        ("a.txt", b"a" * (FILE_MAX + 1), "This file is larger than 5 MB. Take a part of it."),
        ("a.csv", b"Moment\n" + b"a" * CARRIED_MAX, "This table is larger than 3.5 MB. Take a part of it."),
        ("a.txt", b"a" * (CHARACTERS_MAX + 1), "This text has more than a million characters. Take a part of it."),
        ("a.png", b"\x89PNG\x00\xff", "This file is not a text. Save it as a text, CSV or XLSX."),
    ],
    ids=["empty", "large", "large-table", "long", "picture"],
)
def test_upload_is_refused_with_a_reason(name, content, reason, manager_client, organisation):
    answer = upload(manager_client, name, content, create="yes")

    assert (answer.status_code, plans(organisation)) == (422, [])
    assert f"<p>{reason}</p>" in answer.content.decode()


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"content": "%%%", "create": "yes"},
        {"content": "TW9tZW50CkE=", "file_name": "a.csv", "column-x": "title", "column-99999": "title", "title": "\0"},
        {"content": "TW9tZW50CkE=", "file_name": "a.csv", "column-0": "smell", "create": "yes"},
    ],
)
def test_forged_forms_are_answered_like_others(posted, manager_client, organisation):
    answer = manager_client.post(reverse("journey_upload", args=["northern-air"]), posted)

    assert answer.status_code in {200, 422}
    assert plans(organisation) == []


def test_names_that_are_formulas_come_back(in_scope, manager_client, organisation):
    plan = JourneyPlan("=T", stages=(StagePlan("+S", (MomentPlan("@M", "'=1"),)),))
    journey = create_journey(in_scope, plan)
    exported = manager_client.get(reverse("journey_export", args=["northern-air", journey.pk]), {"as": "csv"}).content

    page = upload(manager_client, "a.csv", exported).content.decode()
    confirm(manager_client, page, create="yes")

    assert plans(organisation) == [plan, plan]


def test_workbook_that_can_not_be_read_is_not_sent_back(manager_client):
    answer = upload(manager_client, "a.xlsx", b"PK\x03\x04" + b"a" * 100_000)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This workbook can&#x27;t be read." in page
    assert 'name="content"' not in page
