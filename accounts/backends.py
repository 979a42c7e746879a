"""Who may be signed in at all."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from accounts.demo import is_shut_out


class EmailBackend(AuthenticationBackend):
    """Sign-in by e-mail. Asked again for every request, so a session that stands ends too."""

    def user_can_authenticate(self, user: AbstractBaseUser | AnonymousUser | None) -> bool:
        return super().user_can_authenticate(user) and not is_shut_out(user)
