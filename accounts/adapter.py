"""How django-allauth and the product meet."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.demo import is_shut_out
from accounts.links import public_link
from accounts.mail import queue_mail
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """The product's own words and ways for signing in and up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("No account has this address and this password."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again, or choose a new password."),
        "email_taken": _("There is an account with this address already. Sign in, or choose a new password."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox, like every mail."""
        links = {
            "signup_url": public_link("account_signup"),
            "password_reset_url": public_link("account_reset_password"),
        }
        message = self.render_mail(template_prefix, email, {"email": email, **links, **context})
        queue_mail(to=email, subject=message.subject, body=str(message.body))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """allauth names the two halves of `key` only inside the pattern, so its own address is moved to our host."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PUBLIC_URL + path.replace("UID-KEY", key)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return public_link("account_confirm_email", emailconfirmation.key)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile_edit")

    def pre_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse | None:
        """allauth lets a right password of a refused account through to here, to tell its owner."""
        if is_shut_out(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **details)
