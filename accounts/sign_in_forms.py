"""The forms of signing in and up: allauth's, with a label above each field and nothing written inside it."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from allauth.account.fields import PasswordField
from django.utils.translation import gettext_lazy as _

from accounts.name_form import PASSWORD_HELP

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("Password"),
    "password2": _("Password, once more"),
}


class _Labelled:
    """Our labels and one line of help instead of lists and placeholders."""

    fields: dict[str, Any]
    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = {**LABELS, **self.labels}.get(name, field.label)
            if isinstance(field, PasswordField):
                field.help_text = PASSWORD_HELP if name == "password1" else ""


class LoginForm(_Labelled, forms.LoginForm):
    pass


class SignupForm(_Labelled, forms.SignupForm):
    pass


class ChangeEmailForm(_Labelled, forms.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class ChangePasswordForm(_Labelled, forms.ChangePasswordForm):
    labels = {"password1": _("New password"), "password2": _("New password, once more")}


class SetPasswordForm(_Labelled, forms.SetPasswordForm):
    pass


class ResetPasswordForm(_Labelled, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(_Labelled, forms.ResetPasswordKeyForm):
    labels = ChangePasswordForm.labels


class ReauthenticateForm(_Labelled, forms.ReauthenticateForm):
    pass
