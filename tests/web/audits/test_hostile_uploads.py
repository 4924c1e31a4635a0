"""What hostile files do to the site: nothing. Refused in clear words, nothing kept, nothing typed lost."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from habeas.reports.documents.reading import read_result
from habeas.runs.plan_file import plan_digest
from habeas.web.accounts.models import User
from habeas.web.audits import actions
from habeas.web.audits.files.receiving import Received
from habeas.web.audits.models import Audit
from habeas.web.base.models import Job
from habeas.web.register.models import SystemVersion
from web.makers import AUDIT_ROWS, audit_office, audit_plan, audited, auditor, owner, published_system, signed_in, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
BOUNDARY = "made-up-boundary"
MEGABYTE = 1_000_000


@pytest.fixture
def version() -> SystemVersion:
    """A version of a published system."""
    return version_of(published_system())


@pytest.fixture
def browser(client: Client, version: SystemVersion) -> Client:  # noqa: ARG001 - made first, by others
    """An auditor's."""
    return signed_in(client, User.objects.get(pk=auditor().person))


def send(browser: Client, version: SystemVersion, content: bytes, *, name: str = "rows.csv", plan: str = "", **more: Any) -> HttpResponse:
    """Upload these bytes as data."""
    fields = {
        "organisation": audit_office().pk,
        "version": version.pk,
        "plan": plan or audit_plan(),
        "rows": SimpleUploadedFile(name, content),
        **more,
    }
    answer: HttpResponse = browser.post(reverse("desk_audit_new", args=[version.system.slug]), fields)
    return answer


def refused(answer: HttpResponse, uploads: Path, told: str) -> None:
    """The answer says so, and nothing was kept."""
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert (Audit.objects.count(), Job.objects.filter(kind="audits.run").count()) == (0, 0)
    assert [path for path in uploads.rglob("*") if path.is_file()] == []


def bomb() -> bytes:
    """A zip archive of ten megabytes of nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.csv", b"0" * 10 * MEGABYTE)
    return made.getvalue()


PACKED = {
    "zip archive or a spreadsheet": bomb(),
    "packed with gzip": gzip.compress(b"0" * MEGABYTE),
    "packed with zstd": b"\x28\xb5\x2f\xfd" + bytes(20),
    "packed with bzip2": b"BZh9" + bytes(20),
    "packed with xz": b"\xfd7zXZ\x00" + bytes(20),
    "an old spreadsheet": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20),
    "a PDF": b"%PDF-1.7",
    "neither CSV text in UTF-8 nor Parquet": b"\x7fELF" + bytes(20),
    "it was cut short": b"PAR1" + bytes(20),
    "the file is empty": b"\n"[:0],
}


@pytest.mark.parametrize("told", [told for told in PACKED if told != "the file is empty"])
def test_what_is_packed_or_no_table_is_refused_by_what_it_holds(
    browser: Client, version: SystemVersion, uploads_of_its_own: Path, told: str
) -> None:
    refused(send(browser, version, PACKED[told], name="rows.csv"), uploads_of_its_own, told)


def test_an_empty_file_is_refused(browser: Client, version: SystemVersion, uploads_of_its_own: Path) -> None:
    refused(send(browser, version, b""), uploads_of_its_own, "file is empty")


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..\\..\\rows.csv", "/etc/passwd", "rows.csv\x00.html", "a" * 300 + ".csv", "con", "'/*"]
)
def test_the_name_of_a_file_leads_nowhere(browser: Client, version: SystemVersion, uploads_of_its_own: Path, name: str) -> None:
    send(browser, version, AUDIT_ROWS, name=name)
    files = [path for path in uploads_of_its_own.rglob("*") if path.is_file()]
    assert all(path.parent == uploads_of_its_own / "audits" and path.suffix == ".csv" and len(path.stem) == 32 for path in files)
    assert len(files) == Audit.objects.count() <= 1


@pytest.mark.parametrize("path", ["../../../../etc/passwd", "https://evil.example/a.csv", "/**/*", "a'); COPY (SELECT 1) TO '/tmp/x'; --"])
def test_the_path_in_a_plan_is_never_followed(browser: Client, version: SystemVersion, path: str) -> None:
    assert send(browser, version, AUDIT_ROWS, plan=audit_plan(path=path)).status_code == 302
    audit = Audit.objects.get()
    assert audit.upload.endswith(".csv")


def test_a_plan_that_unfolds_without_end_is_refused_and_stays_in_the_form(
    browser: Client, version: SystemVersion, uploads_of_its_own: Path
) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]" for i in range(12)]
    answer = send(browser, version, AUDIT_ROWS, plan="\n".join(lines))
    refused(answer, uploads_of_its_own, "the plan")
    assert "&amp;a [x, x" in answer.content.decode()


def test_a_plan_that_is_wrong_is_told_line_by_line_and_nothing_typed_is_lost(
    browser: Client, version: SystemVersion, uploads_of_its_own: Path
) -> None:
    answer = send(browser, version, AUDIT_ROWS, plan=audit_plan().replace("stage: design", "stage: someday"))
    refused(answer, uploads_of_its_own, "stage")
    assert "A made-up test of a made-up score" in answer.content.decode()


def test_a_plan_may_come_as_a_file(browser: Client, version: SystemVersion) -> None:
    plan = SimpleUploadedFile("plan.yaml", audit_plan().encode())
    assert send(browser, version, AUDIT_ROWS, plan=" ", plan_file=plan).status_code == 302
    assert Audit.objects.get().plan_text == audit_plan()


def test_files_of_fields_that_take_none_are_dropped(browser: Client, version: SystemVersion, uploads_of_its_own: Path) -> None:
    assert send(browser, version, AUDIT_ROWS, report=SimpleUploadedFile("x.json", b"{}")).status_code == 302
    assert len([path for path in uploads_of_its_own.rglob("*") if path.is_file()]) == 1


def test_cells_that_a_spreadsheet_would_run_are_text_to_us(browser: Client, version: SystemVersion) -> None:
    rows = AUDIT_ROWS.replace(b"\na,", b"\n\"=cmd|' /C calc'!A0\",")
    assert send(browser, version, rows).status_code == 302


# - size ----------------------------------------------------------------------------------------------------------------------------------


class Endless(io.RawIOBase):
    """A body of so many bytes that are made as they are read; remembers the most that ever lay on disk meanwhile."""

    def __init__(self, before: bytes, length: int, after: bytes, *, watched: Path) -> None:
        self._parts = self._made(before, length, after)
        self._left = b""
        self.watched, self.most_on_disk, self.read_in_all = watched, 0, 0

    def _made(self, before: bytes, length: int, after: bytes) -> Iterator[bytes]:
        yield before
        block = b"1,2,3,4\n" * 131_072
        for _ in range(length // len(block)):
            yield block
            on_disk = sum(path.stat().st_size for path in self.watched.rglob("*") if path.is_file())
            self.most_on_disk = max(self.most_on_disk, on_disk)
        yield after

    def read(self, size: int = -1) -> bytes:
        """As a server's input does."""
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return b""
            self._left = part
        found, self._left = (self._left, b"") if size < 0 else (self._left[:size], self._left[size:])
        self.read_in_all += len(found)
        return found


