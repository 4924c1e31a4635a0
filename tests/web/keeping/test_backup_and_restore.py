"""A saved site comes back as it was, on whichever database, and an altered one doesn't come back at all."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from habeas.errors import BadInput, BrokenEvidence, NotFound
from habeas.runs.ledgers.reading import check
from habeas.web.keeping.restoring import restore
from web.commands import environment

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def done(result: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    assert result.returncode == 0, result.stderr
    return result


def manifest(saved: Path) -> dict[str, dict[str, object]]:
    with tarfile.open(saved) as archive:
        file = archive.extractfile("manifest.json")
        assert file is not None
        found: dict[str, dict[str, object]] = json.loads(file.read())
        return found


def altered(saved: Path, out: Path, name: str, content: bytes) -> Path:
    """The same archive with another content of one file, which its manifest vouches for: as a site whose disk was damaged saves itself."""
    with tarfile.open(saved) as archive, tarfile.open(out, "w") as written:
        for member in archive:
            file = archive.extractfile(member)
            assert file is not None
            held = content if member.name == name else file.read()
            if member.name == "manifest.json":
                said = json.loads(held)
                said["files"][name] = digest(content)
                held = json.dumps(said).encode()
            member.size = len(held)
            written.addfile(member, io.BytesIO(held))
    return out


@pytest.fixture(scope="module")
def saved(filled_site: Path, habeas: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("saved") / "site.tar"
    done(habeas("site", "backup", filled_site, out))
    return out


def test_a_site_comes_back_equal_with_every_table_its_ledger_and_its_uploads(saved: Path, habeas: Run, script: Run, tmp_path: Path) -> None:
    folder, again = tmp_path / "site", tmp_path / "again.tar"

    done(habeas("site", "restore", saved, folder))
    done(habeas("site", "backup", folder, again))

    assert manifest(again)["tables"] == manifest(saved)["tables"]
    assert manifest(saved)["tables"]["accounts.user"]["rows"] == 60
    assert manifest(saved)["tables"]["base.logline"]["rows"] >= 6
    assert (folder / "uploads" / "counts" / "counts.csv").read_bytes() == b"a,b\n1,2\n\x00"
    assert b"sentinel-person" not in saved.read_bytes()  # rows of people are kept only until they are counted, and by no backup
    assert check(folder / "ledger").clean
    assert not (folder / "tables").exists()
    done(habeas("site", "check", folder))
    # what was still due is recorded by the restored site, behind what was recorded before; new rows are numbered on
    done(habeas("site", "manage", folder, "worker", "--once"))
    done(script("fill_a_site.py", folder, "lines"))
    counted = [line.split(":") for line in done(script("fill_a_site.py", folder, "count")).stdout.split()]
    known = int(str(manifest(saved)["tables"]["base.logline"]["rows"]))
    assert [index for _, index in counted] == [*map(str, range(known)), "None", "None", "None"]
    assert len({number for number, _ in counted}) == known + 3


def test_what_holds_every_secret_is_its_owners_alone(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert {"site.toml", "secrets/django.key", "ledger/keys/log-ed25519.json"} <= manifest(saved)["files"].keys()


def test_a_site_is_saved_while_its_worker_works(habeas: Run, script: Run, tmp_path: Path) -> None:
    folder, out, back = tmp_path / "site", tmp_path / "site.tar", tmp_path / "back"
    done(habeas("site", "init", folder, "--name", "x", "--address", "https://register.police.example"))
    command = [sys.executable, "-P", "-m", "habeas", "site", "manage", str(folder), "worker"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment()) as worker:
        try:
            assert worker.stderr is not None
            assert "worker-ready" in worker.stderr.readline()
            done(script("fill_a_site.py", folder, "lines"))
            done(habeas("site", "backup", folder, out))
            assert habeas("site", "manage", folder, "worker", "--once").returncode == 75  # it has its one worker
        finally:
            worker.terminate()
        assert worker.wait(60) == 0
    done(habeas("site", "restore", out, back))
    done(habeas("site", "manage", back, "worker", "--once"))

    assert check(back / "ledger").clean
    indices = [line.split(":")[1] for line in done(script("fill_a_site.py", back, "count")).stdout.split()]
    assert sorted(indices) == ["0", "1", "2"]
    assert check(back / "ledger").recorded == 3


def test_a_log_that_was_published_further_than_the_backup_knows_is_not_set_back(habeas: Run, script: Run, tmp_path: Path) -> None:
    folder, out, back = tmp_path / "site", tmp_path / "site.tar", tmp_path / "back"
    of_site = ("--name", "x", "--address", "https://register.police.example", "--second-place", tmp_path / "second")
    done(habeas("site", "init", folder, *of_site))
    done(habeas("site", "backup", folder, out))
    done(script("fill_a_site.py", folder, "lines"))
    done(habeas("site", "manage", folder, "worker", "--once"))

    restored = done(habeas("site", "restore", out, back))
    assert "NOT ready: the second place knows 3 entries, and this backup 0" in restored.stderr
    assert habeas("site", "manage", back, "worker", "--once").returncode == 76

    shutil.copytree(folder / "ledger" / "public", back / "ledger" / "public", dirs_exist_ok=True)
    done(habeas("ledger", "recover", back / "ledger"))
    done(script("fill_a_site.py", back, "lines"))
    done(habeas("site", "manage", back, "worker", "--once"))
    indices = [line.split(":")[1] for line in done(script("fill_a_site.py", back, "count")).stdout.split()]
    assert indices == ["3", "4", "5"]
    assert check(back / "ledger").clean


def test_nobody_is_signed_in_at_a_restored_site_who_may_have_signed_out_since(habeas: Run, script: Run, tmp_path: Path) -> None:
    folder, out, back = tmp_path / "site", tmp_path / "site.tar", tmp_path / "back"
    done(habeas("site", "init", folder, "--name", "x", "--address", "https://register.police.example"))
    done(script("fill_a_site.py", folder, "sign_in"))
    done(habeas("site", "backup", folder, out))
    done(habeas("site", "restore", out, back))

    assert done(script("fill_a_site.py", folder, "sessions")).stdout == "1 1"
    assert done(script("fill_a_site.py", back, "sessions")).stdout == "0 0"


@pytest.mark.postgres
def test_a_site_moves_to_postgresql_and_back_unaltered(saved: Path, habeas: Run, script: Run, tmp_path: Path, postgres: str) -> None:
    there, back = tmp_path / "there.tar", tmp_path / "back.tar"

    done(habeas("site", "restore", saved, tmp_path / "there", "--database", postgres))
    done(habeas("site", "check", tmp_path / "there"))
    done(habeas("site", "backup", tmp_path / "there", there))
    done(habeas("site", "restore", there, tmp_path / "back", "--database", "sqlite"))
    done(habeas("site", "backup", tmp_path / "back", back))

    assert manifest(there)["tables"] == manifest(saved)["tables"]
    assert manifest(back)["tables"] == manifest(saved)["tables"]
    # new rows are numbered on there too, and the worker works
    done(script("fill_a_site.py", tmp_path / "there", "lines"))
    done(habeas("site", "manage", tmp_path / "there", "worker", "--once"))
    assert check(tmp_path / "there" / "ledger").clean
    # a database that holds something is left alone
    refused = habeas("site", "restore", saved, tmp_path / "second", "--database", postgres)
    assert refused.returncode == 65
    assert "expected an empty database" in refused.stderr


def tables_of(database: str) -> list[str]:
    """What stands in a database of PostgreSQL."""
    with psycopg.connect(database) as connection:
        return [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


@pytest.mark.postgres
def test_a_restore_that_fails_leaves_the_database_empty(saved: Path, habeas: Run, tmp_path: Path, postgres: str) -> None:
    broken = altered(saved, tmp_path / "broken.tar", "ledger/public/checkpoint", b"not a checkpoint\n")

    refused = habeas("site", "restore", broken, tmp_path / "site", "--database", postgres)

    assert refused.returncode in {65, 76}, refused.stderr
    assert tables_of(postgres) == []
    assert not (tmp_path / "site").exists()
    done(habeas("site", "restore", saved, tmp_path / "site", "--database", postgres))


@pytest.mark.postgres
def test_a_site_is_made_in_an_empty_database_alone(habeas: Run, tmp_path: Path, postgres: str) -> None:
    of_site = ("--name", "x", "--address", "https://register.police.example", "--database", postgres)
    with psycopg.connect(postgres) as connection:
        connection.execute("CREATE TABLE of_somebody_else (name text)")

    refused = habeas("site", "init", tmp_path / "site", *of_site, "--second-place", tmp_path / "second")

    assert refused.returncode == 65
    assert "expected an empty database" in refused.stderr
    assert tables_of(postgres) == ["of_somebody_else"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_a_site_that_could_not_be_made_leaves_the_database_empty(habeas: Run, tmp_path: Path, postgres: str) -> None:
    of_site = ("--name", "x", "--address", "https://register.police.example", "--database", postgres)
    (tmp_path / "file").touch()

    assert habeas("site", "init", tmp_path / "site", *of_site, "--second-place", tmp_path / "file" / "second").returncode != 0
    assert tables_of(postgres) == []
    done(habeas("site", "init", tmp_path / "site", *of_site))


def test_a_backup_replaces_no_file_and_a_restore_no_folder(saved: Path, filled_site: Path, habeas: Run) -> None:
    assert habeas("site", "backup", filled_site, saved).returncode == 65
    assert habeas("site", "restore", saved, filled_site).returncode == 65


def test_a_ledger_whose_database_is_elsewhere_is_not_half_saved(saved: Path, habeas: Run, tmp_path: Path) -> None:
    done(habeas("site", "restore", saved, tmp_path / "site"))
    settings = tmp_path / "site" / "ledger" / "ledger.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("'log.sqlite'", "'../log.sqlite'"), encoding="utf-8")

    refused = habeas("site", "backup", tmp_path / "site", tmp_path / "out.tar")

    assert refused.returncode == 65
    assert "whose parts lie in its folder" in refused.stderr
    assert not (tmp_path / "out.tar").exists()


# --- archives that somebody altered; nothing of them may reach the disk outside the folder, and nothing stays in it ---

FILES = {"site.toml": b"name = 'x'\n", "secrets/django.key": b"made up\n"}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def archive(path: Path, files: dict[str, bytes], *, names: dict[str, str] | None = None, links: dict[str, str] | None = None) -> Path:
    """An archive of these files whose manifest names `names` (none given: just what is there)."""
    said = names if names is not None else {name: digest(content) for name, content in files.items()}
    made_up = {"format": "habeas-site-backup/1", "made_at": "", "release": "", "migrations": [], "tables": {}, "files": said}
    with tarfile.open(path, "w") as tar:
        for name, content in {"manifest.json": json.dumps(made_up).encode(), **files}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            tar.addfile(member)
    return path


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil-of-habeas", "a/../../evil", "ledger//evil", "./evil", "a\\..\\evil"])  # noqa: S108
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    saved = archive(tmp_path / "saved.tar", {**FILES, name: b"evil"})

    with pytest.raises(BadInput, match="lead into the folder"):
        restore(saved, tmp_path / "deep" / "site")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [saved]
    assert not (tmp_path / "deep" / "site").exists()


def test_what_is_altered_missing_or_added_is_noticed(tmp_path: Path) -> None:
    names = {name: digest(content) for name, content in FILES.items()}
    wrong = {
        "altered": archive(tmp_path / "altered.tar", {**FILES, "site.toml": b"name = 'y'\n"}, names=names),
        "missing": archive(tmp_path / "missing.tar", {"site.toml": FILES["site.toml"]}, names=names),
        "added": archive(tmp_path / "added.tar", {**FILES, "more": b""}, names=names),
        "link": archive(tmp_path / "link.tar", {"site.toml": FILES["site.toml"]}, names=names, links={"secrets/django.key": "/etc/passwd"}),
    }

    for what, problem in (("altered", BrokenEvidence), ("missing", BrokenEvidence), ("added", BadInput), ("link", BadInput)):
        with pytest.raises(problem):
            restore(wrong[what], tmp_path / what)
        assert not (tmp_path / what).exists()


@pytest.mark.parametrize("content", [b"", b"not an archive" * 100])
def test_what_is_no_saved_site_is_told_from_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(content)

    with pytest.raises(BadInput, match="expected a file that habeas site backup wrote"):
        restore(tmp_path / "x.tar", tmp_path / "site")
    with pytest.raises(NotFound):
        restore(tmp_path / "y.tar", tmp_path / "site")


def test_an_archive_that_was_cut_off_is_refused(saved: Path, tmp_path: Path) -> None:
    whole = saved.read_bytes()
    (tmp_path / "half.tar").write_bytes(whole[: len(whole) // 2])

    with pytest.raises((BadInput, BrokenEvidence)):
        restore(tmp_path / "half.tar", tmp_path / "site")
    assert not (tmp_path / "site").exists()
