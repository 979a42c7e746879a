"""What every page of actions has in common: its head, and that no cache keeps it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from accounts.access import Action as May
from accounts.access import OrgRequest, is_allowed
from improvements.actions.filter import ActionFilter, choices_of


def head_of(request: OrgRequest, chosen: ActionFilter, tab: str) -> dict[str, Any]:
    """What every page of actions shows above and beside."""
    return {
        "section": "actions",
        "tab": tab,
        "chosen": chosen,
        "can_edit": is_allowed(request.role, May.EDIT_ACTIONS),
        **choices_of(request.organisation),
    }


def private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache; a page and its part have one address."""
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response