def body(version: SystemVersion, length: int, watched: Path) -> tuple[Endless, int]:
    """A form with a plan and a file of that length, and the length of it all."""
    fields = {"organisation": audit_office().pk, "version": version.pk, "plan": audit_plan()}
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="rows"; filename="rows.csv"\r\n\r\n')
    before, after = "".join(parts).encode(), f"\r\n--{BOUNDARY}--\r\n".encode()
    return Endless(before, length, after, watched=watched), len(before) + length + len(after)


def stream(browser: Client, version: SystemVersion, sent: Endless, length: int) -> HttpResponse:
    """Send it without holding it."""
    answer: HttpResponse = browser.generic(
        "POST",
        reverse("desk_audit_new", args=[version.system.slug]),
        **{"wsgi.input": sent, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}"},
    )
    return answer


def test_two_gigabytes_are_refused_in_words_and_never_lie_on_disk(
    browser: Client, version: SystemVersion, uploads_of_its_own: Path
) -> None:
    sent, length = body(version, 2_000 * 2**20, uploads_of_its_own)
    answer = stream(browser, version, sent, length)
    refused(answer, uploads_of_its_own, "larger than this site takes")
    assert "A made-up test of a made-up score" in answer.content.decode()
    assert 100 * MEGABYTE < sent.most_on_disk <= 200 * MEGABYTE


def test_a_length_that_lies_makes_no_difference(browser: Client, version: SystemVersion, uploads_of_its_own: Path, settings: Any) -> None:
    object.__setattr__(settings.SITE, "largest_upload_bytes", MEGABYTE)
    sent, length = body(version, 8 * 2**20, uploads_of_its_own)
    refused(stream(browser, version, sent, length + 5 * MEGABYTE), uploads_of_its_own, "larger than this site takes")
    assert sent.most_on_disk <= MEGABYTE


def test_whoever_sends_without_end_is_cut_off(browser: Client, version: SystemVersion, uploads_of_its_own: Path, settings: Any) -> None:
    object.__setattr__(settings.SITE, "largest_upload_bytes", MEGABYTE)
    sent, length = body(version, 64 * 2**20, uploads_of_its_own)
    answer = stream(browser, version, sent, length)
    assert answer.status_code == 422
    assert 16 * MEGABYTE < sent.read_in_all < 20 * MEGABYTE
    assert [path for path in uploads_of_its_own.rglob("*") if path.is_file()] == []


