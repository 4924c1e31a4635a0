from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory

from habeas.errors import BadInput
from habeas.web.accounts.adapters import OpenIdAdapter
from habeas.web.accounts.counting import key_of
from habeas.web.accounts.models import User
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.worker.jobs import handlers_of_apps
from habeas.web.base.worker.tidying import Tidying
from habeas.web.django_settings import django_settings
from habeas.web.site import OpenIdProvider
from web.makers import PASSWORD, actor, signed_in, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_tried_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def strict(settings: Any) -> None:
    settings.SITE = replace(settings.SITE, second_factor="required")


def member(email: str = "ada@force.example", *roles: Role) -> User:
    person = user(email, *roles, password=PASSWORD)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def sign_in(client: Client, email: str = "ada@force.example", password: str = PASSWORD, **headers: Any) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password}, headers=headers)


def test_a_public_page_sets_no_cookie(client: Client) -> None:
    assert not client.get("/").cookies


def test_the_sign_in_page_sets_its_token_against_forgery_and_no_other_cookie(client: Client) -> None:
    assert list(client.get("/accounts/login/").cookies) == ["csrftoken"]


@pytest.mark.parametrize(
    "page", ["/accounts/password/reset/", "/accounts/signup/", "/accounts/password/reset/done/", "/desk/organisation/"]
)
def test_no_page_before_signing_in_begins_a_session(client: Client, page: str) -> None:
    assert "sessionid" not in client.get(page).cookies


def test_a_wrong_password_begins_no_session_and_does_not_say_what_was_wrong(client: Client) -> None:
    member()
    known = sign_in(client, password="not the password")  # noqa: S106 - that is the test
    unknown = sign_in(client, email="nobody@force.example", password="not the password")  # noqa: S106 - that is the test
    assert "sessionid" not in known.cookies
    said = [re.findall(r'class="errors".*?</div>', answer.content.decode(), re.DOTALL) for answer in (known, unknown)]
    assert said[0] == said[1] != []


def test_the_right_password_begins_a_session(client: Client) -> None:
    member()
    answer = sign_in(client)
    assert answer["Location"] == "/desk/"
    assert answer.cookies["sessionid"]["httponly"]


@pytest.mark.parametrize("email", ["ada@force.example", "nobody@force.example"])
def test_a_failed_sign_in_hashes_the_password_once(client: Client, monkeypatch: pytest.MonkeyPatch, email: str) -> None:
    member()
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, password, salt: hashed.append(password) or encode(self, password, salt))
    sign_in(client, email=email, password="not the password")  # noqa: S106 - that is the test
    assert hashed == ["not the password"]


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client: Client) -> None:
    member()
    for _ in range(5):
        sign_in(client, password="not the password")  # noqa: S106 - that is the test
    assert sign_in(client).status_code != 302
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    page = client.post("/accounts/signup/", {"email": "x@y.example", "password1": PASSWORD, "password2": PASSWORD})
    assert "invite" in page.content.decode()
    assert not User.objects.exists()


def test_what_somebody_signed_in_sees_is_kept_in_no_cache(client: Client) -> None:
    signed_in(client, user("ada@force.example", Role.SYSTEM_OWNER))
    for page in ("/desk/account/", "/desk/organisation/force/", "/accounts/2fa/", "/"):
        assert "no-store" in client.get(page)["Cache-Control"]


def test_a_public_page_may_be_kept_by_caches_that_ask_whether_it_is_still_so(client: Client) -> None:
    assert client.get("/")["Cache-Control"] == "public, no-cache"


def test_no_network_address_is_kept_of_who_signed_in(client: Client) -> None:
    person = member()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}, REMOTE_ADDR="203.0.113.9")
    kept = UserSession.objects.get(user=person)
    kept.save()
    assert UserSession.objects.get(user=person).ip == "0.0.0.0"  # noqa: S104 - no server
    assert "203.0.113.9" not in client.get("/accounts/sessions/").content.decode()


