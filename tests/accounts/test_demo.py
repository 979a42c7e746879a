"""The demo organisation and its known passwords."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from accounts.checks import check_demo_is_local
from accounts.demo import DEMO_PASSWORD, DEMO_PEOPLE, load_demo_people
from accounts.models import Membership, Organisation, User

MANAGER = DEMO_PEOPLE[0].email


def sign_in(client):
    return client.post(reverse("account_login"), {"login": MANAGER, "password": DEMO_PASSWORD})


def test_loading_twice_changes_nothing(db):
    organisation = load_demo_people()
    User.objects.filter(email=MANAGER).update(name="Renamed")

    again = load_demo_people()

    assert (again, again.is_demo, User.objects.count()) == (organisation, True, 3)
    assert set(organisation.memberships.values_list("user__email", "role")) == {
        ("manager@demo.example", "owner"),
        ("leader@demo.example", "leader"),
        ("staff@demo.example", "staff"),
    }
    assert User.objects.get(email=MANAGER).name == "Renamed"


def test_organisation_of_ones_own_is_never_taken_for_the_demo(organisation):
    with pytest.raises(ImproperlyConfigured, match="northern-air"):
        load_demo_people()

    assert not Membership.objects.exists()


def test_public_host_refuses_to_load(db, settings):
    settings.IS_LOOPBACK = False

    with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL"):
        load_demo_people()

    assert not Organisation.objects.exists()


def test_demo_people_sign_in_on_this_machine(db, client):
    organisation = load_demo_people()

    response = sign_in(client)

    assert response.url == reverse("home")
    assert client.get(response.url).url == organisation.get_absolute_url()


def test_demo_people_are_shut_out_of_a_public_host(db, client, settings):
    load_demo_people()
    settings.IS_LOOPBACK = False

    response = sign_in(client)

    assert response.url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_session_of_the_demo_ends_when_the_host_becomes_public(db, client, settings):
    load_demo_people()
    sign_in(client)
    settings.IS_LOOPBACK = False

    response = client.get(reverse("profile_edit"))

    assert response.url == f"{reverse('account_login')}?next={reverse('profile_edit')}"


@pytest.mark.parametrize(
    ("demo", "loopback", "errors"), [(True, False, ["accounts.E001"]), (True, True, []), (False, False, [])]
)
def test_check_refuses_a_public_demo(settings, demo, loopback, errors):
    settings.DEMO, settings.IS_LOOPBACK = demo, loopback

    found = check_demo_is_local()

    assert [error.id for error in found] == errors


@pytest.mark.parametrize(("demo", "loopback", "shown"), [(True, True, 3), (True, False, 0), (False, True, 0)])
def test_welcome_shows_sign_ins_only_for_a_demo_of_ones_own(db, client, settings, demo, loopback, shown):
    settings.DEMO, settings.IS_LOOPBACK = demo, loopback

    response = client.get(reverse("home"))

    assert response.content.decode().count("@demo.example</span>") == shown
    assert (DEMO_PASSWORD in response.content.decode()) is bool(shown)
