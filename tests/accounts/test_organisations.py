"""Founding, changing and switching organisations."""

import threading
from urllib.parse import quote_from_bytes

import pytest
from django.db import IntegrityError, connection
from django.urls import get_resolver, reverse

from accounts.access import Role
from accounts.models import Membership, Organisation, User
from accounts.organisations import found_organisation, free_slug
from accounts.slugs import RESERVED_SLUGS, SLUG_MAX, number_slug, slug_of

HOSTILE_NAMES = ["", "   ", "x" * 10_000, "Northern\0Air"]
FORM = {"name": "Åland Ferries", "slug": "", "time_zone": "Europe/Mariehamn"}


@pytest.fixture
def newcomer(db) -> User:
    return User.objects.create_user("new@example.org", "correct horse", name="New")


@pytest.fixture
def newcomer_client(client_of, newcomer):
    return client_of(newcomer)


@pytest.fixture
def owner_client(client_of, make_member, organisation):
    return client_of(make_member(organisation, Role.OWNER))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Northern Air", "northern-air"),
        ("  Åland & Sons, Ltd. ", "aland-sons-ltd"),
        ("北方航空", "organisation"),
        ("--- ___", "organisation"),
        ("x" * 200, "x" * (SLUG_MAX - 6)),
    ],
)
def test_slug_of_a_name(name, slug):
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("slug", "taken", "free"),
    [("acme", [], "acme"), ("acme", ["acme"], "acme-2"), ("acme", ["acme", "acme-2"], "acme-3"), ("api", [], "api-2")],
)
def test_number_slug_finds_the_first_free_one(slug, taken, free):
    assert number_slug(slug, taken) == free


def test_free_slug_counts_on_from_those_that_exist(organisation):
    assert (free_slug("Northern Air"), free_slug("Southern Air")) == ("northern-air-2", "southern-air")


def test_every_first_part_of_the_products_own_addresses_is_reserved():
    own = {str(entry.pattern).lstrip("^").split("/")[0] for entry in get_resolver().url_patterns}
    for entry in get_resolver().url_patterns:
        if str(entry.pattern) == "":
            own |= {str(inner.pattern).lstrip("^").split("/")[0] for inner in entry.url_patterns}

    assert own - {"", "<slug:organisation_slug>"} <= RESERVED_SLUGS


def test_newcomer_is_led_to_the_first_step(newcomer_client):
    home = newcomer_client.get(reverse("home"))
    page = newcomer_client.get(home.url).content.decode()

    assert home.url == reverse("organisation_create")
    assert "Whom do you serve customers for?" in page


def test_founder_becomes_owner(newcomer_client, newcomer):
    response = newcomer_client.post(reverse("organisation_create"), FORM)

    organisation = Organisation.objects.get()
    assert response.url == organisation.get_absolute_url()
    assert (organisation.name, organisation.slug, organisation.time_zone) == (
        "Åland Ferries",
        "aland-ferries",
        "Europe/Mariehamn",
    )
    assert list(organisation.memberships.values_list("user", "role")) == [(newcomer.pk, "owner")]


def test_two_organisations_of_one_name_get_two_addresses(newcomer_client):
    for _ in range(2):
        newcomer_client.post(reverse("organisation_create"), FORM)

    assert set(Organisation.objects.values_list("slug", flat=True)) == {"aland-ferries", "aland-ferries-2"}


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_bad_name_comes_back_with_a_word_beside_the_field(newcomer_client, name):
    response = newcomer_client.post(reverse("organisation_create"), {**FORM, "name": name})

    assert response.status_code == 422
    assert "name" in response.context["form"].errors
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("invitations", "This address is used by the product itself. Choose another."),
        ("API", "This address is used by the product itself. Choose another."),
        ("northern-air", "Another organisation has this address."),
        ("two words", "Use letters from a to z, digits and hyphens."),
        ("åland", "Use letters from a to z, digits and hyphens."),
        ("a/b", "Use letters from a to z, digits and hyphens."),
        ("-", "Use letters from a to z, digits and hyphens."),
        ("x" * 61, "Ensure this value has at most 60 characters (it has 61)."),
    ],
)
def test_bad_address_is_refused_with_its_reason(newcomer_client, organisation, slug, message):
    response = newcomer_client.post(reverse("organisation_create"), {**FORM, "slug": slug})

    assert response.status_code == 422
    assert response.context["form"].errors == {"slug": [message]}


@pytest.mark.parametrize("time_zone", ["", "Mars/Olympus", "../../etc/passwd", "\0"])
def test_unknown_time_zone_is_refused(newcomer_client, time_zone):
    response = newcomer_client.post(reverse("organisation_create"), {**FORM, "time_zone": time_zone})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"time_zone"}


