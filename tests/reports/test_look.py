"""An organisation's look, from its row to the paper."""

from __future__ import annotations

import base64

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.access import Role
from reports.logos import WORDS
from reports.look import frozen_look, logo_pictures, look_of
from reports.models import Look, Poster
from reports.posters.rendering import render_poster
from tests.reports.hostile_logos import picture
from tests.reports.poster_inputs import inputs_of, plan_of

LOGO = b"\x89PNG of a test"
WHOLE = {"logo": base64.b64encode(LOGO).decode(), "logo_width": 300, "logo_height": 100, "accent": "#12508f"}


def test_look_of_an_organisation_is_what_it_has_chosen(in_scope, other_organisation):
    assert look_of(in_scope) == {}

    look = Look.objects.create(organisation=in_scope, accent="#12508f")
    assert look_of(in_scope) == {"accent": "#12508f"}

    look.logo, look.logo_width, look.logo_height = LOGO, 300, 100
    look.save()
    assert look_of(in_scope) == WHOLE


def test_frozen_look_is_ink_on_white_where_inputs_say_nothing():
    seen = [(look.accent, look.logo_ratio) for look in map(frozen_look, ({}, {"look": {}}, {"look": WHOLE}))]

    assert seen == [("", 0), ("", 0), ("#12508f", 3)]
    assert (logo_pictures({}), logo_pictures({"look": WHOLE})) == ({}, {"logo.png": LOGO})


def test_logo_keeps_its_shape_inside_its_room():
    look = frozen_look({"look": WHOLE})

    assert (look.logo_box(60, 40), look.logo_box(200, 40), frozen_look({}).logo_box(9, 9)) == (
        (60, 20),
        (120, 40),
        (0, 0),
    )


SETTINGS = {"accent": "#12508F"}


@pytest.fixture
def owner_client(client_of, make_member, organisation):
    return client_of(make_member(organisation, Role.OWNER))


def to(name: str, organisation) -> str:
    return reverse(f"look_{name}", args=[organisation.slug])


def kept(organisation) -> Look | None:
    return Look.objects.with_scopes_disabled().filter(organisation=organisation).first()


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_look_is_saved_and_shown(owner_client, organisation):
    response = owner_client.post(to("edit", organisation), {**SETTINGS, "logo": upload(picture())}, follow=True)

    look = kept(organisation)
    assert (look.accent, look.logo_width, look.logo_height) == ("#12508f", 300, 100)
    assert response.redirect_chain == [(to("edit", organisation), 302)]
    assert 'value="#12508f"' in response.content.decode()
    assert owner_client.get(to("logo", organisation)).content == bytes(look.logo)


def test_look_is_changed_part_by_part(owner_client, organisation):
    owner_client.post(to("edit", organisation), {**SETTINGS, "logo": upload(picture())})

    owner_client.post(to("edit", organisation), {"accent": ""})
    without_colour = kept(organisation)
    owner_client.post(to("edit", organisation), {**SETTINGS, "removes_logo": "on"})

    assert (without_colour.accent, without_colour.logo_width) == ("", 300)
    assert (kept(organisation).accent, bytes(kept(organisation).logo)) == ("#12508f", b"")
    assert owner_client.get(to("logo", organisation)).status_code == 204


@pytest.mark.parametrize("typed", ["12508f", "#12508f", " #12508F "])
def test_colour_is_read_in_its_usual_spellings(owner_client, organisation, typed):
    owner_client.post(to("edit", organisation), {"accent": typed})

    assert kept(organisation).accent == "#12508f"


def test_short_colour_is_read(owner_client, organisation):
    owner_client.post(to("edit", organisation), {"accent": "#03a"})

    assert kept(organisation).accent == "#0033aa"


@pytest.mark.parametrize("typed", ["red", "#12", "#12508g", "url(x)", "#12508f;}*{", "\0", "#" * 30])
def test_what_is_no_colour_is_refused_beside_the_field(owner_client, organisation, typed):
    response = owner_client.post(to("edit", organisation), {"accent": typed})

    assert (response.status_code, list(response.context["form"].errors), kept(organisation)) == (422, ["accent"], None)


def test_colour_that_cannot_be_read_on_white_offers_the_nearest(owner_client, organisation):
    response = owner_client.post(to("edit", organisation), {"accent": "#ffd700"})

    assert response.status_code == 422
    assert response.context["form"].errors["accent"] == [
        "On white, #ffd700 has a contrast of 1.4 to 1, and words need 4.5. The nearest colour that has it is #8b7500."
    ]
    assert '<button type="submit" class="button" name="accent" value="#8b7500">' in response.content.decode()

    owner_client.post(to("edit", organisation), {"accent": ["#ffd700", "#8b7500"]})
    assert kept(organisation).accent == "#8b7500"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"no picture", "unreadable"), (b" " * 2_000_001, "large"), (picture(size=(20, 20)), "small")],
)
def test_logo_that_is_none_is_refused_beside_the_field(owner_client, organisation, content, reason):
    response = owner_client.post(to("edit", organisation), {**SETTINGS, "logo": upload(content)})

    assert (response.status_code, response.context["form"].errors["logo"]) == (422, [str(WORDS[reason])])
    assert 'value="#12508F"' in response.content.decode()
    assert kept(organisation) is None


