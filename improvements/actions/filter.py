"""What of the actions an address asks for, and what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from accounts.models import Organisation, User
from accounts.typed_numbers import whole_number
from improvements.models import Action
from journeys.models import Journey


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """journey, owner: ids, None for all."""

    journey: int | None = None
    owner: int | None = None
    is_overdue: bool = False

    @property
    def is_set(self) -> bool:
        return bool(self.journey or self.owner or self.is_overdue)

    @property
    def query(self) -> str:
        """As an address says it: journey=3&overdue=yes; empty for none."""
        query = QueryDict(mutable=True)
        said: dict[str, Any] = {
            "journey": self.journey,
            "owner": self.owner,
            "overdue": "yes" if self.is_overdue else "",
        }
        query.update({name: str(value) for name, value in said.items() if value})
        return query.urlencode()


def read_filter(asked: Mapping[str, str]) -> ActionFilter:
    """What an address asks for; what can't be is left out."""
    return ActionFilter(
        whole_number(asked.get("journey")), whole_number(asked.get("owner")), asked.get("overdue") == "yes"
    )


def choices_of(organisation: Organisation) -> dict[str, Any]:
    """What can be filtered by: journeys with actions, and people who own some. Call inside the scope."""
    owned = Action.objects.in_organisation(organisation).order_by().filter(owner__isnull=False)
    owners = User.objects.filter(pk__in=owned.values("owner")).order_by("name", "email")
    return {"journeys": journeys_with_actions(organisation), "owners": list(owners)}


def journeys_with_actions(organisation: Organisation) -> list[Journey]:
    """Id and title of each. Call inside the scope."""
    actions = Action.objects.in_organisation(organisation).order_by()
    return list(Journey.objects.filter(pk__in=actions.values("journey")).only("pk", "title"))
