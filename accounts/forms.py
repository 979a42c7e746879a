"""Forms about organisations and the people in them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.access import Role
from accounts.models import Membership, Organisation, User
from accounts.name_form import PASSWORD_HELP
from accounts.organisations import free_slug
from accounts.time_zones import time_zone_choices

SLUG_TAKEN = _("Another organisation has this address.")


class OrganisationForm(forms.ModelForm):
    """Name, address, time zone and, later, what mails may hold. An address left empty is made from the name."""

    slug = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=60,
        help_text=_("The part of the web address that is yours. Left empty, it is made from the name."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices)

    class Meta:
        model = Organisation
        fields = ("name", "slug", "time_zone", "attaches_reports")
        labels: ClassVar[dict[str, Any]] = {"name": _("Name of the organisation")}
        widgets: ClassVar[dict[str, Any]] = {"name": forms.TextInput(attrs={"autocomplete": "organization"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].help_text = _("With another one, links that people have saved stop working.")
        else:
            del self.fields["attaches_reports"]

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].lower()
        if slug and slug != slugify(slug):
            raise ValidationError(_("Use letters from a to z, digits and hyphens."))
        if Organisation.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            raise ValidationError(SLUG_TAKEN)
        return slug or self.instance.slug or free_slug(self.cleaned_data.get("name", ""))


class OrganisationEditForm(OrganisationForm):
    """What can be changed later besides: how long files stay."""

    class Meta(OrganisationForm.Meta):
        fields = (*OrganisationForm.Meta.fields, "keep_files_days")  # type: ignore[assignment]
        labels: ClassVar[dict[str, Any]] = {**OrganisationForm.Meta.labels, "keep_files_days": _("Keep files for")}
        help_texts: ClassVar[dict[str, Any]] = {
            "keep_files_days": _(
                "Posters, reports and forms are deleted when they have been there for so long, but for those that "
                "somebody keeps. Journeys, rounds and their results stay."
            )
        }


class InvitationForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.STAFF)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class RoleForm(forms.Form):
    """A member's role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    @classmethod
    def of(cls, membership: Membership) -> RoleForm:
        """The form of one row of the list, with ids of its own."""
        return cls(initial={"role": membership.role}, auto_id=f"id_%s_{membership.pk}")

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class NewPersonForm(forms.Form):
    """Name and password of somebody who accepts an invitation without having an account."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            validate_password(cleaned.get("password", ""), User(email=self.email, name=cleaned.get("name", "")))
        except ValidationError as error:
            if "password" in cleaned:
                self.add_error("password", error)
        return cleaned


class ProfileForm(forms.ModelForm):
    """What a person says of themselves, and which mails they wish."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    class Meta:
        model = User
        fields = ("name", "language", "mails_mentions")
