"""Reading a site's folder: what `site.toml` says, checked key by key. Whatever isn't understood is refused."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from habeas.errors import BadInput, NotFound, Unavailable
from habeas.web.site import OpenIdProvider, Site

FILE = "site.toml"
SECRET = "secrets/django.key"  # noqa: S105 - where it is, not what it is
LEAST_SECRET = 40
MOST_BYTES = 100_000
GIVEN_BY_FOLDER = frozenset({"folder", "secret_key"})

Check = Callable[[Any], bool]


def site_in(environment: Mapping[str, str]) -> Site:
    """The site whose folder `HABEAS_SITE` names.

    Raises:
        NotFound: it names none, or there is no site.
    """
    if "HABEAS_SITE" not in environment:
        raise NotFound("expected the folder of a site in HABEAS_SITE; it isn't set: use `habeas site`, or set it")
    return read_site(Path(environment["HABEAS_SITE"]))


def read_site(folder: Path) -> Site:
    """The site in this folder.

    Raises:
        NotFound: there is none, or its secret key is missing.
        BadInput: `site.toml` says something that isn't understood; the message names the file, the key and what was expected.
        Unavailable: a file is there but can't be read.
    """
    path = folder / FILE
    text = _read(path, missing=f"expected a site in {folder}; there is no {FILE}: check the name, or make one by habeas site init")
    secret = _read(folder / SECRET, missing=f"expected the site's secret key in {folder / SECRET}; it isn't there: restore it").strip()
    if len(secret) < LEAST_SECRET:
        raise BadInput(f"{folder / SECRET}: expected a secret of at least {LEAST_SECRET} characters; it is shorter: restore it")
    return parse_site(text, folder=folder.absolute(), secret_key=secret, name=str(path))


def parse_site(text: str, *, folder: Path, secret_key: str, name: str) -> Site:
    """The site that `text` (TOML) describes; `name` is what messages call the text. Raises BadInput as `read_site`."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadInput(f"{name}: expected TOML; it can't be read as such ({problem}): mend it there") from None
    wanted = {field.name: field.default is MISSING for field in fields(Site) if field.name not in GIVEN_BY_FOLDER}
    _check_keys(given, wanted, name)
    for key, value in given.items():
        _check(value, SHAPES[key], f"{name}, {key}")
    site = Site(**{**given, "oidc": _providers(given, name)}, folder=folder, secret_key=secret_key)
    if urlsplit(site.address).scheme == "http" and not site.unsafe_plain_http:
        raise BadInput(
            f"{name}, address: expected https://; got http://. Without TLS, who signs in is seen by everyone on the way: use https://, or, "
            "for a demonstration on this machine only, say unsafe_plain_http = true (habeas site init: --unsafe-plain-http)"
        )
    return site


def _providers(given: Mapping[str, Any], name: str) -> tuple[OpenIdProvider, ...]:
    found = []
    wanted = {field.name: True for field in fields(OpenIdProvider)}
    for number, one in enumerate(given.get("oidc", ()), start=1):
        where = f"{name}, oidc {number}"
        _check_keys(one, wanted, where)
        for key, value in one.items():
            _check(value, PROVIDER_SHAPES[key], f"{where}, {key}")
        found.append(OpenIdProvider(**{**one, "domains": tuple(one["domains"])}))
    if len({one.id for one in found}) < len(found):
        raise BadInput(f"{name}, oidc: expected an id for each provider; one stands twice: choose another")
    return tuple(found)


def _check_keys(given: Mapping[str, Any], wanted: Mapping[str, bool], where: str) -> None:
    """`wanted`: key -> whether it must be there."""
    for key in given:
        if key not in wanted:
            near = difflib.get_close_matches(key, wanted, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(wanted)}"
            raise BadInput(f"{where}: {key} is not a key of a site; {hint}")
    missing = [key for key, required in wanted.items() if required and key not in given]
    if missing:
        raise BadInput(f"{where}: expected the key {missing[0]}; it is missing: add it")


def _check(value: object, shape: tuple[str, Check], where: str) -> None:
    told, fits = shape
    if not fits(value):
        raise BadInput(f"{where}: expected {told}; got something else: mend it")


def _text(most: int, pattern: str = r"[^\x00-\x1f\x7f]+") -> Check:
    return lambda value: isinstance(value, str) and len(value) <= most and re.fullmatch(pattern, value) is not None


def _whole(least: int, most: int) -> Check:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _url(*schemes: str, bare: bool = False) -> Check:
    """An address of one of these schemes; `bare`: with nothing behind the host."""

    def fits(value: object) -> bool:
        found = _split(value)
        if found is None or found.scheme not in schemes or not found.hostname:
            return False
        return not bare or (found.path, found.query, found.fragment, found.username) == ("", "", "", None)

    return fits


def _split(value: object) -> SplitResult | None:
    if not isinstance(value, str) or re.fullmatch(r"[\x21-\x7e]{1,500}", value) is None:
        return None
    try:
        found = urlsplit(value)
        _ = found.port  # which only now is seen to be one
    except ValueError:
        return None
    return found


def _one_of(*words: str) -> Check:
    return lambda value: isinstance(value, str) and value in words


def _is_database(value: object) -> bool:
    return value == "sqlite" or (isinstance(value, str) and value.startswith("postgresql://") and _split(value) is not None)


DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+"
SHAPES: Mapping[str, tuple[str, Check]] = {
    "name": ("the site's name, at most 100 characters on one line", _text(100)),
    "address": ("where people reach it, such as https://register.police.example, without a path", _url("https", "http", bare=True)),
    "database": ("sqlite, or an address such as postgresql:///habeas?host=/run/postgresql", _is_database),
    "unsafe_plain_http": ("true or false", lambda value: isinstance(value, bool)),
    "largest_upload_bytes": ("a whole number of bytes from 1 to 10000000000", _whole(1, 10_000_000_000)),
    "email": (
        "file, or a mail server such as smtp+tls://user:password@mail.police.example:587 (smtp://, smtp+tls://, smtps://)",
        lambda value: value == "file" or _url("smtp", "smtp+tls", "smtps")(value),
    ),
    "contact": ("an e-mail address", _text(254, r"[^@\s]+@[^@\s]+\.[^@\s]+")),
    "second_factor": ("required or optional", _one_of("required", "optional")),
    "proxies": ("a whole number from 0 to 10", _whole(0, 10)),
    "oidc": ("tables headed [[oidc]]", lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value)),
}
PROVIDER_SHAPES: Mapping[str, tuple[str, Check]] = {
    "id": ("lower-case letters, digits and hyphens, at most 40", _text(40, r"[a-z0-9-]+")),
    "name": ("the provider's name, at most 40 characters", _text(40)),
    "server": ("an address such as https://login.police.example", _url("https")),
    "client_id": ("the id that the provider gave this site", _text(180)),
    "secret": ("the secret that the provider gave this site", _text(180)),
    "domains": (
        'a list of the domains, in small letters, whose e-mail addresses it may vouch for, such as ["police.example"]',
        lambda value: isinstance(value, list) and len(value) > 0 and all(_text(253, DOMAIN)(one) for one in value),
    ),
}


def _read(path: Path, *, missing: str) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(missing) from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: expected text in UTF-8; got a byte that is none: save it as UTF-8") from None
    except OSError as problem:
        raise Unavailable(f"expected to read {path}; the system said: {problem.strerror}: check that you may read it") from None
