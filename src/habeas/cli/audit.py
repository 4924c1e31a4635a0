"""`habeas audit PLAN`: audit a system, print the finding, write the reports."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from habeas.audit.plan import Plan
from habeas.audit.result import AuditResult, Verdict
from habeas.cli.streams import remark, say, say_document, width
from habeas.cli.usage import WrongUsage, parser
from habeas.reports import html, json_report, terminal
from habeas.reports.documents.writing import to_bytes
from habeas.runs import cells_file
from habeas.runs.outputs import write_together
from habeas.runs.plan_file import read_plan
from habeas.runs.run import Progress, Run, assess
from habeas.runs.run import run as run_audit

EXIT_CODES = {Verdict.SHOWN_EQUAL: 0, Verdict.SHOWN_DIFFERENT: 1, Verdict.CANNOT_TELL: 2}

DESCRIPTION = """Audit a system by a plan that was written before looking at the data.

Prints the finding; with --out also writes DIR/report.html and DIR/report.json.
Leaves with 0: everything declared is shown equal within its tolerance; 1: a
disparity is shown; 2: this sample cannot tell; 64 and above: an error."""


def run(arguments: Sequence[str]) -> int:
    """Audit, write, print; return the verdict's exit code."""
    given = _parser().parse_args(arguments)
    _check_places(given)
    at = datetime.now(UTC)
    plan, digest = read_plan(given.plan)
    if given.digest:
        say(digest)
        return 0
    done = _audited(plan, given)
    document = to_bytes(json_report.document(done.result, at=at))
    finding = _finding(done.result)  # all that is to be said is made before anything is written
    written = write_together(_files(done, plan, document, given, at=at))
    try:
        say_document(document) if given.json else say(finding)
    finally:
        for path in written:
            remark(f"written: {path}")
    return EXIT_CODES[done.result.verdict]


def _parser() -> argparse.ArgumentParser:
    found = parser("habeas audit", DESCRIPTION)
    found.add_argument("plan", type=Path, metavar="PLAN", help="the audit plan, a YAML file (draft one: habeas audit init DATA)")
    found.add_argument("--out", type=Path, metavar="DIR", help="folder for report.html and report.json")
    found.add_argument("--pdf", action="store_true", help="also write DIR/report.pdf, tagged for screen readers (needs WeasyPrint)")
    found.add_argument("--json", action="store_true", help="print the result as JSON instead of words")
    found.add_argument("--cells", type=Path, metavar="FILE", help="also keep the cells (small counts: not for publication)")
    found.add_argument("--from-cells", type=Path, nargs="+", metavar="FILE", help="audit cells kept earlier, added up, not the rows")
    found.add_argument("--digest", action="store_true", help="check the plan, print its SHA-256 to publish beforehand, and stop")
    return found


def _check_places(given: argparse.Namespace) -> None:
    """Refuse a report that has no place, and cells in the place of the plan or a report, before the rows are counted."""
    reports = [given.out / name for name in ("report.html", "report.json", "report.pdf")] if given.out is not None else []
    if given.pdf and given.out is None:
        raise WrongUsage("habeas audit: --pdf needs a folder to write report.pdf into; add --out DIR")
    if given.cells is not None and given.cells.resolve() in {path.resolve() for path in (given.plan, *reports)}:
        raise WrongUsage(f"habeas audit: --cells {given.cells} would replace the plan or a report; give the cells a name of their own")


def _audited(plan: Plan, given: argparse.Namespace) -> Run:
    if given.from_cells is not None:
        return assess(plan, *cells_file.read_together(given.from_cells, plan))
    with _progress() as progress:
        return run_audit(plan, folder=given.plan.parent, progress=progress)


def _files(done: Run, plan: Plan, document: bytes, given: argparse.Namespace, *, at: datetime) -> dict[Path, bytes]:
    """Everything that was asked to be written, by its path."""
    reports = _reports(done.result, document, at=at, with_pdf=given.pdf) if given.out is not None else {}
    cells = {given.cells: cells_file.to_bytes(done.cells, done.intake, plan)} if given.cells is not None else {}
    return {given.out / name: content for name, content in reports.items()} | cells


def _reports(result: AuditResult, document: bytes, *, at: datetime, with_pdf: bool) -> dict[str, bytes]:
    page = html.render(result, at=at)
    files = {"report.html": page.encode(), "report.json": document}
    if with_pdf:
        from habeas.runs.pdf import write_pdf

        files["report.pdf"] = write_pdf(page)
    return files


def _finding(result: AuditResult) -> str:
    return terminal.render(result, width=width())


@contextlib.contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on a terminal's error stream; nothing where output is piped."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("counting rows", total=1.0)
        yield lambda fraction: bar.update(task, completed=fraction)