def test_whoever_may_not_upload_is_turned_away_before_a_byte_is_read(
    client: Client, version: SystemVersion, uploads_of_its_own: Path
) -> None:
    for person in (None, owner().person):
        if person is not None:
            client.force_login(User.objects.get(pk=person))
        sent, length = body(version, 8 * 2**20, uploads_of_its_own)
        assert stream(client, version, sent, length).status_code == 403
        assert (sent.most_on_disk, sent.read_in_all) == (0, 0)


def test_what_a_dying_process_leaves_behind_is_swept_though_no_audit_came_of_it(
    browser: Client, version: SystemVersion, uploads_of_its_own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Received, "close", lambda _: None)  # as if it had died before it could
        send(browser, version, b"")
    left = [path for path in uploads_of_its_own.rglob("*") if path.is_file()]
    assert left

    actions.sweep(at=datetime.now(UTC) + actions.UNCLAIMED_FOR)

    assert [path for path in left if path.exists()] == []
    assert not Audit.objects.exists()


def test_a_form_without_its_token_is_refused(version: SystemVersion, uploads_of_its_own: Path) -> None:
    browser = signed_in(Client(enforce_csrf_checks=True), User.objects.get(pk=auditor().person))
    assert send(browser, version, AUDIT_ROWS).status_code == 403
    assert Audit.objects.count() == 0
    assert [path for path in uploads_of_its_own.rglob("*") if path.is_file()] == []


def test_random_bytes_never_break_the_page(browser: Client, version: SystemVersion) -> None:
    for size in (1, 3, 4, 8, 1000):
        assert send(browser, version, os.urandom(size)).status_code in (302, 422)


@pytest.mark.parametrize("character", ["\\u0000", "\\u0007", "\\ud800", "\\uffff"])
def test_a_report_holds_no_characters_that_no_text_has(browser: Client, version: SystemVersion, tmp_path: Path, character: str) -> None:
    document = json.loads(audited(version, tmp_path).result)
    document["plan"]["title"] = "made-up title"
    text = json.dumps(document).replace("made-up title", f"made-up{character}title")
    changed = read_result(json.loads(text))
    text = text.replace(changed.plan_sha256, plan_digest(changed.plan))
    given = {"organisation": audit_office().pk, "version": version.pk, "report": SimpleUploadedFile("report.json", text.encode())}

    answer = browser.post(reverse("desk_audit_bring", args=[version.system.slug]), given)

    assert answer.status_code == 422
    assert "control characters or halves of characters" in answer.content.decode()
    assert Audit.objects.count() == 1


def test_a_report_whose_plan_could_never_have_been_one_is_refused(browser: Client, version: SystemVersion, tmp_path: Path) -> None:
    document = json.loads(audited(version, tmp_path).result)
    document["plan"]["confidence"] = 0.1
    report = SimpleUploadedFile("report.json", json.dumps(document).encode())
    given = {"organisation": audit_office().pk, "version": version.pk, "report": report}

    answer = browser.post(reverse("desk_audit_bring", args=[version.system.slug]), given)

    assert answer.status_code == 422
    assert Audit.objects.count() == 1


FRAMES = [
    *({"created": one} for one in (None, "yesterday", "2026-11-22T12:00:00", "2026-1-2T1:1:1Z", 7, "9999-12-31T23:59:59-12:00")),
    *({"tool": one} for one in (None, "habeas", {"name": "habeas"}, {"name": "habeas", "version": ["ada@force.example"]})),
    {"tool": {"name": "habeas", "version": "ada@force.example " * 5}},
]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_report_says_by_what_and_when_it_was_made_as_habeas_does_and_no_more(
    browser: Client, version: SystemVersion, tmp_path: Path, frame: dict[str, Any]
) -> None:
    document = json.loads(audited(version, tmp_path).result) | frame
    report = SimpleUploadedFile("report.json", json.dumps(document).encode())
    given = {"organisation": audit_office().pk, "version": version.pk, "report": report}

    answer = browser.post(reverse("desk_audit_bring", args=[version.system.slug]), given)

    assert answer.status_code == 422
    assert f"report: {next(iter(frame))}: expected" in answer.content.decode()
    assert Audit.objects.count() == 1


@pytest.mark.parametrize("place", [("cut", "threshold"), ("group_rate", "low"), ("reference_rate", "high")])
def test_a_report_whose_figures_cannot_be_shown_is_refused(
    browser: Client, version: SystemVersion, tmp_path: Path, place: tuple[str, str]
) -> None:
    document = json.loads(audited(version, tmp_path).result)
    document["findings"][0][place[0]][place[1]] = None
    report = SimpleUploadedFile("report.json", json.dumps(document).encode())
    given = {"organisation": audit_office().pk, "version": version.pk, "report": report}

    answer = browser.post(reverse("desk_audit_bring", args=[version.system.slug]), given)

    assert answer.status_code == 422
    assert "some of these can" in answer.content.decode()
    assert Audit.objects.count() == 1
