"""Saving a site in one file while it runs.

1. Writing is stopped for the moment that reading takes: SQLite's write lock, or a lock on the log's waiting room in PostgreSQL.
2. Every table is read, all from one snapshot, into a folder beside the file to be.
3. Still under the lock the ledger is copied: whatever it holds by then, the waiting room of the snapshot knows. What is shown comes
   first and tiles last, since tiles are only ever added to.
4. The copy is checked as any ledger is. A publication that came in between shows here, and the whole is done again.
5. Uploads are written once and never altered, so they are copied last: counts that auditors asked to have kept. Rows of people, which
   wait to be counted and are deleted then, are left out: a backup would outlive that promise. Restored, such a run says that they are gone.
6. All goes into one archive, which appears under its name when it is whole. The manifest in it has the digest of everything.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from habeas.errors import BadInput, BrokenEvidence, CannotWrite
from habeas.runs.ledgers.reading import check
from habeas.runs.ledgers.settings import FILE as LEDGER_FILE
from habeas.runs.ledgers.settings import address, read_settings
from habeas.terms.release import RELEASE
from habeas.web.keeping.starting import migrations_waiting
from habeas.web.keeping.tables import Table, counted_lines, kept_models, lines_of
from habeas.web.site import Site
from habeas.web.site_file import FILE, SECRET

FORMAT = "habeas-site-backup/1"
MANIFEST = "manifest.json"
TRIES = 5
PAUSE_S = 2.0
BLOCK = 1 << 20
CHECKPOINT = "checkpoint"
PASSING = frozenset({"incoming", "audits", "runs"})
"""Folders of uploads that hold rows of people until they are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a saved site consists of. `files`: path -> SHA-256; `tables`: name -> rows and digest; `migrations`: what shaped the tables."""

    made_at: str
    release: str
    migrations: tuple[str, ...]
    tables: dict[str, Table]
    files: dict[str, str]

    def encode(self) -> bytes:
        """As JSON."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, sort_keys=True).encode()


def back_up(site: Site, out: Path, *, at: datetime) -> Manifest:
    """Save the site in the file `out`, which must not be there; only its owner may read it.

    Raises:
        BadInput: `out` is there, the tables are older than this habeas, or a part of the ledger isn't kept in the site's folder.
        CannotWrite: no space or permission. BrokenEvidence: the ledger isn't in order: `habeas ledger fsck` says more.
    """
    if out.exists():
        raise BadInput(f"expected a name that no file has yet; {out} is there: choose another, or move it away")
    if migrations_waiting():
        raise BadInput("expected tables as this habeas knows them; they are older: save the site with the habeas that it was run by")
    parts = _ledger_parts(site)
    try:
        with tempfile.TemporaryDirectory(prefix=".habeas-backup-", dir=out.absolute().parent) as staging:
            place = Path(staging)
            tables = _consistent(site, place, parts)
            for name in (FILE, SECRET):
                _copy(site.folder / name, place / name)
            _copy_uploads(site.uploads, place / site.uploads.name)
            manifest = Manifest(
                made_at=at.isoformat(), release=RELEASE, migrations=applied_migrations(), tables=tables, files=dict(_digests(place))
            )
            _pack(place, manifest, out)
    except OSError as error:
        raise CannotWrite(
            f"expected to write {out}; the system said: {error.strerror}. Nothing was left there: choose another place"
        ) from error
    return manifest


def applied_migrations() -> tuple[str, ...]:
    """What made the tables as they are."""
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _consistent(site: Site, place: Path, parts: tuple[Path, ...]) -> dict[str, Table]:
    """The tables and the ledger of one moment, the ledger checked."""
    for last in reversed(range(TRIES)):
        with _one_moment():  # (1)
            tables = _dump(place / "tables")  # (2)
            for part in parts:  # (3)
                _copy_ledger_part(part, place / part.relative_to(site.folder))
        if check(place / site.ledger.name).clean:  # (4)
            return tables
        if not last:
            break
        for part in parts:
            shutil.rmtree(place / part.relative_to(site.folder), ignore_errors=True)
        time.sleep(PAUSE_S)
    raise BrokenEvidence(f"expected a ledger that is in order; the copy of {site.ledger} isn't: see habeas ledger fsck. Nothing was saved")


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees one state of all tables, and in which nobody else writes to the log's waiting room."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute(f"LOCK TABLE {connection.ops.quote_name('base_logline')} IN SHARE ROW EXCLUSIVE MODE")
        yield


