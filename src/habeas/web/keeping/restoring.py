"""Bringing a saved site back, into an empty folder and an empty database.

1. The manifest comes first. Nothing is written that it doesn't name, and nothing outside of the folder; each file must be as it was saved.
2. The tables are made, and must be shaped as they were when they were saved.
3. All rows are put back in one transaction, and read again: every table must be as it was saved. Then nobody is signed in: whoever was
   when the site was saved may have signed out since, or have been shut out.
4. The ledger is checked, and must hold every entry that the site knows.

If anything isn't as it should be, the folder and the database are empty again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from habeas.errors import BadInput, BrokenEvidence, CannotWrite, HabeasError, NotFound
from habeas.runs.ledgers.reading import published_of
from habeas.runs.ledgers.settings import address, read_settings
from habeas.runs.outputs import write_private_file
from habeas.stores.log.fsck import SECOND, check_log
from habeas.stores.log.head import SecondPlace
from habeas.stores.sequencers.store import open_sequencer
from habeas.terms.release import RELEASE
from habeas.web.keeping.backing_up import BLOCK, FORMAT, MANIFEST, Manifest, applied_migrations
from habeas.web.keeping.creating import new_folder, site_text
from habeas.web.keeping.starting import bring_up_to_date, new_tables, use_site
from habeas.web.keeping.tables import Table, continue_numbers, counted_lines, kept_models, lines_of, load
from habeas.web.site import Site
from habeas.web.site_file import FILE, read_site

MOST_MANIFEST_BYTES = 100_000_000
TABLES = "tables"


def restore(saved: Path, folder: Path, *, database: str | None = None) -> tuple[Manifest, str | None]:
    """Bring the site in the file `saved` back into `folder`; Django is its own from then on. `database`: another one than before.

    Gives what was restored and, where the log was published further than the backup knows, what must be done before the site runs.

    Raises:
        NotFound: there is no such file.
        BadInput: it isn't a saved site, the folder or the database holds something, or another habeas made it.
        BrokenEvidence: something isn't as it was saved. CannotWrite, Unavailable: no space, no permission, no database.
    """
    with new_folder(folder.absolute()):
        manifest = _unpack(saved, folder.absolute())  # (1)
        if database is not None:
            write_private_file(folder / FILE, site_text(replace(read_site(folder), database=database)).encode())
        site = use_site(folder)
        with new_tables():
            _make_tables(manifest)  # (2)
            _fill(folder / TABLES, manifest)  # (3)
            _sign_everybody_out()
            to_do = _check_ledger(site)  # (4)
        for path in (folder / TABLES).iterdir():
            path.unlink()
        (folder / TABLES).rmdir()
        site.uploads.mkdir(mode=0o700, exist_ok=True)
    return manifest, to_do


def _unpack(saved: Path, folder: Path) -> Manifest:
    with _opened(saved) as archive:
        members = iter(archive)
        first = next(members, None)
        if first is None or first.name != MANIFEST or not first.isreg() or first.size > MOST_MANIFEST_BYTES:
            raise BadInput(f"{saved}: expected a file that habeas site backup wrote; got another: name the right one")
        manifest = _manifest(_content(archive, first).read(), saved)
        left = dict(manifest.files)
        for member in members:
            wanted = left.pop(member.name, None)
            if wanted is None or not member.isreg():
                raise BadInput(f"{saved}: expected only what its manifest names, each once; it holds something else: it was altered")
            if _write(_content(archive, member), folder / _safe(member.name, saved)) != wanted:
                raise BrokenEvidence(f"{saved}: expected {member.name} as it was saved; it was altered: take another backup")
    if left:
        raise BrokenEvidence(f"{saved}: expected {len(left)} files more; they are missing: it was cut off. Take another backup")
    return manifest


@contextmanager
def _opened(saved: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(saved, mode="r:") as archive:
            yield archive
    except FileNotFoundError:
        raise NotFound(f"expected a saved site in {saved}; there is no such file: check the name") from None
    except (tarfile.TarError, EOFError):
        raise BadInput(f"{saved}: expected a file that habeas site backup wrote; it can't be read as one: name another") from None
    except OSError as error:
        raise CannotWrite(f"expected to unpack {saved}; the system said: {error.strerror}: mend that, then try again") from error


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    found = archive.extractfile(member)
    if found is None:
        raise BadInput(f"expected files alone in the archive; {member.name} is none: it was altered")
    return found


def _manifest(text: bytes, saved: Path) -> Manifest:
    try:
        given = json.loads(text)
        if given.pop("format") != FORMAT:
            raise BadInput(f"{saved}: expected the format {FORMAT}; got another: restore it with the habeas that wrote it")
        tables = {str(name): Table(rows=int(one["rows"]), sha256=str(one["sha256"])) for name, one in given["tables"].items()}
        files = {str(name): str(digest) for name, digest in given["files"].items()}
        return Manifest(
            made_at=str(given["made_at"]), release=str(given["release"]), migrations=tuple(given["migrations"]), tables=tables, files=files
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadInput(f"{saved}: expected a manifest of a saved site; got something else: it was altered, or is another file") from None


def _safe(name: str, saved: Path) -> PurePosixPath:
    """The path, if it leads nowhere but into the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or str(path) != name:
        raise BadInput(f"{saved}: expected names that lead into the folder; one leads elsewhere: it was altered, and nothing was restored")
    return path