def test_by_which_browser_somebody_was_signed_in_is_forgotten_with_the_session(client: Client) -> None:
    member()
    sign_in(client)
    over = UserSession.objects.create(user=User.objects.get(), ip="0.0.0.0", session_key="over", user_agent="A browser")  # noqa: S104 - no server
    Tidying(handlers_of_apps().tidy).when_due(now())
    assert not UserSession.objects.filter(pk=over.pk).exists()
    assert UserSession.objects.get().session_key == client.session.session_key


def test_signing_out_ends_the_session_and_sets_no_new_one(client: Client) -> None:
    member()
    sign_in(client)
    answer = client.post("/accounts/logout/")
    assert answer.cookies["sessionid"].value == ""
    assert client.get("/desk/account/").status_code == 302


def test_whose_account_is_closed_is_signed_out_and_does_not_get_in_again(client: Client) -> None:
    person = user("ada@force.example", Role.REVIEWER, password=PASSWORD)
    signed_in(client, person)
    assert client.get("/desk/").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"
    again = Client()
    again.post("/accounts/login/", {"login": "ada@force.example", "password": PASSWORD})
    assert again.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("role", [Role.APPROVER, Role.ADMINISTRATOR, Role.OVERSIGHT, Role.AUDITOR])
def test_who_needs_a_second_factor_holds_no_role_and_is_sent_to_set_one_up(client: Client, role: Role) -> None:
    person = user("ada@force.example", role, Role.SYSTEM_OWNER)
    assert actor(person).roles == {}
    answer = signed_in(client, person).get("/desk/organisation/force/")
    assert answer["Location"] == "/accounts/second-factor/"
    assert client.get("/accounts/second-factor/").status_code == 200
    assert client.get("/desk/account/").status_code == 200


@pytest.mark.usefixtures("strict")
def test_with_a_second_factor_the_desk_opens(client: Client) -> None:
    person = user("ada@force.example", Role.APPROVER)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    assert signed_in(client, person).get("/desk/organisation/force/").status_code == 200


@pytest.mark.usefixtures("strict")
def test_recovery_codes_alone_are_no_second_factor() -> None:
    person = user("ada@force.example", Role.APPROVER)
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    assert actor(person).wants_second_factor


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("role", [Role.SYSTEM_OWNER, Role.REVIEWER])
def test_who_can_neither_publish_nor_oversee_needs_none(role: Role) -> None:
    assert actor(user("ada@force.example", role)).has(role)


def test_whoever_has_a_second_factor_is_asked_for_it_after_the_password(client: Client) -> None:
    person = member()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    assert sign_in(client)["Location"].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_database_alone_does_not_give_away_a_second_factor() -> None:
    kept = TOTP.activate(user("ada@force.example"), "JBSWY3DPEHPK3PXP").instance
    assert "JBSWY3DPEHPK3PXP" not in str(Authenticator.objects.get(pk=kept.pk).data)


def test_the_picture_to_scan_stands_in_the_page(client: Client) -> None:
    member()
    sign_in(client)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    assert "<svg" in page
    assert "data:image" not in page


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/sessions/",
        "/accounts/3rdparty/",
        "/accounts/logout/",
    ],
)
def test_pages_about_ones_own_account_look_like_the_desk(client: Client, page: str) -> None:
    member()
    sign_in(client)
    answer = client.get(page)
    assert answer.status_code == 200
    assert 'id="main"' in answer.content.decode()


GIVEN: dict[str, Any] = {
    "id": "county",
    "name": "County police",
    "server": "https://id.force.example",
    "client_id": "habeas",
    "secret": "s",
    "domains": ("force.example",),
}


@pytest.mark.parametrize("missing", GIVEN)
def test_half_of_an_openid_provider_is_refused(missing: str) -> None:
    with pytest.raises(BadInput, match=missing):
        OpenIdProvider(**{**GIVEN, missing: ""})


