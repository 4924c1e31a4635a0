from __future__ import annotations

import json
from datetime import date

from habeas.reports.rulebooks.documents import changes_document, difference_document
from habeas.rules.difference import difference, rejudged
from habeas.rules.plain import digest
from habeas.terms.answers import Answer, Several, Ternary
from habeas.terms.description import SystemDescription
from screens.book_texts import book

ON = date(2026, 11, 22)
LISTED = {
    "purpose": Answer(value=Several(words=frozenset({"list"}))),
    "since": Answer(value=date(2025, 1, 1)),
    "human_decides": Answer(value=Ternary.NO),
}
SYSTEM = SystemDescription(name="The list", version="1", operator="somebody", about="does something", answers=LISTED)


def test_a_difference_is_a_document_for_programs() -> None:
    old, new = book(), book(("from: 2026-02-01", "from: 2027-01-01"))
    judged = rejudged({"xa-list": SYSTEM}, old, new, on=ON)
    document = difference_document(difference(old, new), on=ON, systems=1, rejudged=judged, other_days=[(date(2027, 1, 2), 3)])

    assert json.loads(json.dumps(document)) == {
        "habeas": "rulebook-difference/1",
        "old": {"id": "small", "short": "Small law", "version": "2", "checked_on": "2026-11-22", "sha256": digest(old)},
        "new": {"id": "small", "short": "Small law", "version": "2", "checked_on": "2026-11-22", "sha256": digest(new)},
        "prohibitions_weakened": [
            {
                "rule": "S-1",
                "title": "No lists",
                "how": "time",
                "field": "applies",
                "old": [{"from": "2026-02-01", "basis": "Art 9"}],
                "new": [{"from": "2027-01-01", "basis": "Art 9"}],
            }
        ],
        "book": [],
        "rules": [
            {
                "id": "S-1",
                "title": "No lists",
                "how": "amended",
                "fields": [{"field": "applies[0].from", "old": "2026-02-01", "new": "2027-01-01"}],
                "warnings": [],
            }
        ],
        "changelog": {"entries": [], "omissions": list(difference(old, new).omissions)},
        "on": "2026-11-22",
        "systems": 1,
        "systems_changed": [
            {
                "id": "xa-list",
                "name": "The list",
                "old": {"finding": "prohibited", "decided_by": ["S-1"]},
                "new": {"finding": "no rule found", "decided_by": []},
                "rules": {"S-1": {"old": "yes", "new": "no"}},
            }
        ],
        "systems_with_other_rules": [],
        "other_days": [{"on": "2027-01-02", "systems_changed": 3}],
    }


def test_a_changelog_is_a_document_for_programs() -> None:
    document = changes_document([book()])

    assert document["habeas"] == "rulebook-changes/1"
    assert document["books"][0]["changes"] == [
        {"version": "2", "on": "2026-11-22", "what": "The ban on lists.", "rules": ["S-1"]},
        {"version": "1", "on": "2026-01-01", "what": "First version."},
    ]
