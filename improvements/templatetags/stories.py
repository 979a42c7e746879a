"""What pages of other rooms ask about stories."""

from __future__ import annotations

from django import template

from accounts.models import Organisation
from improvements.stories.links import working_link

register = template.Library()


@register.simple_tag
def takes_stories(organisation: Organisation) -> bool:
    """Whether anybody may tell this organisation a story without an account; one query, inside its scope."""
    return working_link(organisation) is not None