@pytest.mark.parametrize(("fact", "wrong"), [("id", "County police"), ("server", "http://id.force.example"), ("server", "https://")])
def test_an_openid_provider_that_cannot_be_trusted_or_addressed_is_refused(fact: str, wrong: str) -> None:
    with pytest.raises(BadInput, match=r"\[\[oidc\]\]"):
        OpenIdProvider(**{**GIVEN, fact: wrong})


@pytest.mark.parametrize(
    ("email", "let_in"),
    [
        ("ada@force.example", True),
        ("Ada@Force.Example", True),
        ("eve@audit.example", False),
        ("eve@not-force.example", False),
        ("eve@force.example.audit.example", False),
        ("eve@audit.example@force.example.x", False),
    ],
)
def test_a_provider_vouches_for_the_people_of_its_own_organisation_alone(settings: Any, email: str, let_in: bool) -> None:  # noqa: FBT001 - a table
    member(email.lower())
    settings.SOCIALACCOUNT_PROVIDERS = django_settings(replace(settings.SITE, oidc=(OpenIdProvider(**GIVEN),)))["SOCIALACCOUNT_PROVIDERS"]
    adapter = OpenIdAdapter()
    provider = adapter.get_provider(RequestFactory().get("/"), "county")
    vouched = [EmailAddress(email=email, verified=True)]
    login = SocialLogin(account=SocialAccount(provider="county", uid="1"), email_addresses=vouched, provider=provider)

    found = adapter.authenticate_by_email(login)

    assert (found is not None) is let_in


def test_a_form_may_lead_on_to_an_organisations_own_sign_in_and_nowhere_else(settings: Any) -> None:
    made = django_settings(replace(settings.SITE, oidc=(OpenIdProvider(**{**GIVEN, "server": "https://id.force.example/realm"}),)))
    assert made["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == ["'self'", "https://id.force.example"]
    assert made["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]["settings"]["server_url"] == "https://id.force.example/realm"


def test_tries_are_counted_under_names_that_only_the_sites_secret_could_make(settings: Any) -> None:
    key, other = key_of("allauth:rl:login:203.0.113.9", "", 1), key_of("allauth:rl:login:203.0.113.8", "", 1)
    settings.SITE = replace(settings.SITE, secret_key="another")  # noqa: S106 - made up

    assert len({key, other, key_of("allauth:rl:login:203.0.113.9", "", 1)}) == 3
    cache.set("allauth:rl:login:203.0.113.9", [1])
    assert cache.get("allauth:rl:login:203.0.113.9") == [1]
    plain = hashlib.md5(b":1:allauth:rl:login:203.0.113.9").hexdigest()  # noqa: S324 - how Django names a key's file
    assert [path.stem for path in settings.CACHES["default"]["LOCATION"].iterdir() if path.stem == plain] == []


def test_a_letter_about_ones_account_names_the_site_and_no_network_address(client: Client) -> None:
    member()
    sign_in(client)
    said = {"oldpassword": PASSWORD, "password1": "another made-up sentence", "password2": "another made-up sentence"}
    client.post("/accounts/password/change/", said, REMOTE_ADDR="203.0.113.9")
    letter = mail.outbox[0].body
    assert "Register of the tests" in letter
    assert "203.0.113.9" not in letter


def test_the_sign_in_page_bears_the_name_of_the_site_and_leads_to_its_providers(client: Client, settings: Any) -> None:
    settings.SITE = replace(settings.SITE, oidc=(OpenIdProvider(**GIVEN),))
    page = client.get("/accounts/login/").content.decode()
    assert "<title>Sign in - Register of the tests</title>" in page
    assert "/accounts/oidc/county/login/" in page


def test_a_letter_helps_who_has_forgotten_their_password_and_says_nothing_of_who_has_no_account(client: Client) -> None:
    member()
    known = client.post("/accounts/password/reset/", {"email": "ada@force.example"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@force.example"})
    assert known["Location"] == unknown["Location"] == "/accounts/password/reset/done/"
    assert [letter.to for letter in mail.outbox] == [["ada@force.example"]]
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)
    assert link is not None
    assert client.get(link[1], follow=True).status_code == 200