def _dump(place: Path) -> dict[str, Table]:
    place.mkdir(exist_ok=True)
    found = {}
    for name, model in kept_models().items():
        with (place / f"{name}.jsonl").open("wb") as file:
            found[name] = counted_lines(_written(lines_of(model), file.write))
    return found


def _written(lines: Iterator[bytes], write: Callable[[bytes], object]) -> Iterator[bytes]:
    for line in lines:
        write(line)
        yield line


def _ledger_parts(site: Site) -> tuple[Path, ...]:
    """The folders that the ledger consists of. A second place elsewhere stays there: it is what shows that a backup is old."""
    settings = read_settings(site.ledger)
    folder = site.ledger.resolve()
    for place in (settings.store, settings.tiles, settings.persons, *settings.log_keys, settings.persons_key):
        if "://" in place or not Path(address(folder, place)).is_relative_to(folder):
            raise BadInput(
                f"{site.ledger / LEDGER_FILE}: expected a ledger whose parts lie in its folder; {place} doesn't: save the "
                "site's folder, its database and that place by their own means, the database first"
            )
    second = Path(address(folder, settings.second_place)) if "://" not in settings.second_place else None
    inside = second is not None and second.is_relative_to(site.folder.resolve()) and not second.is_relative_to(folder)
    return (site.folder / second.relative_to(site.folder.resolve()), site.ledger) if second is not None and inside else (site.ledger,)


def _copy_ledger_part(source: Path, target: Path) -> None:
    """What is shown first, then the databases, then the rest."""
    found = [path for path in source.rglob("*") if path.is_file()]
    for path in sorted(found, key=_order):
        if path.suffix == ".sqlite":
            _copy_sqlite(path, target / path.relative_to(source))
        elif not path.name.endswith((".sqlite-wal", ".sqlite-shm", ".sqlite.writer", ".sqlite.writer-journal")):
            with suppress(FileNotFoundError):  # a partial tile that a fuller one replaced; the check tells whether it was needed
                _copy(path, target / path.relative_to(source))


def _order(path: Path) -> tuple[int, str]:
    return (0 if path.name == CHECKPOINT else 1 if path.suffix == ".sqlite" else 2, str(path))


def _copy_sqlite(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
        written.execute("PRAGMA journal_mode=DELETE")  # one file, not three


def _copy_uploads(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.relative_to(source).parts[0] not in PASSING:
            with suppress(FileNotFoundError):  # taken away since
                _copy(path, target / path.relative_to(source))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)  # the keys of a ledger may be nobody else's to read, here either
    shutil.copyfile(source, target)


def _digests(place: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(place.rglob("*")):
        if path.is_file():
            yield path.relative_to(place).as_posix(), digest_of(path)


def _pack(place: Path, manifest: Manifest, out: Path) -> None:
    """The archive, whole or not at all; the manifest comes first."""
    (place / MANIFEST).write_bytes(manifest.encode())
    whole = place.parent / f"{place.name}.tar"
    try:
        with open(os.open(whole, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123 - private from its first byte
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
                for name in (MANIFEST, *manifest.files):
                    archive.add(place / name, arcname=name, recursive=False, filter=_anonymous)
            file.flush()
            os.fsync(file.fileno())
        os.link(whole, out)  # unlike a rename, it never replaces what came there meanwhile
    finally:
        whole.unlink(missing_ok=True)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Whose file it was on this machine is nobody's business."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member
