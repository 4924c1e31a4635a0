"""How this site wants allauth: nobody signs up by themselves, nobody's network address is kept, secrets are kept sealed."""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

_UNSAID = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts with an e-mail address and a password or a passkey."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never: an administrator invites."""
        return False

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *arguments: Any, **named: Any) -> None:
        """Only for who is signed in and stays so: a message for anybody else would need a cookie. That one is signed in, the page shows."""
        if request.user.is_authenticated and message_template not in _UNSAID:
            super().add_message(request, level, message_template, *arguments, **named)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter that says which site it comes from."""
        super().send_mail(template_prefix, email, {**context, "site_name": settings.SITE.name, "site_address": settings.SITE.address})

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """Not of who signed in a moment ago: nobody has to type a password twice to set up the second factor that is asked of them."""
        signed_in = get_authentication_records(self.request, self.request.user)
        fresh = any(time.time() - one["at"] < app_settings.REAUTHENTICATION_TIMEOUT for one in signed_in)
        return not fresh and bool(super().is_reauthentication_required(app=app, **named))


class OpenIdAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts that an organisation's own sign-in page vouches for."""

    def is_open_for_signup(self, _request: HttpRequest, _login: Any) -> bool:
        """Never: whoever isn't invited has no account here, whatever account they have elsewhere."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Only addresses of its own organisation: no provider vouches for another's people."""
        domain = email.rpartition("@")[2].lower()
        return domain in login.provider.app.settings["domains"] and bool(super().can_authenticate_by_email(login, email))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """One-time codes, passkeys and recovery codes. Their secrets are sealed with the site's key: a copy of the database opens nothing."""

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, to stand inside the page: the content security policy allows no picture inside an address."""
        svg = str(super().build_totp_svg(url))
        return svg[svg.index("<svg") :]

    def encrypt(self, text: str) -> str:
        """What the database keeps of a secret."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return _seal().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return str(settings.SITE.name)


def _seal() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(settings.SITE.key_for("second factor")))
