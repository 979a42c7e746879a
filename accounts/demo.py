"""The demo organisation's people. Their password is known to all, so they exist for a machine of one's own alone."""

from __future__ import annotations

from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.access import Role
from accounts.models import Membership, Organisation, User

DEMO_DOMAIN = "demo.example"
DEMO_SLUG = "northern-air"
DEMO_PASSWORD = "moments-of-truth"  # noqa: S105  # printed on purpose, and refused on a public host


class DemoPerson(NamedTuple):
    """One person of the demo."""

    email: str
    name: str
    role: Role


DEMO_PEOPLE = (
    DemoPerson(f"manager@{DEMO_DOMAIN}", "Maria Lindqvist", Role.OWNER),
    DemoPerson(f"leader@{DEMO_DOMAIN}", "Lars Okafor", Role.LEADER),
    DemoPerson(f"staff@{DEMO_DOMAIN}", "Sanna Petrov", Role.STAFF),
)


def is_shut_out(user: Any) -> bool:
    """Whether this is one of the demo's accounts on a host that others can reach."""
    return not settings.IS_LOOPBACK and user.email.endswith(f"@{DEMO_DOMAIN}")


def load_demo_people() -> Organisation:
    """Northern Air and its three people; what is there already stays as it is.

    Raises ImproperlyConfigured where PUBLIC_URL is not an address of this machine, or the slug is somebody's own.
    """
    if not settings.IS_LOOPBACK:
        raise ImproperlyConfigured("The demo has known passwords: it is loaded only where PUBLIC_URL is this machine.")
    with transaction.atomic():
        organisation = Organisation.objects.filter(slug=DEMO_SLUG).first()
        if organisation is None:
            return _found_demo()
    if not organisation.is_demo:
        raise ImproperlyConfigured(f"An organisation of your own has the address {DEMO_SLUG}, so the demo is left out.")
    return organisation


def _found_demo() -> Organisation:
    organisation = Organisation.objects.create(
        name="Northern Air", slug=DEMO_SLUG, time_zone="Europe/Oslo", is_demo=True
    )
    for person in DEMO_PEOPLE:
        _add_person(organisation, person)
    return organisation


def _add_person(organisation: Organisation, person: DemoPerson) -> None:
    user = User.objects.filter(email=person.email).first() or User.objects.create_user(
        person.email, DEMO_PASSWORD, name=person.name
    )
    EmailAddress.objects.get_or_create(user=user, email=person.email, defaults={"verified": True, "primary": True})
    Membership.objects.create(organisation=organisation, user=user, role=person.role)
