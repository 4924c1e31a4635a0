"""What pages, programs and tables are told of an audit, in one place."""

from __future__ import annotations

from typing import Any

from habeas.audit.result import Verdict
from habeas.reports.registers.table import words
from habeas.terms.system import Stage
from habeas.web.audits.models import Audit
from habeas.web.audits.queries import AuditShown, comment_of, result_of
from habeas.web.audits.words import KINDS, MEANINGS, PAID_BY, RELATIONS, VERDICTS
from habeas.web.register.words import STAGES

COLUMNS = ("number", "title", "version", "stage", "verdict", "auditor", "independent", "run_here", "published_on", "withdrawn")


def facts(one: AuditShown) -> dict[str, Any]:
    """A published audit for programs, in the words of the ledger."""
    return {
        "number": one.number,
        "title": one.title,
        "version": one.version,
        "stage": one.stage.value,
        "verdict": one.verdict.value,
        "auditor": one.auditor,
        "independent": one.independent,
        "run_here": not one.brought,
        "published_on": one.published_at.date().isoformat(),
        "withdrawn": one.withdrawn,
    }


def cells(one: AuditShown) -> list[str]:
    """The same as cells of a table, in the order of `COLUMNS`."""
    told = facts(one)
    return [words(told[name]) for name in COLUMNS]


def summary(one: AuditShown) -> dict[str, Any]:
    """The same for a list of a page, in the reader's language."""
    return {
        "one": one,
        "verdict": VERDICTS[one.verdict],
        "kind": KINDS[one.verdict],
        "meaning": MEANINGS[one.verdict],
        "stage": STAGES[one.stage],
    }


def shown_of(audit: Audit) -> dict[str, Any]:
    """What the page of one audit needs beside its report."""
    verdict = Verdict(audit.verdict)
    return {
        "verdict": VERDICTS[verdict],
        "meaning": MEANINGS[verdict],
        "kind": KINDS[verdict],
        "stage": STAGES[Stage(audit.stage)],
        "paid_by": PAID_BY.get(audit.paid_by, ""),
        "relation": RELATIONS.get(audit.relation, ""),
        "comment": comment_of(audit),
        "result": result_of(audit),
    }


def said_of(audit: Audit) -> dict[str, Any]:
    """The same for programs."""
    comment = comment_of(audit)
    return {
        "system": audit.system.slug,
        "number": audit.number,
        "version": {"name": audit.version.name, "sha256": audit.version.digest or None},
        "stage": audit.stage,
        "verdict": audit.verdict,
        "withdrawn": None if audit.withdrawn_at is None else {"on": str(audit.withdrawn_at.date()), "why": audit.withdrawn_why},
        "auditor": {"name": audit.organisation.name, "authority": audit.organisation.authority},
        "independence": {
            "independent": audit.independent,
            "paid_by": audit.paid_by,
            "relation": audit.relation,
            "statement": audit.statement,
        },
        "caveats": audit.caveats,
        "run_here": audit.kind == "run",
        "published_on": None if audit.published_at is None else str(audit.published_at.date()),
        "plan_sha256": audit.plan_digest,
        "result_sha256": audit.result_digest,
        "ledger": None if audit.log is None else {"index": audit.log.index, "document": audit.log.document},
        "comment": None if comment is None else {"on": str(comment.at.date()), "text": comment.text},
    }
