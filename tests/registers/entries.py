"""A made-up entry for the tests of this folder."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from habeas.reports.registers.entry import Operator, PublicEntry, Withheld
from habeas.terms.register import Content

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FORCE = Operator(slug="force", name="Midshire Police", kind="police", place="GB-ENG", made_up=True)
SECRET = Withheld(field="suppliers", ground="trade-secret", reason="a contract", approver_role="approver", until=date(2027, 1, 2))

CONTENT: Content = {
    "name": "Risk tool",
    "plain_summary": "It gives people a score.",
    "status": "in-use",
    "used_on": ["suspects", "children"],
    "purpose": "To set priorities.",
    "how_to_challenge": "Write to us.",
    "contact_email": "questions@midshire.example",
    "language": "en",
    "laws": [{"title": "An Act, s. 1", "link": "https://law.example/1"}, {"title": "A policy"}],
    "risks": [{"name": "Bias", "measure": "A test a year"}],
}


def entry(content: Content = CONTENT, **fields: Any) -> PublicEntry:
    """The entry, published at noon."""
    known: dict[str, Any] = {
        "system": "risk-tool",
        "operator": FORCE,
        "address": "https://register.example/register/risk-tool/",
        "standing": "published",
        "edition": 2,
        "digest": "ab" * 32,
        "published": NOON,
    }
    return PublicEntry(content=content, **{**known, **fields})
