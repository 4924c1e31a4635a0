"""Who may call the views that aren't ours: allauth's, by name, and ninja's, which are the public API."""

from __future__ import annotations

from collections.abc import Mapping

from habeas.web.base.access import Access

_ANYONE = Access(anyone=True)
_ARRIVING = Access(arriving=True)  # one's own account, also before a second factor is set up

_FOREIGN: Mapping[str, Access] = {
    # signing in and out
    "account_login": _ANYONE,
    "account_logout": _ANYONE,
    "account_inactive": _ANYONE,
    "account_signup": _ANYONE,  # says that it is closed
    "account_confirm_login_code": _ANYONE,
    "account_reset_password": _ANYONE,
    "account_reset_password_done": _ANYONE,
    "account_reset_password_from_key": _ANYONE,
    "account_reset_password_from_key_done": _ANYONE,
    "account_confirm_email": _ANYONE,
    "account_email_verification_sent": _ANYONE,
    "mfa_authenticate": _ANYONE,  # the second step of signing in: without the first it leads back
    "mfa_login_webauthn": _ANYONE,
    # with an organisation's own accounts
    "openid_connect_login": _ANYONE,
    "openid_connect_callback": _ANYONE,
    "socialaccount_login_cancelled": _ANYONE,
    "socialaccount_login_error": _ANYONE,
    "socialaccount_signup": _ANYONE,  # leads to signing in: nobody signs up
    "accounts/social/login/cancelled/": _ANYONE,
    "accounts/social/login/error/": _ANYONE,
    "accounts/social/signup/": _ANYONE,
    "accounts/social/connections/": _ANYONE,  # leads to the next
    # one's own account
    "socialaccount_connections": _ARRIVING,
    "account_change_password": _ARRIVING,
    "account_set_password": _ARRIVING,
    "account_email": _ARRIVING,
    "account_reauthenticate": _ARRIVING,
    "mfa_index": _ARRIVING,
    "mfa_reauthenticate": _ARRIVING,
    "mfa_activate_totp": _ARRIVING,
    "mfa_deactivate_totp": _ARRIVING,
    "mfa_view_recovery_codes": _ARRIVING,
    "mfa_generate_recovery_codes": _ARRIVING,
    "mfa_download_recovery_codes": _ARRIVING,
    "mfa_list_webauthn": _ARRIVING,
    "mfa_add_webauthn": _ARRIVING,
    "mfa_edit_webauthn": _ARRIVING,
    "mfa_remove_webauthn": _ARRIVING,
    "mfa_reauthenticate_webauthn": _ARRIVING,
    "usersessions_list": _ARRIVING,
}


def foreign_access(name: str, module: str) -> Access | None:
    """Who may call a view of that name, or of that route where it has no name; None: nobody said, which the tests refuse."""
    if module.startswith("ninja."):
        return _ANYONE
    return _FOREIGN.get(name)
