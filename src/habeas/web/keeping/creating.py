"""Making a site: its folder, its secret key, its ledger, its database. If one part can't be made, none is left."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path

from habeas.errors import BadInput, CannotWrite
from habeas.runs.ledgers.creating import create_ledger
from habeas.runs.ledgers.ledger import Ledger
from habeas.runs.outputs import write_private_file
from habeas.web.keeping.starting import bring_up_to_date, new_tables, use_site
from habeas.web.site import OpenIdProvider, Site
from habeas.web.site_file import FILE, GIVEN_BY_FOLDER, SECRET, parse_site

LEFT_TO_THEMSELVES = frozenset({"oidc"})


def create_site(
    folder: Path,
    *,
    name: str,
    address: str,
    database: str = "sqlite",
    unsafe_plain_http: bool = False,
    second_factor: str = "required",
    passphrase: bytes | None = None,
    second_place: str | None = None,
) -> Site:
    """Make a site in `folder`, which must be empty or missing; Django is its own from then on.

    `passphrase` locks the ledger's keys; None leaves them open to whoever can read the folder. `second_place`: where the last checkpoint is
    kept once more; None: in the folder, where it is lost, or set back, together with everything else.

    Raises:
        BadInput: the name, address or database can't be used, or the folder or the database holds something.
        CannotWrite: no space or permission. Unavailable: the database can't be reached.
    """
    secret = secrets.token_urlsafe(50)
    site = Site(
        folder=folder.absolute(),
        name=name,
        address=address,
        database=database,
        unsafe_plain_http=unsafe_plain_http,
        second_factor=second_factor,
        secret_key=secret,
    )
    text = site_text(site)
    parse_site(text, folder=site.folder, secret_key=secret, name="the new site")
    with new_folder(site.folder):
        _fill(site, text, passphrase=passphrase, second_place=second_place)
    return site


def site_text(site: Site) -> str:
    """What `site.toml` says of a site, as `parse_site` reads it back; what is as usual is left out."""
    usual = {field.name: field.default for field in fields(Site)}
    own = [field.name for field in fields(Site) if field.name not in GIVEN_BY_FOLDER | LEFT_TO_THEMSELVES]
    lines = [
        "# A site of habeas. Whatever isn't understood here is refused; the keys are explained in the documentation.",
        *(f"{key} = {_toml(getattr(site, key))}" for key in own if getattr(site, key) != usual[key]),
    ]
    for provider in site.oidc:
        lines += ["", "[[oidc]]", *(f"{field.name} = {_toml(getattr(provider, field.name))}" for field in fields(OpenIdProvider))]
    return "\n".join(lines) + "\n"


@contextmanager
def new_folder(folder: Path) -> Iterator[None]:
    """A folder that its owner alone may enter; it must be empty or missing, and is as it was if things go wrong.

    Raises:
        BadInput: it holds something. CannotWrite: it can't be made.
    """
    before = folder.exists()
    try:
        if before and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(f"expected an empty or a new folder for the site; {folder} holds something already: choose another")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"expected to make {folder}; the system said: {error.strerror}. Choose another place") from error
    try:
        yield
    except BaseException:
        for path in list(folder.iterdir()) if before else [folder]:
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def _fill(site: Site, text: str, *, passphrase: bytes | None, second_place: str | None) -> None:
    """Everything in the folder, and the tables. The database comes first: a second place of the ledger may lie elsewhere, and stay."""
    write_private_file(site.folder / SECRET, f"{site.secret_key}\n".encode())
    write_private_file(site.folder / FILE, text.encode())  # a provider's or a database's password may stand in it
    site.uploads.mkdir(mode=0o700)
    use_site(site.folder)
    with new_tables():
        bring_up_to_date()
        create_ledger(site.ledger, origin=f"{site.host}/register", passphrase=passphrase, second_place=second_place)
        with Ledger(site.ledger, passphrase=passphrase) as ledger:
            ledger.checkpoint()


def _toml(value: object) -> str:
    """A text, number or truth value: JSON's spelling of them is TOML's."""
    return json.dumps(value, ensure_ascii=False)
