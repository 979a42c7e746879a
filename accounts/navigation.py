"""What the frame of every page shows: the organisation, the others, and what one may do here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.access import ALLOWED, Role


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context: `organisation`, `may` (the names of allowed actions), `my_memberships` and `unseen_count`
    (one query each, if used)."""
    organisation = getattr(request, "organisation", None)
    role = getattr(request, "role", None)
    user = getattr(request, "user", None)
    return {
        "organisation": organisation,
        "role": role,
        "may": {action.value for action in ALLOWED[Role(role)]} if role else set(),
        "my_memberships": SimpleLazyObject(lambda: user.my_memberships if user and user.is_authenticated else []),
        "unseen_count": lambda: user.unseen_count if user is not None and user.is_authenticated else 0,
        "is_demo": settings.DEMO,
    }
