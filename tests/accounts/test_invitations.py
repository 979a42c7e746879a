"""From inviting somebody to their being a member."""

import re
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import invitations
from accounts.access import Role
from accounts.invitations import (
    InvitationGoneError,
    accept_invitation,
    find_invitation,
    hmac_of,
    invite_person,
)
from accounts.mail import send_due_mails
from accounts.models import Invitation, Membership, Organisation, OutgoingMail, User

INVITED = "maria@example.org"
NEW_PERSON = {"name": "Maria", "password": "correct horse"}
ACCEPT = "/invitations/accept/"


@pytest.fixture
def owner(make_member, organisation) -> User:
    return make_member(organisation, Role.OWNER)


@pytest.fixture
def owner_client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def links(organisation, owner) -> SimpleNamespace:
    """An invitation of maria@example.org as leader: the mailed link, and the copy shown to the owner."""
    copy = invite_person(organisation, INVITED, Role.LEADER, owner)
    return SimpleNamespace(mailed=mailed_link(), copy=path_of(copy))


@pytest.fixture
def maria(db) -> User:
    return User.objects.create_user(INVITED, "correct horse", name="Maria")


def path_of(link: str) -> str:
    return link.removeprefix("http://127.0.0.1:8000")


def mailed_link() -> str:
    return path_of(re.search(r"http://\S+", OutgoingMail.objects.get().body).group())


def url(name, organisation, *ids):
    return reverse(name, args=[organisation.slug, *ids])


def add(client, organisation, **changes):
    return client.post(url("invitation_add", organisation), {"email": INVITED, "role": "leader", **changes})


def test_inviting_mails_one_link_and_shows_another(owner_client, organisation, owner):
    response = add(owner_client, organisation, email="Maria@Example.org")

    send_due_mails()
    [message] = mail.outbox
    invitation = Invitation.objects.get()
    shown = path_of(response.context["new_link"])
    mailed = path_of(re.search(r"http://\S+", message.body).group())
    assert response.status_code == 200
    assert (invitation.email, invitation.role, invitation.invited_by) == (INVITED, "leader", owner)
    assert (message.to, message.subject) == ([INVITED], "Join Northern Air on Moments of truth")
    assert "Owner invites you to Northern Air on Moments of truth, as Leader." in message.body
    assert re.fullmatch(r"/invitations/[\w-]{43}/", shown)
    assert re.fullmatch(r"/invitations/[\w-]{43}/", mailed)
    assert shown != mailed
    assert "no-store" in response.headers["Cache-Control"]


def test_only_keyed_hashes_of_the_tokens_are_kept(links):
    tokens = [link.split("/")[2] for link in (links.mailed, links.copy)]

    invitation = Invitation.objects.get()

    assert [invitation.token_hmac, invitation.copy_token_hmac] == [hmac_of(token) for token in tokens]
    assert not any(token in str(vars(invitation)) for token in tokens)


def test_hash_hangs_on_the_secret_key(settings):
    before = hmac_of("token")
    settings.SECRET_KEY = "another"

    assert hmac_of("token") != before


def test_no_link_stays_behind_once_the_mail_is_sent(links):
    send_due_mails()

    assert OutgoingMail.objects.get().body == ""


@pytest.mark.parametrize(
    "email",
    ["", "maria", "maria@", "x" * 10_000 + "@example.org", "maria@exa\0mple.org", "a@b.example\nBcc: c@d.example"],
)
def test_bad_address_is_refused_beside_the_field(owner_client, organisation, email):
    response = add(owner_client, organisation, email=email)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"email"}
    assert not Invitation.objects.exists()


def test_bad_role_is_refused(owner_client, organisation):
    response = add(owner_client, organisation, role="king")

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"role"}


