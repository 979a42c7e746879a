"""Founding an organisation."""

from __future__ import annotations

from django.db import transaction

from accounts.access import Role
from accounts.models import Membership, Organisation, User
from accounts.slugs import number_slug, slug_of


def free_slug(name: str) -> str:
    """A slug for `name` that no organisation has yet."""
    slug = slug_of(name)
    return number_slug(
        slug, taken=set(Organisation.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    )


@transaction.atomic
def found_organisation(owner: User, *, name: str, slug: str, time_zone: str) -> Organisation:
    """A new organisation whose first owner is `owner`. Raises IntegrityError where the slug has just been taken."""
    organisation = Organisation.objects.create(name=name, slug=slug, time_zone=time_zone)
    Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
    return organisation
