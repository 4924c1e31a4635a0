"""Write the reference pages that are made from the code and from the data it brings: fields, rules, systems, and what --help says.

`make reference` runs this. Tests compare the pages with the code, so that they can't fall behind.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import django

from habeas.reports.result_schema import result_reference_markdown
from habeas.runs.ledgers.record_reference import record_reference_markdown
from habeas.runs.schemas import plan_reference_markdown
from habeas.runs.screens.documentation import made_pages, shelf, with_readings

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = DOCS / "reference"
NOT_ADVICE = DOCS / "explanation" / "not-legal-advice.md"
ON = date(2026, 11, 22)
"""The day whose law the pages tell: a fixed one, so that a page changes only where a book, an entry or the program does."""
HELP = re.compile(r"```console\n\$ (habeas[^\n]*--help)\n.*?```", re.DOTALL)


def helped(match: re.Match[str]) -> str:
    """The block with what the command says now, as an 80-column terminal shows it."""
    command = match[1].split()[1:]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    said = subprocess.run([sys.executable, "-P", "-m", "habeas", *command], env=environment, capture_output=True, text=True, check=True)
    return f"```console\n$ {match[1]}\n{said.stdout.rstrip()}\n```"


def pages_of_the_site() -> dict[str, str]:
    """Who may call what on the site, and its API; Django has to know its settings first."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web_settings")
    django.setup()
    from habeas.web.accounts.matrix import access_reference_markdown  # once the settings are there
    from habeas.web.api.reference import api_reference_markdown

    return {"access.md": access_reference_markdown(), "api.md": api_reference_markdown()}


def main() -> None:
    """Rewrite the pages in place."""
    for name, text in pages_of_the_site().items():
        (PAGES / name).write_text(text, encoding="utf-8")
    (PAGES / "audit-plan.md").write_text(plan_reference_markdown(), encoding="utf-8")
    (PAGES / "audit-result.md").write_text(result_reference_markdown(), encoding="utf-8")
    (PAGES / "ledger-records.md").write_text(record_reference_markdown(), encoding="utf-8")
    known = shelf(on=ON)
    for name, text in made_pages(known).items():
        (PAGES / name).parent.mkdir(exist_ok=True)
        (PAGES / name).write_text(text, encoding="utf-8")
    NOT_ADVICE.write_text(with_readings(NOT_ADVICE.read_text(encoding="utf-8"), known), encoding="utf-8")
    page = PAGES / "command-line.md"
    page.write_text(HELP.sub(helped, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
