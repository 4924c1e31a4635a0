"""The page on reading an audit: what it says of the files to be saved holds of a published audit."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from docs.fences import examples
from web.makers import published_audit, published_system, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]


def test_what_the_page_checks_holds_and_fails_once_the_result_is_altered(client: Client, tmp_path: Path, repository: Path) -> None:
    system = published_system()
    published_audit(version_of(system), tmp_path)
    audit = client.get(f"/register/{system.slug}/audits/1.json").json()
    report = client.get(f"/register/{system.slug}/audits/1/report.json").content
    names: dict[str, Any] = {}
    for one in examples((repository / "docs" / "how-to" / "read-an-audit.md").read_text(encoding="utf-8")):
        if one.language == "python":
            exec(compile(one.body, "how-to", "exec"), names)  # noqa: S102 - our own examples

    assert names["belongs_together"](audit, report)
    assert not names["belongs_together"](audit, report.replace(b"0.9", b"0.8", 1))
    assert names["in_the_ledger"](audit) == hashlib.sha256(audit["ledger"]["document"].encode()).hexdigest()


def test_what_the_page_names_stands_on_the_audit_s_page(client: Client, tmp_path: Path) -> None:
    system = published_system()
    published_audit(version_of(system), tmp_path)

    shown = client.get(f"/register/{system.slug}/audits/1/").content.decode()

    words = ("What was tested, and by whom", "Paid by", "Ties", "The auditor&#x27;s caveats", "Take it with you, check it")
    assert [one for one in words if one not in shown and one.replace("&#x27;", "'") not in shown] == []
