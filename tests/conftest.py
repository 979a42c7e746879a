"""People and places that most tests need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.test import Client
from django_scopes import scope
from hypothesis import settings as hypothesis_settings

from accounts.access import Role
from accounts.models import Membership, Organisation, User

# Properties are tried with the same cases each time, so that a run says something of the change alone. For new cases:
# pytest --hypothesis-profile=default
hypothesis_settings.register_profile("steady", derandomize=True)
hypothesis_settings.load_profile("steady")

FIXTURES = Path(__file__).resolve().parents[2] / "shared" / "fixtures"


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what asks a database: the rest, mostly drawing, is the same there and has run on SQLite."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql") and not config.option.keyword:
        others = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _asks_a_database(item)]


def _asks_a_database(item):
    names = {"db", "transactional_db", "django_db_setup"}
    return item.get_closest_marker("django_db") is not None or bool(names & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def _plain_places(settings, tmp_path):
    """No manifest of static files, quick passwords; cache and artifacts of the test's own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ARTIFACT_DIR = tmp_path / "artifacts"
    settings.CONTACT_LOG_DIR = tmp_path / "contact-logs"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file of this run: threads race on it as in production, and a worker process can open it."""
    for database in settings.DATABASES.values():
        if "sqlite" in database["ENGINE"]:
            database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def memory_broker(monkeypatch) -> None:
    """A broker that lives and dies in this process."""
    monkeypatch.setitem(current_app.conf, "broker_url", "memory://")
    monkeypatch.setitem(current_app.conf, "broker_transport_options", {})


@pytest.fixture(autouse=True)
def _no_shared_broker(request) -> None:
    """Nothing is published where a worker of somebody else could hear it, but in tests of the whole stack."""
    if "stack" not in request.keywords:
        request.getfixturevalue("memory_broker")


@pytest.fixture
def organisation(db) -> Organisation:
    return Organisation.objects.create(name="Northern Air", slug="northern-air")


@pytest.fixture
def other_organisation(db) -> Organisation:
    return Organisation.objects.create(name="Southern Bank", slug="southern-bank")


@pytest.fixture
def make_member(db) -> Callable[..., User]:
    """make_member(organisation, role) gives a new person with that role, password "correct horse"."""

    def make(organisation: Organisation, role: Role, email: str = "") -> User:
        user = User.objects.create_user(
            email or f"{role}@{organisation.slug}.example", "correct horse", name=role.title()
        )
        Membership.objects.create(organisation=organisation, user=user, role=role)
        return user

    return make


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """client_of(user) gives a browser in which that person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def manager(make_member, organisation) -> User:
    return make_member(organisation, Role.MANAGER)


@pytest.fixture
def manager_client(client_of, manager) -> Client:
    return client_of(manager)


@pytest.fixture
def in_scope(organisation) -> Iterator[Organisation]:
    """The organisation, with its scope open for the whole test."""
    with scope(organisation=organisation):
        yield organisation
