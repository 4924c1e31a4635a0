"""What a database must refuse whoever asks: to rewrite or remove an audit that was published, or what its owner said to it."""

from __future__ import annotations

from habeas.web.base.triggers.refusals import Refusal, any_differs, never_changed

FROZEN = (
    "system_id", "version_id", "number", "stage", "kind", "organisation_id", "made_by_id", "made_at", "title", "plan_text", "plan_digest",
    "data_digest", "result", "result_digest", "verdict", "finished_at", "independent", "paid_by", "relation", "statement", "caveats",
    "published_at", "published_by_id", "log_id",
)  # fmt: skip
"""What never changes once it is published; it may still be withdrawn."""

_AUDIT_STAYS = "a published audit is never changed: its auditor can withdraw it"
_SHOWN = "OLD.state IN ('published', 'withdrawn')"
_REWRITTEN = any_differs(FROZEN)
_HIDDEN = "NEW.state NOT IN ('published', 'withdrawn') OR (OLD.state = 'withdrawn' AND NEW.state <> OLD.state)"

WITHDRAWAL = ("withdrawn_at", "withdrawn_by_id", "withdrawn_why", "withdrawn_log_id")
"""What never changes once it is withdrawn."""

FIRST = (
    Refusal(
        name="audits_audit_stays",
        event="UPDATE",
        table="audits_audit",
        told=_AUDIT_STAYS,
        condition=f"{_SHOWN} AND ({_REWRITTEN} OR {_HIDDEN})",
    ),
    Refusal(name="audits_audit_kept", event="DELETE", table="audits_audit", told=_AUDIT_STAYS, condition=_SHOWN),
    *never_changed("audits_comment", table="audits_ownercomment", told="a comment to an audit is never changed"),
)
WITHDRAWN = Refusal(
    name="audits_withdrawal_stays",
    event="UPDATE",
    table="audits_audit",
    told="a withdrawal is never changed: who withdrew an audit, when and why stays",
    condition=f"OLD.state = 'withdrawn' AND ({any_differs(WITHDRAWAL)})",
)
REFUSALS = (*FIRST, WITHDRAWN)