def _write(source: Any, target: Path) -> str:
    """Write a file and give its digest."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with open(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123 - private from its first byte
        while block := source.read(BLOCK):
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


def _make_tables(manifest: Manifest) -> None:
    bring_up_to_date()
    if applied_migrations() != manifest.migrations:
        raise BadInput(
            f"expected a site that this habeas ({RELEASE}) saved; its tables are shaped otherwise: restore it with habeas "
            f"{manifest.release}, then bring that up to date by habeas site manage FOLDER migrate"
        )


def _fill(place: Path, manifest: Manifest) -> None:
    models = kept_models()
    if models.keys() != manifest.tables.keys():
        raise BadInput(f"expected the tables {', '.join(models)}; the saved site has others: restore it with habeas {manifest.release}")
    with transaction.atomic():
        connection.check_constraints()  # now, since PostgreSQL empties no table whose new rows it has yet to check
        call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)  # what making the tables put there
        for name, model in models.items():
            with (place / f"{name}.jsonl").open("rb") as file:
                load(model, file)
        continue_numbers()
        for name, model in models.items():
            if counted_lines(lines_of(model)) != manifest.tables[name]:
                raise BrokenEvidence(
                    f"expected the table {name} as it was saved; it came back otherwise, and nothing was restored: report it"
                )


def _sign_everybody_out() -> None:
    from allauth.usersessions.models import UserSession  # these can be read only once Django is the site's
    from django.contrib.sessions.models import Session

    UserSession.objects.all().delete()
    Session.objects.all().delete()


def _check_ledger(site: Site) -> str | None:
    """See that the ledger came back in order; what must be done about it before the site runs, or None.

    A second place elsewhere isn't looked at for that: what it knows beyond the backup isn't the backup's fault.
    """
    from habeas.web.keeping.checking import look_over  # rows can be looked at only once Django is the site's

    settings = read_settings(site.ledger)
    second = SecondPlace(address(site.ledger, settings.second_place))
    with closing(open_sequencer(address(site.ledger, settings.store), origin=settings.origin)) as sequencer:
        with TemporaryDirectory() as empty:
            report = check_log(sequencer, published_of(site.ledger, settings), SecondPlace(empty))
        recorded = sequencer.size()
    broken = [finding for finding in report.findings if finding.file != SECOND]
    if broken:
        raise BrokenEvidence(f"expected a ledger that is in order; it isn't: {broken[0]}. Take another backup")
    wrong = [one for one in look_over(site) if one.what in {"ledger", "database"} and not one.well]
    if wrong:
        raise BrokenEvidence(f"expected site and ledger to agree; {wrong[0].told}")
    try:
        last = second.last()
    except HabeasError as problem:
        return f"the ledger's second place can't be asked how far the log was published ({problem}); mend that before the site runs"
    if last is None or last.size <= recorded:
        return None
    return (
        f"the second place knows {last.size} entries, and this backup {recorded}: the worker won't write. Put the log's public files, as "
        f"published last, into {site.ledger / settings.tiles}; then habeas ledger recover {site.ledger}"
    )