def test_htmx_gets_the_list_with_the_link_alone(owner_client, organisation):
    response = owner_client.post(
        url("invitation_add", organisation), {"email": INVITED, "role": "staff"}, headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert page.lstrip().startswith('<div id="people">')
    assert response.context["new_link"] in page


def test_member_is_not_invited_again(owner_client, organisation, owner):
    response = add(owner_client, organisation, email=owner.email)

    assert response.context["form"].errors == {"email": ["This person is a member already."]}


def test_fifty_equal_posts_make_one_invitation_and_one_mail(owner_client, organisation):
    statuses = [add(owner_client, organisation).status_code for _ in range(50)]

    assert statuses == [200] + [422] * 49
    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_expired_invitation_is_renewed_by_inviting_again(owner_client, organisation, links):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))

    response = add(owner_client, organisation, role="staff")

    assert (response.status_code, Invitation.objects.get().role) == (200, "staff")
    assert find_invitation(links.mailed.split("/")[2]) is None


def test_open_invitations_have_a_limit(owner_client, organisation, links, monkeypatch):
    monkeypatch.setattr(invitations, "OPEN_INVITATIONS_MAX", 1)

    response = add(owner_client, organisation, email="another@example.org")

    assert response.context["form"].errors == {"email": ["There are too many open invitations. Withdraw some first."]}


def test_sending_again_makes_new_links_and_ends_the_old(owner_client, organisation, links):
    address = url("invitation_resend", organisation, Invitation.objects.get().pk)
    at_once = owner_client.post(address)

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        later = owner_client.post(address)

    new = path_of(later.context["new_link"])
    assert (at_once.status_code, later.status_code) == (422, 200)
    assert "Wait a minute before you send it again." in at_once.content.decode()
    assert OutgoingMail.objects.count() == 2
    assert [find_invitation(link.split("/")[2]) is None for link in (links.mailed, links.copy, new)] == [
        True,
        True,
        False,
    ]


def test_withdrawn_invitation_is_gone(owner_client, organisation, links, client):
    response = owner_client.post(url("invitation_withdraw", organisation, Invitation.objects.get().pk))

    assert response.url == url("member_list", organisation)
    assert not Invitation.objects.exists()
    assert client.get(links.mailed, follow=True).status_code == 404


def test_opening_swaps_the_token_for_a_cookie_bound_to_one_page(links, client):
    response = client.get(links.mailed)

    cookie = response.cookies["invitation"]
    assert (response.status_code, response.url) == (302, ACCEPT)
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (ACCEPT, True, "Lax")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_cookie_of_an_https_host_is_secure(links, client, settings):
    settings.IS_HTTPS = True

    cookie = client.get(links.mailed, secure=True).cookies["__Secure-invitation"]

    assert cookie["secure"] is True


def test_opening_consumes_nothing_however_a_scanner_asks(links):
    for method in ("get", "head", "options", "post", "get"):
        assert getattr(Client(enforce_csrf_checks=True), method)(links.mailed).status_code == 302
    page = Client().get(links.mailed, follow=True)

    assert Invitation.objects.get().accepted_at is None
    assert "Join Northern Air as Leader" in page.content.decode()


def test_token_stands_in_no_page_and_no_log(links, client, caplog):
    token = links.mailed.split("/")[2]

    with caplog.at_level("DEBUG"):
        page = client.get(links.mailed, follow=True)
        client.post(links.mailed)

    assert token not in page.content.decode()
    assert token not in caplog.text


def test_page_of_the_invitation_is_private_and_its_form_keeps_its_origin(links, client):
    page = client.get(links.mailed, follow=True)

    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "no-store, private"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_new_person_joins_with_name_and_password(links, client, organisation):
    client.get(links.mailed)

    response = client.post(ACCEPT, NEW_PERSON)

    user = User.objects.get(email=INVITED)
    assert response.url == organisation.get_absolute_url()
    assert (user.name, user.check_password("correct horse")) == ("Maria", True)
    assert list(user.memberships.values_list("organisation", "role")) == [(organisation.pk, "leader")]
    assert client.get(response.url).status_code == 200
    assert response.cookies["invitation"].value == ""


@pytest.mark.parametrize(("link", "verified"), [("mailed", True), ("copy", False)])
def test_only_the_mailed_link_proves_the_address(links, client, link, verified):
    client.get(getattr(links, link))

    client.post(ACCEPT, NEW_PERSON)

    assert EmailAddress.objects.get(email=INVITED).verified is verified


