from __future__ import annotations

import re
import subprocess
import sys
import zlib
from datetime import UTC, datetime

import pytest

import results
from habeas.errors import Unavailable
from habeas.reports import html
from habeas.runs.pdf import write_pdf

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(write_pdf(html.render(results.a_result(), at=AT)))
    return path


def told_by(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def unpacked(path):
    """What stands in the file's compressed streams."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", path.read_bytes(), re.DOTALL)
    return b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")


@pytest.mark.pdf
def test_the_pdf_is_tagged_titled_and_a4(pdf):
    told = told_by("pdfinfo", str(pdf))

    assert "Tagged:          yes" in told
    assert "COMPAS, two-year general recidivism – audit report" in told
    assert "(A4)" in told
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.read_bytes() or "pdfuaid" in told_by("pdfinfo", "-meta", str(pdf))


@pytest.mark.pdf
def test_the_pdf_has_headings_tables_and_described_pictures(pdf):
    tree = told_by("pdfinfo", "-struct", str(pdf))

    assert {"H1", "H2", "H3", "Table", "TH", "TD", "Figure"} <= {line.split()[0].strip(":") for line in tree.splitlines() if line.strip()}
    assert unpacked(pdf).count(b"/Alt") == html.render(results.a_result(), at=AT).count("<svg ")


@pytest.mark.pdf
def test_folded_parts_are_on_paper(pdf):
    text = told_by("pdftotext", "-layout", str(pdf), "-")

    assert "The same at the other cuts" in text
    assert "where a score of 8 or more counts as flagged" in text


@pytest.mark.pdf
def test_nothing_is_fetched_from_anywhere(tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("h1::after { content: 'FETCHED' }")
    page = f'<html lang="en"><head><title>t</title><link rel="stylesheet" href="{secret.as_uri()}"></head><body><h1>t</h1></body></html>'

    path = tmp_path / "page.pdf"
    path.write_bytes(write_pdf(page))

    assert told_by("pdftotext", str(path), "-").split() == ["t"]


def test_without_weasyprint_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(Unavailable) as refused:
        write_pdf("<html></html>")

    assert str(refused.value) == (
        "a PDF needs WeasyPrint and pango: in the clone, .venv/bin/pip install 'weasyprint>=70,<71' and, on Debian, "
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0; or leave the PDF out, the HTML report has the same content"
    )
