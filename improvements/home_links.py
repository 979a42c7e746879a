"""Ways from the first page to other rooms. A room that this product does not have is no link, and its line says no more
than its words."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from accounts.models import Organisation

ROOMS = {"tell": "story_tell", "reviews": "story_reviews", "stories": "story_list", "actions": "action_board"}


def address_of(name: str, organisation: Organisation, *args: int) -> str:
    """An address of the organisation; empty where there is none of this name."""
    try:
        return reverse(name, args=[organisation.slug, *args])
    except NoReverseMatch:
        return ""


def rooms_of(organisation: Organisation) -> dict[str, str]:
    """By what one does there: tell, reviews, stories, actions."""
    return {room: address_of(name, organisation) for room, name in ROOMS.items()}
