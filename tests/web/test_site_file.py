"""What `site.toml` may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import BadInput, NotFound
from habeas.web.django_settings import django_settings
from habeas.web.site import Site
from habeas.web.site_file import SHAPES, parse_site, read_site, site_in

GOOD = """
name = "Register of a made-up force"
address = "https://register.police.example"
"""
PROVIDER = """
[[oidc]]
id = "force"
name = "The force's own accounts"
server = "https://login.police.example"
client_id = "habeas"
secret = "made up"
domains = ["police.example"]
"""
SECRET = "made up, and long enough to be a secret key of a site"  # noqa: S105 - made up


def site(text: str) -> Site:
    return parse_site(text, folder=Path("folder"), secret_key=SECRET, name="site.toml")


def test_a_name_and_an_address_are_enough() -> None:
    found = site(GOOD)

    assert (found.name, found.address, found.host) == (
        "Register of a made-up force",
        "https://register.police.example",
        "register.police.example",
    )
    assert (found.database, found.email, found.second_factor, found.unsafe_plain_http) == ("sqlite", "file", "required", False)
    assert found.letters_from == "register@register.police.example"


def test_every_key_is_read() -> None:
    more = """
database = "postgresql://habeas@db.police.example/habeas?sslmode=verify-full"
email = "smtp+tls://me:p%40ss@mail.police.example"
contact = "register@police.example"
largest_upload_bytes = 1000
second_factor = "optional"
proxies = 1
"""
    found = site(GOOD + more + PROVIDER)
    settings = django_settings(found)

    assert [one.id for one in found.oidc] == ["force"]
    assert settings["DATABASES"]["default"]["OPTIONS"] == {"sslmode": "verify-full"}
    assert settings["DATABASES"]["default"]["HOST"] == "db.police.example"
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"], settings["EMAIL_HOST_USER"]) == ("mail.police.example", 587, "me")
    assert (settings["EMAIL_HOST_PASSWORD"], settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == ("p@ss", True, False)
    assert settings["DEFAULT_FROM_EMAIL"] == "register@police.example"


@pytest.mark.parametrize("more", ["", 'database = "postgresql://habeas@db.police.example/habeas?sslmode=verify-full"'])
def test_a_connection_serves_many_answers_and_soon_makes_way_for_a_new_one(more: str) -> None:
    assert django_settings(site(GOOD + more))["DATABASES"]["default"]["CONN_MAX_AGE"] == 60


def test_a_site_is_served_over_tls_unless_the_unsafe_mode_is_asked_for_by_name() -> None:
    plain = GOOD.replace("https://", "http://")

    with pytest.raises(BadInput, match=r"unsafe_plain_http = true.*--unsafe-plain-http"):
        site(plain)
    assert site(plain + "unsafe_plain_http = true").unsafe_plain_http
    assert django_settings(site(GOOD))["SECURE_SSL_REDIRECT"]
    assert django_settings(site(GOOD))["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("secnd_factor = 'optional'", "secnd_factor is not a key of a site; did you mean second_factor?"),
        ("colour = 'red'", "colour is not a key of a site; the keys are name, address"),
        ("folder = '/elsewhere'", "folder is not a key"),
        ("secret_key = 'x'", "secret_key is not a key"),
        ("database = 'mysql://x/y'", "site.toml, database: expected sqlite, or an address such as postgresql:"),
        ("database = 'postgresql://x:99999/y'", "database: expected"),
        ("unsafe_plain_http = 'yes'", "unsafe_plain_http: expected true or false"),
        ("unsafe_plain_http = 1", "unsafe_plain_http: expected true or false"),
        ("largest_upload_bytes = 0", "largest_upload_bytes: expected a whole number"),
        ("largest_upload_bytes = true", "largest_upload_bytes: expected a whole number"),
        ("largest_upload_bytes = 1.5", "largest_upload_bytes: expected a whole number"),
        ("email = 'mail.police.example'", "email: expected file, or a mail server"),
        ("contact = 'nobody'", "contact: expected an e-mail address"),
        ("second_factor = 'off'", "second_factor: expected required or optional"),
        ("proxies = -1", "proxies: expected a whole number from 0 to 10"),
        ("oidc = 'force'", "oidc: expected tables"),
        ("name = 'again'", "expected TOML"),
        ("= 3", "expected TOML"),
        (PROVIDER + PROVIDER, "one stands twice"),
        (PROVIDER.replace("https://", "http://"), "oidc 1, server: expected"),
        (PROVIDER.replace('secret = "made up"', ""), "oidc 1: expected the key secret; it is missing"),
        (PROVIDER.replace('["police.example"]', "[]"), "oidc 1, domains: expected a list"),
        (PROVIDER.replace('["police.example"]', '["@Police.example"]'), "oidc 1, domains: expected a list"),
        (PROVIDER + "secrets = 'x'", "oidc 1: secrets is not a key of a site; did you mean secret?"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_was_expected(line: str, told: str) -> None:
    with pytest.raises(BadInput, match=r"^site\.toml") as refused:
        site(GOOD + line)

    assert told in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "register.police.example",
        "https://",
        "ftp://police.example",
        "https://police.example/register",
        "https://a@police.example",
        "https://x:y",
        "https://po lice.example",
        3,
    ],
)
def test_an_address_is_that_of_a_machine(address: object) -> None:
    with pytest.raises(BadInput, match="address: expected where people reach it"):
        site(f'name = "x"\naddress = {address!r}')


def test_no_message_repeats_a_secret() -> None:
    with pytest.raises(BadInput) as refused:
        site(GOOD + "email = 'smtq://me:sentinel@mail.example'")

    assert "sentinel" not in str(refused.value)


@pytest.mark.parametrize("missing", ["name", "address"])
def test_what_a_site_must_say_is_missed(missing: str) -> None:
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith(missing))

    with pytest.raises(BadInput, match=f"expected the key {missing}; it is missing"):
        site(text)


def test_every_key_has_its_shape() -> None:
    assert {"folder", "secret_key", *SHAPES} == set(Site.__dataclass_fields__)


def test_a_folder_without_a_site_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="habeas site init"):
        read_site(tmp_path)
    with pytest.raises(NotFound, match="HABEAS_SITE"):
        site_in({})


def test_a_site_without_its_secret_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(NotFound, match="secret key"):
        read_site(tmp_path)

    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "django.key").write_text("short\n", encoding="utf-8")
    with pytest.raises(BadInput, match="at least 40"):
        read_site(tmp_path)

    (tmp_path / "secrets" / "django.key").write_text(SECRET + "\n", encoding="utf-8")
    assert site_in({"HABEAS_SITE": str(tmp_path)}).secret_key == SECRET
