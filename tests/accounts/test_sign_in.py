"""Signing up, in and out; a new password, a new address; what a stranger can't learn."""

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as product
from django.core import mail
from django.template.loader import get_template
from django.urls import reverse

from accounts.mail import send_due_mails
from accounts.models import OutgoingMail, User

ALLAUTH_TEMPLATES = Path(product.BASE_DIR) / "templates" / "account"


@pytest.fixture
def maria(db) -> User:
    user = User.objects.create_user("maria@example.org", "correct horse", name="Maria")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_up(client, email="new@example.org", **changes):
    form = {"name": "New Person", "email": email, "password1": "correct horse", **changes}
    return client.post(reverse("account_signup"), form)


def sign_in(client, password="correct horse", email="maria@example.org", **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def sent_link() -> str:
    send_due_mails()
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.outbox[-1].body).group(1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
    ],
)
def test_page_for_strangers_is_in_the_look_of_the_house(client, name):
    page = client.get(reverse(name), follow=True)

    assert page.status_code == 200
    assert "base.html" in [template.name for template in page.templates]
    assert '<div class="page ' in page.content.decode()


@pytest.mark.parametrize(
    "name", ["account_email", "account_change_password", "account_reauthenticate", "account_logout", "profile_edit"]
)
def test_page_for_members_is_in_the_look_of_the_house(client_of, maria, name):
    page = client_of(maria).get(reverse(name))

    assert page.status_code == 200
    assert '<div class="page narrow">' in page.content.decode()


@pytest.mark.parametrize("template", sorted(str(path.name) for path in ALLAUTH_TEMPLATES.glob("*.html")))
def test_every_page_of_ours_replaces_one_of_allauth(template):
    assert Path(get_template(f"account/{template}").origin.name).is_relative_to(ALLAUTH_TEMPLATES)
    assert (Path(__import__("allauth").__file__).parent / "templates" / "account" / template).exists()


def test_signing_up_leads_to_the_first_organisation(client, db):
    response = sign_up(client)

    user = User.objects.get()
    assert response.url == reverse("home")
    assert client.get(response.url).url == reverse("organisation_create")
    assert (user.email, user.name, user.check_password("correct horse")) == ("new@example.org", "New Person", True)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 10_000},
        {"name": "A\0B"},
        {"email": "no address"},
        {"email": "x" * 10_000 + "@example.org"},
        {"email": "a\0@example.org"},
        {"password1": "short"},
        {"password1": "password"},
        {"password1": "new@example.org"},
    ],
)
def test_bad_sign_up_says_what_is_wrong_and_makes_no_account(client, db, changes):
    response = sign_up(client, **changes)

    [field] = changes
    assert set(response.context["form"].errors) == {field}
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not User.objects.exists()


def test_signing_up_with_a_known_address_looks_like_any_other_where_addresses_are_confirmed(client, maria, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    answers = [sign_up(client, email) for email in ("new@example.org", maria.email)]

    send_due_mails()
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/accounts/confirm-email/")}
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["new@example.org"], "Confirm your e-mail address"),
        ([maria.email], "You have an account already"),
    ]


def test_confirming_the_address_opens_the_account(client, settings, db):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    sign_up(client)
    refused = sign_in(client, email="new@example.org")
    link = sent_link()

    page = client.get(link).content.decode()
    client.post(link)
    sign_in(client, email="new@example.org")

    assert refused.url == "/accounts/confirm-email/"
    assert "Is this your address?" in page
    assert "_auth_user_id" in client.session


def test_asking_for_a_new_password_tells_nothing_of_who_has_an_account(client, maria):
    answers = [client.post(reverse("account_reset_password"), {"email": email}) for email in (maria.email, "no@x.org")]

    send_due_mails()
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/accounts/password/reset/done/")}
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([maria.email], "Choose a new password"),
        (["no@x.org"], "You have no account with this address"),
    ]


def test_wrong_password_and_unknown_address_answer_alike(client, maria):
    answers = [sign_in(client, "wrong"), sign_in(client, "wrong", "nobody@example.org")]

    assert [answer.context["form"].errors for answer in answers] == [
        {"__all__": ["No account has this address and this password."]}
    ] * 2


