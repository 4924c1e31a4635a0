"""What an uploaded file is, told from its bytes: its name proves nothing."""

from __future__ import annotations

import codecs
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from habeas.audit.measures.disparities import by_its_figures, overall
from habeas.audit.result import AuditResult, Verdict
from habeas.errors import BadData, HabeasError
from habeas.reports import html
from habeas.reports.documents.reading import read_result
from habeas.runs.plan_file import plan_digest

PARQUET = b"PAR1"
LOOKED_AT = 1 << 16
NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
WRITTEN_AT = "%Y-%m-%dT%H:%M:%SZ"
LONGEST_WORD = 60
PACKED = {
    b"PK\x03\x04": "a zip archive or a spreadsheet",
    b"PK\x05\x06": "an empty zip archive",
    b"\x1f\x8b": "packed with gzip",
    b"\x28\xb5\x2f\xfd": "packed with zstd",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ\x00": "packed with xz",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a rar archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet or document",
    b"%PDF": "a PDF",
}
"""How files begin that aren't taken: a few bytes of them may unpack to more than any disk holds."""


def suffix_of(path: Path) -> str:
    """`.csv` or `.parquet`, by what the file holds.

    Raises:
        BadData: it is neither; the message says what it looks like.
    """
    with path.open("rb") as file:
        start = file.read(LOOKED_AT)
        file.seek(max(0, path.stat().st_size - len(PARQUET)))
        end = file.read()
    if not start:
        raise BadData("data: the file is empty; expected a header and at least one row: export it again")
    packed = next((told for magic, told in PACKED.items() if start.startswith(magic)), None)
    if packed is not None:
        raise BadData(f"data: the file is {packed}; expected CSV text or Parquet, not packed: unpack it, or export it as CSV UTF-8")
    if start.startswith(PARQUET):
        if end != PARQUET:
            raise BadData("data: the file begins as Parquet and doesn't end so; it was cut short: export it again")
        return ".parquet"
    if not _is_text(start):
        raise BadData("data: the file is neither CSV text in UTF-8 nor Parquet; export it as one of these")
    return ".csv"


def _is_text(start: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)  # a character may be cut in two at the end
    except UnicodeDecodeError:
        return False
    return b"\0" not in start


def brought_result(content: bytes) -> tuple[AuditResult, dict[str, Any]]:
    """The result that a report.json holds, as far as it bears out: its plan has its digest, its figures give its verdict.

    Raises:
        BadData: it isn't a report of habeas, or doesn't agree with itself.
    """
    try:
        document = json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadData(
            "report: expected the report.json that habeas audit --out wrote; it can't be read as JSON: choose that file"
        ) from None
    if not isinstance(document, dict):
        raise BadData("report: expected the report.json that habeas audit --out wrote; it holds something else: choose that file")
    try:
        _expect_text(document)
        result = read_result(document)
        _expect_frame(document)
    except RecursionError:
        raise BadData("report: expected a report.json as habeas wrote it; it is nested beyond measure") from None
    digest = plan_digest(result.plan)
    if digest != result.plan_sha256:
        raise BadData(f"report: expected a plan with the digest it names, {result.plan_sha256[:64]}; its plan has {digest}: it was changed")
    told = recomputed(result)
    if told is not result.verdict:
        raise BadData(f"report: its figures say {told.value}, its verdict says {result.verdict.value}: the report was changed")
    _expect_shown(result, at=datetime.fromisoformat(document["created"]))
    return result, document


def recomputed(result: AuditResult) -> Verdict:
    """The verdict that the findings give, each by its own figures.

    Raises:
        BadData: a finding's figures say something else than the finding.
    """
    for one in result.findings:
        told = by_its_figures(one, confidence=result.plan.confidence)
        if told is not one.verdict:
            raise BadData(f"report: a finding's figures say {told.value}, the finding says {one.verdict.value}: the report was changed")
    asked = {(question.metric, question.by) for question in result.plan.confirmatory}
    answered = {(one.metric, name) for one in result.findings for name in one.group.attributes}
    return overall(result.findings, answered=asked <= answered)


def _expect_frame(document: dict[str, Any]) -> None:
    """See that by what and when a report was made is said as habeas says it: its pages read the time, and everybody reads all of it."""
    tool = document.get("tool")
    if not _is_time(document.get("created")):
        raise BadData("report: created: expected when it was made, such as 2026-11-22T12:00:00Z; it says something else: it was changed")
    if not (isinstance(tool, dict) and tool.keys() == {"name", "version"} and all(_is_word(one) for one in tool.values())):
        raise BadData("report: tool: expected the name and version of what made it; it says something else: it was changed")


def _expect_shown(result: AuditResult, *, at: datetime) -> None:
    """See that the report can be laid out: figures that no audit finds (a rate without bounds, a threshold of nothing) may stop it."""
    try:
        html.render(result, at=at)
    except (HabeasError, TypeError, ValueError, ArithmeticError, LookupError):
        raise BadData("report: expected figures as an audit finds them; some of these can't be shown: the report was changed") from None


def _is_time(value: object) -> bool:
    try:
        told = datetime.strptime(str(value), WRITTEN_AT)  # noqa: DTZ007 - the Z is asked for, and no time is worked out
    except ValueError:
        return False
    return told.strftime(WRITTEN_AT) == value  # a day without its zero is read here, and nowhere else


def _is_word(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_WORD


def _expect_text(value: object) -> None:
    """Refuse characters that no text has: a database takes some of them, another ends in an error over them."""
    if isinstance(value, str) and NOT_TEXT.search(value):
        raise BadData(
            "report: expected text; got control characters or halves of characters in it, which habeas never writes: it was changed"
        )
    if isinstance(value, dict):
        for name, one in value.items():
            _expect_text(name)
            _expect_text(one)
    elif isinstance(value, list):
        for one in value:
            _expect_text(one)


def _no_constant(name: str) -> Any:
    raise ValueError(name)
