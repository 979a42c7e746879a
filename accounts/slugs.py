"""The short names of organisations in addresses."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from django.utils.text import slugify

SLUG_MAX = 60
RESERVED_SLUGS = frozenset(
    {
        "a", "about", "account", "accounts", "admin", "answer", "api", "contact", "demo", "do", "docs", "health",
        "help", "home", "imprint", "invitations", "jobs", "login", "logout", "media", "metrics", "new", "organisations",
        "privacy", "rate", "s", "said", "signup", "static", "status", "tell", "terms", "w", "wall", "www",
    }
)  # fmt: skip


def slug_of(name: str) -> str:
    """northern-air for "Northern Air"; organisation where no Latin letter or digit is. Leaves room for a number."""
    return slugify(name)[: SLUG_MAX - 6].strip("-_") or "organisation"


def number_slug(slug: str, taken: Collection[str]) -> str:
    """`slug` itself where it is free and not reserved, else the first free one of slug-2, slug-3, and so on."""
    if slug not in taken and slug not in RESERVED_SLUGS:
        return slug
    return next(f"{slug}-{number}" for number in count(2) if f"{slug}-{number}" not in taken)
