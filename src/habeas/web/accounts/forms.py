"""What people fill in about organisations, roles and their own account."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from habeas.web.accounts.words import role_choices
from habeas.web.base.actors import Role

_AREA = re.compile(r"([A-Z]{2}) +([A-Z0-9 ]{1,8})")


class OrganisationForm(forms.Form):
    """An organisation's own facts."""

    name = forms.CharField(label=_("Name"), max_length=200)
    contact_email = forms.EmailField(
        label=_("E-mail address for the public"), required=False, help_text=_("A group's mailbox, not a person's.")
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    areas = forms.CharField(
        label=_("Where it works"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One area a line: the country and the beginning of a postcode, such as GB B33. People find you by their postcode."),
    )

    def clean_areas(self) -> list[tuple[str, str]]:
        """The areas as pairs of country and prefix."""
        lines = [line.strip().upper() for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        return [self._area(line) for line in lines]

    def _area(self, line: str) -> tuple[str, str]:
        parts = _AREA.fullmatch(line)
        if parts is None:
            raise ValidationError(gettext("Expected a country and the beginning of a postcode, such as GB B33; got: %s") % line)
        return parts[1], parts[2].replace(" ", "")


class InviteForm(forms.Form):
    """Whom to invite, and to do what."""

    email = forms.EmailField(label=_("E-mail address"))
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple, choices=role_choices)
    language = forms.ChoiceField(label=_("Language of the letter"))

    def __init__(self, *arguments: Any, languages: Iterable[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["language"].choices = list(languages)  # type: ignore[attr-defined]  # a ChoiceField

    def clean_roles(self) -> list[Role]:
        """As roles."""
        return [Role(one) for one in self.cleaned_data["roles"]]


class GiveForm(forms.Form):
    """A role from a day on."""

    role = forms.ChoiceField(label=_("Role"), choices=role_choices)
    since = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_role(self) -> Role:
        """As a role."""
        return Role(self.cleaned_data["role"])


class EndForm(forms.Form):
    """A role until a day."""

    role = forms.ChoiceField(label=_("Role"))
    until = forms.DateField(
        label=_("First day without it"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Today ends it at once.")
    )

    def __init__(self, *arguments: Any, held: Iterable[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        kept = set(held)
        self.fields["role"].choices = [one for one in role_choices() if one[0] in kept]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_role(self) -> Role:
        """As a role."""
        return Role(self.cleaned_data["role"])


class ReaderForm(forms.Form):
    """Whose auditors may read the drafts."""

    reader = forms.ChoiceField(label=_("Organisation"))
    until = forms.DateField(
        label=_("First day without it"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Empty: it goes on.")
    )

    def __init__(self, *arguments: Any, organisations: Iterable[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["reader"].choices = list(organisations)  # type: ignore[attr-defined]  # a ChoiceField


class NameForm(forms.Form):
    """What somebody is called."""

    name = forms.CharField(label=_("Your name"), max_length=200, help_text=_("Your colleagues see it, and it stands in their records."))


class JoinForm(forms.Form):
    """Nothing to fill in: who has an account already only says yes."""


class AcceptForm(NameForm):
    """An account for who was invited: with a password, or with a passkey that is added next."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least twelve characters. Leave both empty to use a passkey instead: your device's own lock, nothing to remember."),
    )
    again = forms.CharField(
        label=_("The same password again"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both alike, and good enough; neither means a passkey."""
        said = super().clean() or self.cleaned_data
        if said.get("password", "") != said.get("again", ""):
            self.add_error("again", gettext("Expected the same password twice; the two differ."))
        elif said.get("password"):
            try:
                validate_password(said["password"])
            except ValidationError as problem:
                self.add_error("password", problem)
        return said


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A key to sign in with: alone, as a rule."""

    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without a password"),
        required=False,
        initial=True,
        help_text=_("Your device or key then asks for your finger, face or number. Without this, it is asked for after the password."),
    )
