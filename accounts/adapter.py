"""How django-allauth and the product meet."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """The product's own words and ways for signing in and up."""