def test_preview_shows_the_colour_that_is_typed_or_what_is_wrong(owner_client, organisation):
    good, bad = (
        owner_client.get(
            to("preview", organisation), {"accent": typed}, headers={"HX-Request": "true"}
        ).content.decode()
        for typed in ("#12508f", "#ffd700")
    )

    assert (good.count("#12508f"), "contrast of" in good) == (2, False)
    assert ("#ffd700 has a contrast of 1.4" in bad, bad.count('fill="#ffd700"')) == (True, 0)


@pytest.mark.parametrize(("role", "status"), [(Role.OWNER, 200), (Role.MANAGER, 403), (Role.LEADER, 403)])
def test_look_is_the_owners(client_of, make_member, organisation, role, status):
    client = client_of(make_member(organisation, role))

    assert client.get(to("edit", organisation)).status_code == status


def poster_of(**more) -> bytes:
    return render_poster(inputs_of(plan_of(10), "A3", **more))


def test_poster_shows_logo_and_colour():
    logo = picture(size=(300, 100))
    look = {"logo": base64.b64encode(logo).decode(), "logo_width": 300, "logo_height": 100, "accent": "#12508f"}

    plain, ours, grey = (
        pdfium.PdfDocument(poster_of(**more))[0] for more in ({}, {"look": look}, {"look": look, "is_grey": True})
    )

    pictures = [
        [each for each in page.get_objects() if each.type == raw.FPDF_PAGEOBJ_IMAGE] for page in (plain, ours, grey)
    ]
    assert [len(found) for found in pictures] == [0, 1, 1]
    left, bottom, right, top = pictures[1][0].get_bounds()
    width, height = ours.get_size()
    assert (round(right), round(top)) == (round(width - 11 * 72 / 25.4), round(height - 11 * 72 / 25.4))
    assert round((right - left) / (top - bottom), 2) == 3
    assert [(18, 80, 143) in colours_of(page) for page in (plain, ours, grey)] == [True, True, False]
    assert [(204, 0, 0) in colours_of(page) for page in (plain, ours, grey)] == [False, True, False]
    assert (18, 80, 143) == headline_colour(ours) != headline_colour(plain)


@pytest.mark.parametrize(("size", "copies"), [("A6", 1), ("A4", 4)])
def test_card_shows_logo_and_colour_once_a_card(size, copies):
    logo = base64.b64encode(picture(size=(300, 100))).decode()
    look = {"logo": logo, "logo_width": 300, "logo_height": 100, "accent": "#12508f"}
    card = {"kind": "card", "is_portrait": True}

    plain, ours = (
        pdfium.PdfDocument(render_poster(inputs_of(plan_of(1), size, **card, **more)))[0]
        for more in ({}, {"look": look})
    )

    logos = [[it for it in page.get_objects() if it.type == raw.FPDF_PAGEOBJ_IMAGE] for page in (plain, ours)]
    assert [len(found) for found in logos] == [0, copies]
    places = [[round(value) for value in logo.get_bounds()] for logo in logos[1]]
    assert len({tuple(place) for place in places}) == copies
    assert all(place[2] - place[0] == pytest.approx(3 * (place[3] - place[1]), abs=3) for place in places)
    words = [sorted(page.get_textpage().get_text_bounded().split()) for page in (plain, ours)]
    assert words[0] == words[1]
    assert (18, 80, 143) in colours_of(ours)


def colours_of(page) -> set[tuple[int, int, int]]:
    return {colour for _, colour in page.render(scale=1).to_pil().convert("RGB").getcolors(10**7)}


def headline_colour(page) -> tuple[int, int, int]:
    """Of the upper left of the sheet, what is not paper."""
    corner = page.render(scale=1).to_pil().convert("RGB").crop((30, 30, 400, 110))
    return max((pair for pair in corner.getcolors(10**7) if pair[1] != (255, 255, 255)), key=lambda pair: pair[0])[1]


def test_poster_with_a_look_is_frozen_with_it(manager_client, organisation, journey):
    Look.objects.with_scopes_disabled().create(organisation=organisation, accent="#12508f")

    manager_client.post(reverse("poster_make", args=[organisation.slug, journey.pk]), {"size": "A3"})

    assert Poster.objects.with_scopes_disabled().get().inputs["look"] == {"accent": "#12508f"}
