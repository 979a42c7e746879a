"""The first page as a picture, before a paper is made."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.access import Role
from assessments.rounds import open_round
from jobs.sweeper import sweep
from jobs.work import work_on
from reports.models import Poster, Preview, RoundPrint
from reports.preview_making import make_preview
from reports.previews import request_preview
from tests.poster_rows import journey_row
from tests.reports.made_rows import round_of
from tests.reports.poster_inputs import inputs_of
from tests.reports.print_inputs import print_inputs

HTMX = {"HX-Request": "true"}


def make_of(journey) -> str:
    return reverse("poster_make", args=[journey.organisation.slug, journey.pk])


def to(name: str, preview) -> str:
    return reverse(f"preview_{name}", args=[preview.organisation.slug, preview.pk])


def previews() -> list[Preview]:
    return list(Preview.objects.with_scopes_disabled().order_by("pk"))


@pytest.fixture
def preview(in_scope, manager) -> Preview:
    return request_preview(in_scope, manager, "poster", inputs_of(3, "A4"))


def silent(step: str, percent: int) -> None:
    """For makers whose steps nobody follows."""


def test_preview_of_a_poster_is_asked_for_beside_its_form(manager_client, journey):
    response = manager_client.post(make_of(journey), {"size": "A3", "ink": "grey", "preview": "1"}, headers=HTMX)

    (preview,) = previews()
    assert (preview.part, preview.state, preview.inputs["inputs"]["size"], preview.inputs["inputs"]["is_grey"]) == (
        "poster", "queued", "A3", True,
    )  # fmt: skip
    assert f'hx-get="{to("progress", preview)}' in response.content.decode()
    assert not Poster.objects.with_scopes_disabled().exists()


def test_preview_without_a_script_leads_to_its_page(manager_client, journey):
    response = manager_client.post(make_of(journey), {"size": "A3", "preview": "1"})

    (preview,) = previews()
    assert response.url == to("page", preview)
    assert "Look again" in manager_client.get(response.url).content.decode()


def test_same_choice_is_one_preview(manager_client, journey):
    for size in ("A3", "A3", "A4"):
        manager_client.post(make_of(journey), {"size": size, "preview": "1"}, headers=HTMX)

    assert [preview.inputs["inputs"]["size"] for preview in previews()] == ["A3", "A4"]


@pytest.mark.parametrize(
    ("moments", "chosen", "words"),
    [(1, {"size": "A9"}, "Select a valid choice"), (0, {"size": "A3"}, "This journey has no moment yet.")],
)
def test_preview_of_what_cannot_be_made_says_why_not(manager_client, organisation, moments, chosen, words):
    address = make_of(journey_row(organisation, moments=moments))

    response = manager_client.post(address, {**chosen, "preview": "1"}, headers=HTMX)

    assert (response.status_code, previews()) == (422, [])
    assert words in response.content.decode()
    assert "<html" not in response.content.decode()


def test_note_on_another_choice_takes_the_preview_away(manager_client, journey):
    address = reverse("poster_list", args=[journey.organisation.slug, journey.pk])

    fragment = manager_client.get(address, {"size": "A3"}, headers=HTMX).content.decode()

    assert '<div id="preview" hx-swap-oob="innerHTML"></div>' in fragment
    assert "hx-swap-oob" not in manager_client.get(address).content.decode()


@pytest.mark.parametrize("name", ["poster", "print"])
def test_another_choice_after_a_preview_says_that_it_is_past(manager_client, journey, in_scope, name):
    round_ = open_round(round_of(journey))
    form = reverse("poster_list", args=[journey.organisation.slug, journey.pk])
    address = form if name == "poster" else reverse("paper_make", args=[journey.organisation.slug, round_.pk])

    never, past, whole = (
        manager_client.get(address, {"size": "A3", **asked}, headers=headers)
        for asked, headers in (({}, HTMX), ({"previewed": "1"}, HTMX), ({"previewed": "1"}, {}))
    )

    said = "You have chosen differently since"
    assert [said in answer.content.decode() for answer in (never, past, whole)] == [False, True, False]
    assert 'name="previewed"' in past.content.decode()
    assert ["<html" in answer.content.decode() for answer in (never, past, whole)] == [False, False, True]
    assert "HX-Request" in past["Vary"]


@pytest.mark.parametrize(
    ("part", "step", "label"),
    [
        ("poster", "curve", "2 of 4: drawing the curve"),
        ("print", "page", "1 of 2: setting the page"),
        ("report", "heat", "3 of 7: drawing the heat map"),
        ("report", "save", "7 of 7: drawing the picture"),
    ],
)
def test_preview_names_the_steps_of_what_would_be_made(part, step, label):
    assert Preview(part=part, progress_step=step).step_label == label


def test_preview_of_a_form_is_for_those_who_run_rounds(
    manager_client, client_of, make_member, organisation, journey, in_scope
):
    round_ = open_round(round_of(journey))
    address = reverse("paper_make", args=[organisation.slug, round_.pk])

    response = manager_client.post(address, {"kind": "form", "link": "staff", "preview": "1"}, headers=HTMX)

    (preview,) = previews()
    leader = client_of(make_member(organisation, Role.LEADER))
    assert (response.status_code, preview.part, RoundPrint.objects.count()) == (200, "print", 0)
    assert [leader.get(to(name, preview)).status_code for name in ("page", "progress", "picture")] == [403] * 3


@pytest.mark.parametrize(
    ("part", "inputs", "size"),
    [
        ("poster", inputs_of(3, "A3"), (900, 636)),
        ("poster", inputs_of(3, "A1", tiles="A4"), (900, 636)),
        ("print", print_inputs(), (900, 1273)),
    ],
)
def test_maker_draws_the_first_page_of_the_whole_paper(part, inputs, size):
    picture = Image.open(BytesIO(make_preview({"part": part, "inputs": inputs}, silent)))

    assert (picture.format, picture.size) == ("PNG", size)
    assert picture.convert("L").getextrema()[0] < 100


def test_preview_is_made_and_shown(manager_client, preview):
    seen = manager_client.get(to("progress", preview), headers=HTMX)
    work_on(Preview, preview.pk, make_preview)

    shown = manager_client.get(to("progress", preview), headers=HTMX).content.decode()
    picture = manager_client.get(to("picture", preview))
    again = manager_client.get(to("picture", preview), headers={"If-None-Match": picture["ETag"]})

    assert "hx-trigger" in seen.content.decode()
    assert ("hx-trigger" in shown, f'src="{to("picture", preview)}"' in shown) == (False, True)
    assert Image.open(BytesIO(picture.content)).size == (900, 636)
    assert (again.status_code, "private" in picture["Cache-Control"]) == (304, True)


def test_progress_that_was_seen_is_not_sent_again(manager_client, preview):
    seen = manager_client.get(to("page", preview)).context["seen"]

    assert manager_client.get(to("progress", preview), {"seen": seen}, headers=HTMX).status_code == 204
    assert manager_client.get(to("progress", preview), {"seen": "x"}, headers=HTMX).status_code == 200


def test_preview_that_failed_says_what_to_change(manager_client, preview):
    Preview.objects.filter(pk=preview.pk).update(state="failed", error_code="memory")

    words = manager_client.get(to("progress", preview), headers=HTMX).content.decode()

    assert "This needed more memory than one file may use." in words
    assert manager_client.get(to("picture", preview)).status_code == 404


def test_preview_stands_in_no_gallery(manager_client, organisation, preview):
    work_on(Preview, preview.pk, make_preview)

    response = manager_client.get(reverse("poster_gallery", args=[organisation.slug]))

    assert response.context["cards"] == []


def test_sweeper_takes_previews_of_yesterday_away(preview, in_scope, manager):
    work_on(Preview, preview.pk, make_preview)
    young = request_preview(in_scope, manager, "poster", inputs_of(4, "A4"))
    Preview.objects.filter(pk=preview.pk).update(created_at=timezone.now() - timedelta(hours=25))

    sweep()

    assert previews() == [young]
    assert list((settings.ARTIFACT_DIR / "previews").iterdir()) == []
