"""A database of the run's own, and an organisation in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client
from django_scopes import scope

from accounts.access import Role
from accounts.models import Membership, Organisation, User


@contextmanager
def an_organisation() -> Iterator[Organisation]:
    """An organisation with its scope open; gone with all it owns when the block ends."""
    organisation = Organisation.objects.create(name="Measured", slug="measured")
    try:
        with scope(organisation=organisation):
            yield organisation
    finally:
        with scope(organisation=organisation):
            organisation.delete()
        User.objects.filter(email="measured@localhost.example").delete()


def signed_in(organisation: Organisation) -> Client:
    """A browser in which a manager of the organisation is signed in."""
    user = User.objects.create_user("measured@localhost.example", name="Measured")
    Membership.objects.create(organisation=organisation, user=user, role=Role.MANAGER)
    client = Client()
    client.force_login(user)
    return client
