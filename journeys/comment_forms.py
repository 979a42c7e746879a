"""What people type when they comment."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Role
from accounts.models import Membership, Organisation, User
from journeys.limits import TEXT_MAX
from journeys.models import Journey


class PlainTextField(forms.CharField):
    """Text kept as it is typed. Browsers send each line end as two characters; one is kept."""

    widget = forms.Textarea
    default_validators = [ProhibitNullCharactersValidator()]

    def to_python(self, value: Any) -> str:
        text = re.sub(r"\r\n?", "\n", super().to_python(value) or "")
        return text if text.strip() else ""


class CommentForm(forms.Form):
    """A comment, an answer, or one of them said otherwise."""

    text = PlainTextField(
        label=_("Comment"),
        max_length=TEXT_MAX,
        strip=False,
        error_messages={"required": _("Type what you want to say.")},
    )

    def __init__(self, *args: Any, name: str = "new", suggestions: str = "", **kwargs: Any) -> None:
        """name: tells the forms of one page apart; suggestions: the address that completes an @name."""
        kwargs |= {"auto_id": f"comment-{name}-%s", "label_suffix": ""}
        super().__init__(*args, **kwargs)
        attrs = {"rows": 2, "dir": "auto", "autocomplete": "off"}
        attrs |= {"data-mentions": suggestions, "data-mentions-label": gettext("People to mention")}
        self.fields["text"].widget.attrs |= attrs


class CommenterForm(forms.Form):
    """Which member of the staff is to comment."""

    person = forms.ModelChoiceField(
        label=_("Member of the staff"), queryset=User.objects.none(), empty_label=_("Choose a person")
    )

    def __init__(self, *args: Any, journey: Journey, organisation: Organisation, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        invited = journey.comment_invitations.values("user")
        staff = Membership.objects.filter(organisation=organisation, role=Role.STAFF).exclude(user__in=invited)
        field = self.fields["person"]
        field.queryset = User.objects.filter(pk__in=staff.values("user")).order_by("name", "email")  # type: ignore[attr-defined]
