"""What signing up asks besides address and password. Stands alone: allauth reads it while its own forms load."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User

PASSWORD_HELP = _("At least 8 characters. A few words are easier to remember than a riddle.")


class NameForm(forms.Form):
    """The person's name, as the others will see it."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account is there."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
