"""What a database must refuse whoever asks: to rewrite or remove an audit that was published, or what its owner said to it."""

from __future__ import annotations

from collections.abc import Mapping

from habeas.web.register.triggers import dropping, refusing

FROZEN = (
    "system_id", "version_id", "number", "stage", "kind", "organisation_id", "made_by_id", "made_at", "title", "plan_text", "plan_digest",
    "data_digest", "result", "result_digest", "verdict", "finished_at", "independent", "paid_by", "relation", "statement", "caveats",
    "published_at", "published_by_id", "log_id",
)  # fmt: skip
"""What never changes once it is published; it may still be withdrawn."""

_AUDIT_STAYS = "a published audit is never changed: its auditor can withdraw it"
_COMMENT_STAYS = "a comment to an audit is never changed"
_SHOWN = "OLD.state IN ('published', 'withdrawn')"
_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
NAMES: Mapping[str, str] = {
    "audits_audit_stays": "audits_audit",
    "audits_audit_kept": "audits_audit",
    "audits_comment_stays": "audits_ownercomment",
    "audits_comment_kept": "audits_ownercomment",
}
"""Each trigger with its table."""


def making(vendor: str) -> tuple[str, ...]:
    """The statements that set the triggers up."""
    return (
        refusing(vendor, "audits_audit_stays", "UPDATE", "audits_audit", _rewritten(_DIFFERS[vendor]), _AUDIT_STAYS),
        refusing(vendor, "audits_audit_kept", "DELETE", "audits_audit", _SHOWN, _AUDIT_STAYS),
        refusing(vendor, "audits_comment_stays", "UPDATE", "audits_ownercomment", "1 = 1", _COMMENT_STAYS),
        refusing(vendor, "audits_comment_kept", "DELETE", "audits_ownercomment", "1 = 1", _COMMENT_STAYS),
    )


def removing(vendor: str) -> tuple[str, ...]:
    """The statements that take the triggers away again: for undoing the migration, and for emptying a database of tests."""
    return dropping(vendor, NAMES)


def _rewritten(differs: str) -> str:
    frozen = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in FROZEN)
    hidden = "NEW.state NOT IN ('published', 'withdrawn') OR (OLD.state = 'withdrawn' AND NEW.state <> OLD.state)"
    return f"{_SHOWN} AND ({frozen} OR {hidden})"
