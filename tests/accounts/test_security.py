"""Headers, cookies, error pages, the deployment check."""

import os
import subprocess
import sys
from http.cookies import SimpleCookie

import pytest
from django.conf import settings as product
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from accounts.access import Role
from accounts.security import CONTENT_SECURITY_POLICY
from accounts.views.home import home


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


def refuse(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("damaged")


urlpatterns = [path("broken/", break_down), path("damaged/", refuse), path("", home, name="home")]


@pytest.fixture
def faulty(settings, client_of, make_member, organisation) -> Client:
    """A browser of somebody signed in, on addresses that fail."""
    browser = client_of(make_member(organisation, Role.OWNER))
    browser.raise_request_exception = False
    settings.ROOT_URLCONF = __name__
    return browser


def assert_error_page(response, status: int, words: str) -> None:
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert "house.css" in page
    assert "style=" not in page
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_fault_of_ours_says_what_to_do(faulty):
    assert_error_page(faulty.get("/broken/"), 500, "Go back and try again in a minute.")


def test_damaged_request_says_what_to_do(faulty):
    assert_error_page(faulty.get("/damaged/"), 400, "Check the address.")


def test_unknown_host_says_what_to_look_at(client, db):
    assert_error_page(client.get("/", headers={"host": "evil.example"}), 400, "ALLOWED_HOSTS")


@pytest.mark.parametrize("address", ["/nowhere/at/all/", "/northern-air/nowhere/", "/%00/", "/%ED%A0%80/", "/.env"])
def test_unknown_address_says_what_to_do(client, db, address):
    assert_error_page(client.get(address), 404, "Check the address, or ask whoever gave it to you.")


def test_wrong_role_says_who_can_help(client_of, make_member, organisation):
    browser = client_of(make_member(organisation, Role.LEADER))

    response = browser.get(reverse("organisation_edit", args=[organisation.slug]))

    assert_error_page(response, 403, "In Northern Air you are Leader, and this needs another role.")
    assert reverse("member_list", args=[organisation.slug]) in response.content.decode()


def test_form_without_its_token_says_what_to_do(db):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"))

    assert_error_page(response, 403, "reload the page and send the form again")


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/invitations/accept/"])
def test_every_page_allows_its_own_files_only(client, db, address):
    headers = client.get(address).headers

    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_template_holds_a_script_or_style_of_its_own():
    on_paper = {product.BASE_DIR / "templates" / "reports" / name for name in ("leader", "paper", "portfolio")}
    templates = [page for page in (product.BASE_DIR / "templates").rglob("*.html") if page.parent not in on_paper]
    inline = [
        str(page) for page in templates if any(word in page.read_text() for word in ("style=", "<style", "onclick="))
    ]

    assert templates
    assert inline == []


def run(code: list[str], tmp_path, **env: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *code],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings", **env},
        cwd=product.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_deployment_check_finds_nothing_on_a_public_host(tmp_path):
    result = run(
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], tmp_path, PUBLIC_URL="https://example.org"
    )

    assert (result.returncode, result.stdout) == (0, "System check identified no issues (0 silenced).\n"), result.stderr


def test_public_host_with_demo_does_not_start(tmp_path):
    result = run(["manage.py", "check"], tmp_path, PUBLIC_URL="https://example.org", DEMO="1")

    assert result.returncode == 1
    assert "accounts.E001" in result.stderr


@pytest.mark.parametrize(
    ("public_url", "is_loopback"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("http://[::1]:8000", True),
        ("http://127.8.8.8", True),
        ("http://127.evil.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://192.168.1.5:8000", False),
        ("http://0.0.0.0:8000", False),
    ],
)
def test_loopback_is_told_from_other_hosts(tmp_path, public_url, is_loopback):
    result = run(["-c", "from config import settings; print(settings.IS_LOOPBACK)"], tmp_path, PUBLIC_URL=public_url)

    assert result.stdout == f"{is_loopback}\n", result.stderr


COOKIES = """
import django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from django.test import Client
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
client = Client(headers={"host": "example.org"})
client.get("/accounts/signup/", secure=True)
form = {"name": "New", "email": "new@example.org", "password1": "correct horse"}
client.post("/accounts/signup/", form, secure=True)
print(client.cookies.output(header=""))
"""


def test_cookies_of_a_public_host_are_bound_to_it(tmp_path):
    result = run(["-W", "ignore", "-c", COOKIES], tmp_path, PUBLIC_URL="https://example.org")

    cookies = SimpleCookie()
    for line in result.stdout.splitlines():
        cookies.load(line.strip())
    assert set(cookies) == {"__Host-csrf", "__Host-session"}, result.stderr
    assert {(bool(c["secure"]), bool(c["httponly"]), c["path"], c["domain"]) for c in cookies.values()} == {
        (True, True, "/", "")
    }
