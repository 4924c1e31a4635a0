"""Checking evidence that somebody handed over: files in, the ladder out. No network, no ledger of one's own."""

from __future__ import annotations

from pathlib import Path

from habeas.errors import BadInput, Malformed, NotFound, Unavailable
from habeas.ledger.trust.evidence import MAX_EVIDENCE_BYTES
from habeas.ledger.trust.ladder import Verification, verify_evidence
from habeas.ledger.trust.policy import Policy, parse_policy
from habeas.terms.records import fields_of


def verify(evidence: bytes | str | Path, *, policy: Policy | str | Path | None = None, entry: bytes | None = None) -> Verification:
    """Check an evidence file, or a bare `.tlog-proof` together with the `entry` it is for.

    `policy` says whose signatures count (a path, or what `read_policy` gives); without one nothing can be proven. What the bytes of the
    evidence are never raises: the rung that fails says so.

    Raises:
        NotFound, Unavailable: a file isn't there or can't be read.
        Malformed: the policy isn't one.
    """
    raw = evidence if isinstance(evidence, bytes) else read_bytes(Path(evidence), what="an evidence file")
    chosen = policy if policy is None or isinstance(policy, Policy) else read_policy(Path(policy))
    return verify_evidence(raw, policy=chosen, entry=entry, fields_of=fields_of)


def read_policy(path: Path) -> Policy:
    """The trust policy in a file.

    Raises:
        NotFound, Unavailable: it isn't there or can't be read.
        Malformed: it isn't a policy; the message names file and line.
    """
    try:
        return parse_policy(read_bytes(path, what="a trust policy").decode("utf-8"))
    except (Malformed, UnicodeDecodeError) as problem:
        told = problem if isinstance(problem, Malformed) else "expected text in UTF-8; got a byte that is none: save it as UTF-8"
        raise Malformed(f"{path}: {told}") from None


def read_bytes(path: Path, *, what: str) -> bytes:
    """A whole file that somebody named; one byte beyond the largest evidence is read, so that it is refused for its size."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_EVIDENCE_BYTES + 1)
    except FileNotFoundError:
        raise NotFound(f"{path} is not there; expected {what}: check the name") from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder; expected {what}: name the file in it") from None
    except (OSError, ValueError) as problem:
        raise Unavailable(f"{path} can't be read; expected {what}: check that you may read it") from problem
