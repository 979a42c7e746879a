"""Changing who is what. An organisation keeps at least one owner, whoever asks and however many ask at once."""

from __future__ import annotations

from django.db import transaction

from accounts.access import Role
from accounts.models import Membership, Organisation


class LastOwnerError(Exception):
    """The change would leave the organisation without an owner."""


@transaction.atomic
def change_role(membership: Membership, role: Role) -> None:
    """Give the member another role. Raises LastOwnerError; Membership.DoesNotExist where somebody just removed it."""
    current = _locked(membership)
    if role != Role.OWNER:
        _keep_an_owner(current)
    current.role = role
    current.save(update_fields=["role"])
    membership.role = role


@transaction.atomic
def remove_member(membership: Membership) -> None:
    """End a membership; the account stays. Raises LastOwnerError; Membership.DoesNotExist where it has just ended."""
    current = _locked(membership)
    _keep_an_owner(current)
    current.delete()


def _locked(membership: Membership) -> Membership:
    """The membership as it is now, its organisation's row locked, so that changes of people come one after another."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    return Membership.objects.get(pk=membership.pk)


def _keep_an_owner(leaving: Membership) -> None:
    others = Membership.objects.filter(organisation_id=leaving.organisation_id, role=Role.OWNER).exclude(pk=leaving.pk)
    if leaving.role == Role.OWNER and not others.exists():
        raise LastOwnerError