def test_bytes_that_are_no_text_become_a_name_that_can_be_read(newcomer_client):
    surrogate = quote_from_bytes("\ud800".encode("utf-8", "surrogatepass"))

    response = newcomer_client.post(
        reverse("organisation_create"),
        f"name=Air{surrogate}&slug=&time_zone=UTC",
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 302
    assert Organisation.objects.get().name == "Air���"


def test_owner_renames_and_moves_the_organisation(owner_client, organisation):
    response = owner_client.post(
        reverse("organisation_edit", args=[organisation.slug]),
        {"name": "Polar Air", "slug": "Polar", "time_zone": "Asia/Tokyo", "keep_files_days": "90"},
    )

    organisation.refresh_from_db()
    assert response.url == reverse("organisation_edit", args=["polar"])
    assert (organisation.name, organisation.slug, organisation.time_zone) == ("Polar Air", "polar", "Asia/Tokyo")
    assert organisation.keep_files_days == 90


@pytest.mark.parametrize("days", ["", "1", "-90", "x"])
def test_files_are_kept_for_one_of_the_spans_offered(owner_client, organisation, days):
    response = owner_client.post(
        reverse("organisation_edit", args=[organisation.slug]),
        {"name": "Polar Air", "slug": "", "time_zone": "UTC", "keep_files_days": days},
    )

    organisation.refresh_from_db()
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["keep_files_days"])
    assert organisation.keep_files_days == 365


def test_bad_change_keeps_what_was_and_shows_it_in_the_frame(owner_client, organisation):
    response = owner_client.post(
        reverse("organisation_edit", args=[organisation.slug]), {"name": "", "slug": "api", "time_zone": "UTC"}
    )

    organisation.refresh_from_db()
    assert response.status_code == 422
    assert (organisation.name, organisation.slug) == ("Northern Air", "northern-air")
    assert reverse("member_list", args=["northern-air"]) in response.content.decode()


def test_address_left_empty_stays_as_it_is(owner_client, organisation):
    owner_client.post(
        reverse("organisation_edit", args=[organisation.slug]),
        {"name": "Polar Air", "slug": "", "time_zone": "UTC", "keep_files_days": "365"},
    )

    organisation.refresh_from_db()
    assert (organisation.name, organisation.slug) == ("Polar Air", "northern-air")


@pytest.mark.django_db(transaction=True)
def test_two_who_found_one_address_at_the_same_moment_get_one_organisation():
    users = [User.objects.create_user(f"{number}@example.org") for number in range(2)]
    start, refused = threading.Barrier(2), []

    def found(user: User) -> None:
        start.wait()
        try:
            found_organisation(user, name="Acme", slug="acme", time_zone="UTC")
        except IntegrityError:
            refused.append(user)
        finally:
            connection.close()

    threads = [threading.Thread(target=found, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert (Organisation.objects.count(), Membership.objects.count()) == (1, 1)


def test_home_goes_back_to_the_organisation_used_last(client_of, make_member, organisation, other_organisation):
    user = make_member(organisation, Role.STAFF)
    Membership.objects.create(organisation=other_organisation, user=user, role=Role.STAFF)
    client = client_of(user)

    first = client.get(reverse("home")).url
    client.get(other_organisation.get_absolute_url())
    second = client.get(reverse("home")).url
    Membership.objects.filter(organisation=other_organisation).delete()
    third = client.get(reverse("home")).url

    assert (first, second, third) == (
        organisation.get_absolute_url(),
        other_organisation.get_absolute_url(),
        organisation.get_absolute_url(),
    )


def test_refused_visit_is_not_remembered(client_of, make_member, organisation, other_organisation):
    user = make_member(organisation, Role.OWNER)
    Membership.objects.create(organisation=other_organisation, user=user, role=Role.STAFF)
    client = client_of(user)

    refused = client.get(reverse("member_list", args=[other_organisation.slug]))

    assert refused.status_code == 403
    assert client.get(reverse("home")).url == organisation.get_absolute_url()


def test_menu_offers_every_organisation_of_a_person(client_of, make_member, organisation, other_organisation):
    user = make_member(organisation, Role.OWNER)
    Membership.objects.create(organisation=other_organisation, user=user, role=Role.STAFF)

    page = client_of(user).get(organisation.get_absolute_url()).content.decode()

    assert f'<a href="{organisation.get_absolute_url()}" aria-current="true">' in page
    assert f'<a href="{other_organisation.get_absolute_url()}">' in page


def test_dates_are_those_of_the_organisation(owner_client, organisation, make_member):
    organisation.invitations.create(
        email="x@example.org", role="staff", token_hmac="1", expires_at="2100-01-31T23:30:00Z"
    )
    shown = []
    for time_zone in ("UTC", "Pacific/Auckland"):
        Organisation.objects.update(time_zone=time_zone)
        page = owner_client.get(reverse("member_list", args=[organisation.slug])).content.decode()
        shown.append([day for day in ("31 Jan 2100", "1 Feb 2100") if day in page])

    assert shown == [["31 Jan 2100"], ["1 Feb 2100"]]
