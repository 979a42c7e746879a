"""bin/run --check: a person signs in, asks for a small poster and downloads what the worker made of it.

python -m launch.trial ADDRESS. What it needs is made for the occasion and deleted afterwards.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING

import django

from launch import SetupError
from launch.visitor import Page, Visitor

if TYPE_CHECKING:
    from accounts.models import Organisation, User
    from journeys.models import Journey

POSTER_SECONDS = 120
ASK_SECONDS = 0.3


@contextmanager
def for_the_occasion(password: str) -> Iterator[tuple[User, Journey]]:
    """Somebody who owns an organisation with one small journey."""
    from allauth.account.models import EmailAddress
    from django_scopes import scopes_disabled

    from accounts.access import Role
    from accounts.models import Membership, Organisation, User
    from journeys.plan import JourneyPlan, MomentPlan, StagePlan
    from journeys.sequence import create_journey

    name = f"check-{secrets.token_hex(6)}"
    moments = tuple(MomentPlan(title, level=level) for title, level in (("Asks", 3), ("Waits", 2), ("Is answered", 5)))
    with scopes_disabled():
        organisation = Organisation.objects.create(name=name, slug=name)
        user = User.objects.create_user(f"{name}@localhost.example", password, name=name)
        try:
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            Membership.objects.create(organisation=organisation, user=user, role=Role.OWNER)
            yield user, create_journey(organisation, JourneyPlan(name, 1000, stages=(StagePlan("A call", moments),)))
        finally:
            delete_files(organisation)
            organisation.delete()
            user.delete()


def delete_files(organisation: Organisation) -> None:
    """The sweeper would do it too, an hour later."""
    from jobs import artifacts
    from reports.models import Poster

    for poster in Poster.objects.filter(organisation=organisation):
        artifacts.remove(poster.artifact_name, poster.thumbnail_name)


def make_poster(visitor: Visitor, user: User, password: str, journey: Journey) -> bytes:
    from django.urls import reverse

    visitor.submit(visitor.open(reverse("account_login")), login=user.email, password=password)
    posters = visitor.open(reverse("poster_list", args=[journey.organisation.slug, journey.pk]))
    page = visitor.submit(posters, size="A4")
    return visitor.open(await_file(visitor, page)).body


def await_file(visitor: Visitor, page: Page) -> str:
    """The path of the finished poster. Raises SetupError where it takes too long."""
    end = monotonic() + POSTER_SECONDS
    while monotonic() < end:
        if found := next((path for path in page.paths if is_poster_file(path)), None):
            return found
        sleep(ASK_SECONDS)
        page = visitor.open(page.url)
    raise SetupError(f"The worker made no poster within {POSTER_SECONDS} s.")


def is_poster_file(path: str) -> bool:
    from django.urls import Resolver404, resolve

    try:
        return resolve(path).url_name == "poster_file"
    except Resolver404:
        return False


def main(address: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    password = secrets.token_urlsafe(24)
    with for_the_occasion(password) as (user, journey):
        try:
            poster = make_poster(Visitor(address), user, password, journey)
        except (SetupError, OSError, LookupError) as error:
            print(f"The trial failed: {error}", file=sys.stderr)
            return 1
    if not poster.startswith(b"%PDF-"):
        print("What came back as the poster is no PDF.", file=sys.stderr)
        return 1
    print(f"Checked: signed in, made a poster of {len(poster) / 1000:.0f} kB and downloaded it.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
