"""What a start refuses."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def check_demo_is_local(**_: Any) -> list[CheckMessage]:
    """The demo's passwords are known to everybody."""
    if not settings.DEMO or settings.IS_LOOPBACK:
        return []
    return [
        Error(
            f"DEMO is on, but PUBLIC_URL is {settings.PUBLIC_URL}: anybody could sign in.",
            hint="Leave DEMO unset, or set PUBLIC_URL to http://127.0.0.1 or http://localhost.",
            id="accounts.E001",
        )
    ]