def test_new_password_through_the_mailed_link(client, maria):
    client.post(reverse("account_reset_password"), {"email": maria.email})
    link = sent_link()

    form = client.get(link, follow=True)
    done = client.post(
        form.redirect_chain[-1][0], {"password1": "battery staple", "password2": "battery staple"}, follow=True
    )
    again = client.get(link)

    assert "Your password is changed" in done.content.decode()
    assert "This link no longer works" in again.content.decode()
    assert (sign_in(client).status_code, sign_in(client, "battery staple").status_code) == (200, 302)
    assert OutgoingMail.objects.latest("created_at").subject == "Your password was changed"


def test_links_in_mails_hang_on_the_public_url_and_not_on_the_request(client, maria, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.PUBLIC_URL = "https://moments.example"

    client.post(reverse("account_reset_password"), {"email": maria.email}, headers={"host": "evil.example"})

    body = OutgoingMail.objects.get().body
    assert "evil.example" not in body
    assert "https://moments.example/accounts/password/reset/key/" in body


def test_password_is_changed_and_told_by_mail(client, maria):
    sign_in(client)

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": "correct horse", "password1": "battery staple", "password2": "battery staple"},
    )

    maria.refresh_from_db()
    assert response.url == reverse("profile_edit")
    assert maria.check_password("battery staple")
    assert client.get(reverse("profile_edit")).status_code == 200
    assert "choose a new password at once:\nhttp://127.0.0.1:8000/accounts/password/reset/" in (
        OutgoingMail.objects.get().body
    )


def test_address_is_changed_once_the_new_one_is_confirmed(client, maria):
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": "correct horse"})
    client.post(reverse("account_email"), {"email": "m@new.example", "action_add": "1"})
    waiting = client.get(reverse("account_email")).content.decode()
    link = sent_link()

    before = User.objects.get().email
    client.post(link)

    assert "Waiting for you to open the link that we sent to" in waiting
    assert (before, User.objects.get().email) == ("maria@example.org", "m@new.example")


def test_changing_the_address_asks_for_the_password_of_an_old_session(client_of, maria):
    response = client_of(maria).post(reverse("account_email"), {"email": "m@new.example", "action_add": "1"})

    assert response.url.startswith(reverse("account_reauthenticate"))
    assert not EmailAddress.objects.filter(email="m@new.example").exists()


@pytest.mark.parametrize(("name", "status"), [("Maria L.", 302), ("", 422), ("x" * 10_000, 422), ("a\0b", 422)])
def test_name_is_changed_or_refused(client_of, maria, name, status):
    response = client_of(maria).post(reverse("profile_edit"), {"name": name})

    maria.refresh_from_db()
    assert response.status_code == status
    assert maria.name == (name if status == 302 else "Maria")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "\thttps://evil.example",
    ],
)
def test_next_leads_nowhere_else(client, maria, target):
    signed_in = sign_in(client, next=target)
    signed_out = client.post(reverse("account_logout"), {"next": target})

    assert (signed_in.url, signed_out.url) == ("/", "/")


def test_next_leads_on_inside_the_product(client, maria):
    assert sign_in(client, next="/organisations/new/").url == "/organisations/new/"


def test_guessing_is_slowed_down(client, maria):
    answers = [sign_in(client, f"wrong {number}") for number in range(6)]

    right_but_late = sign_in(client)

    assert answers[4].context["form"].errors == {"__all__": ["No account has this address and this password."]}
    assert right_but_late.status_code == 200
    assert "Too many tries." in right_but_late.context["form"].errors["__all__"][0]


def test_flood_gets_a_page_of_the_house(client, db):
    for _ in range(20):
        sign_up(client, email="no address")

    response = sign_up(client)

    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()
    assert "base.html" in [template.name for template in response.templates]


def test_signing_out_needs_a_post(client, maria):
    sign_in(client)
    asked = client.get(reverse("account_logout"))
    still_in = "_auth_user_id" in client.session

    client.post(reverse("account_logout"))

    assert "Sign out?" in asked.content.decode()
    assert (still_in, "_auth_user_id" in client.session) == (True, False)


def test_welcome_tells_a_stranger_what_this_is(client, db):
    page = client.get("/").content.decode()

    assert "50,000,000" in page
    assert reverse("account_login") in page
    assert reverse("account_signup") in page