@pytest.mark.parametrize(("link", "next_page"), [("mailed", "/northern-air/"), ("copy", "/accounts/confirm-email/")])
def test_where_addresses_are_confirmed_only_the_mailed_link_signs_in(links, client, settings, link, next_page):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client.get(getattr(links, link))

    response = client.post(ACCEPT, NEW_PERSON)

    assert response.url.startswith(next_page)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"name": "Ma\0ria"}, "name"),
        ({"password": ""}, "password"),
        ({"password": "short"}, "password"),
        ({"password": "maria@example.org"}, "password"),
        ({"password": "x" * 10_000}, "password"),
    ],
)
def test_bad_name_or_password_comes_back_and_nothing_is_consumed(links, client, changes, field):
    client.get(links.mailed)

    response = client.post(ACCEPT, {**NEW_PERSON, **changes})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert Invitation.objects.get().accepted_at is None
    assert not User.objects.filter(email=INVITED).exists()


def test_existing_account_signs_in_first_and_comes_back(links, client, organisation, maria):
    page = client.get(links.mailed, follow=True).content.decode()
    refused = client.post(ACCEPT, NEW_PERSON)

    signed_in = client.post("/accounts/login/", {"login": INVITED, "password": "correct horse", "next": ACCEPT})
    joined = client.post(signed_in.url)

    assert f'href="/accounts/login/?next={ACCEPT}"' in page
    assert refused.status_code == 409
    assert signed_in.url == ACCEPT
    assert joined.url == organisation.get_absolute_url()
    assert maria.memberships.get().role == "leader"


def test_somebody_else_is_told_and_does_not_join(links, client_of, other_organisation, make_member):
    other = make_member(other_organisation, Role.STAFF)
    browser = client_of(other)

    page = browser.get(links.mailed, follow=True)
    response = browser.post(ACCEPT)

    assert f"You are signed in as {other.email}, which is another address." in page.content.decode()
    assert response.status_code == 409
    assert other.memberships.count() == 1


def test_signing_out_from_there_comes_back_to_the_invitation(links, client_of, other_organisation, make_member):
    browser = client_of(make_member(other_organisation, Role.STAFF))
    browser.get(links.mailed)

    response = browser.post("/accounts/logout/", {"next": ACCEPT}, follow=True)

    assert response.redirect_chain == [(ACCEPT, 302)]
    assert "Create account and join" in response.content.decode()


def test_member_who_accepts_keeps_the_role(links, organisation, maria):
    Membership.objects.create(organisation=organisation, user=maria, role=Role.MANAGER)

    accept_invitation(Invitation.objects.get(), maria)

    assert maria.memberships.get().role == "manager"


def test_every_dead_link_gives_the_same_page(links, client, organisation, maria):
    pages = [client.get(ACCEPT)]
    pages.append(client.get("/invitations/" + "x" * 43 + "/", follow=True))
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        pages.append(client.get(links.mailed, follow=True))
    accept_invitation(Invitation.objects.get(), maria)
    pages.append(client.get(links.mailed, follow=True))
    Invitation.objects.all().delete()
    pages.append(client.get(links.mailed, follow=True))
    pages.append(client.post(ACCEPT, NEW_PERSON))

    assert {page.status_code for page in pages} == {404}
    assert {page.content for page in pages} == {pages[0].content}
    assert "This invitation no longer works" in pages[0].content.decode()


@pytest.mark.parametrize("cookie", [b"", b"short", b"x" * 5000, b"\xed\xa0\x80", b"a;b", b"%00", "🙂".encode()])
def test_cookie_of_any_kind_is_no_token(client, db, cookie):
    response = client.get(ACCEPT, headers={"cookie": "invitation=" + cookie.decode("latin-1")})

    assert response.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_invitation_is_accepted_once_even_by_two_at_the_same_moment():
    organisation = Organisation.objects.create(name="Northern Air", slug="northern-air")
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=INVITED,
        role=Role.STAFF,
        token_hmac="1",
        expires_at=timezone.now() + timedelta(days=1),
    )
    users = [User.objects.create_user(f"{number}@example.org") for number in range(2)]
    start, refused = threading.Barrier(2), []

    def accept(user: User) -> None:
        start.wait()
        try:
            accept_invitation(invitation, user)
        except InvitationGoneError:
            refused.append(user)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert organisation.memberships.count() == 1
