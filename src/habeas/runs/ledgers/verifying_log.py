"""Checking a whole log as a stranger can: from its public files, a trust policy, and a checkpoint kept from earlier.

1. A log of the policy signed the checkpoint.
2. As many of the policy's witnesses cosigned it as the policy asks for.
3. Every entry is there, and all together lead to the root that was signed.
4. The log as it was at the earlier checkpoint is the beginning of the log as it is: nothing was altered, dropped or put in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from habeas.errors import BrokenEvidence, HabeasError, Inconsistent, Malformed, NotFound, ProofFailed
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.trust.consistency import verify_consistency_of
from habeas.ledger.trust.policy import Checking, Policy, check_note
from habeas.ledger.trust.rungs import LOG_NAMES, LogVerification, Outcome, Step, climbed
from habeas.runs.ledgers.verifying import read_bytes, read_policy
from habeas.stores.log.fsck import Progress, nobody
from habeas.stores.log.head import head_of
from habeas.stores.log.published import Published
from habeas.stores.objects.place import CHECKPOINT, Place, open_place

SAID_EVERY = 4096
"""Entries between two calls of `Progress`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    place: Place
    policy: Policy
    raw: bytes
    since: bytes | None
    progress: Progress


def verify_log(
    files: str | Path, *, policy: Policy | str | Path, since: bytes | str | Path | None = None, progress: Progress | None = None
) -> LogVerification:
    """Check the log whose public files (`checkpoint` and the folder `tile`) lie in the folder `files`.

    `since`: a checkpoint of the same log, kept from earlier; without it, only the log as it is now is checked. What is wrong with the
    log never raises: the step that fails says so, and keeps the checkpoints.

    Raises:
        NotFound: there is no checkpoint in `files`, or no file of that name.
        Malformed: the policy isn't one.
        Unavailable: a file can't be read.
    """
    place = open_place(files)
    chosen = policy if isinstance(policy, Policy) else read_policy(Path(policy))
    earlier = since if since is None or isinstance(since, bytes) else read_bytes(Path(since), what="a checkpoint")
    case = _Case(place=place, policy=chosen, raw=_checkpoint(place, files), since=earlier, progress=progress or nobody)
    steps: list[Step] = []
    try:
        checking = check_note(chosen, case.raw)  # (1)
    except (Malformed, BrokenEvidence) as error:
        failed: Step = (Outcome.FAILED, f"The log's signature doesn't hold: {error}.", (case.raw,))
        return LogVerification(rungs=climbed(LOG_NAMES, [failed]))
    checkpoint = checking.checkpoint
    told = f"{checkpoint.origin} signed that it has {checkpoint.size} entries, under {len(checking.log)} of its keys."
    steps.append((Outcome.HELD, told, (case.raw,)))
    for step in _climb(case, checking):
        steps.append(step)
        if step[0] is Outcome.FAILED:
            break
    return LogVerification(rungs=climbed(LOG_NAMES, steps), checkpoint=checkpoint)


def _climb(case: _Case, checking: Checking) -> Iterator[Step]:
    yield _witnessed(case, checking)
    yield _whole(case, checking)
    yield _grown(case, checking)


def _witnessed(case: _Case, checking: Checking) -> Step:
    # (2) without it, the log could be showing this state to one and another to everybody else
    who = f"{len(checking.witnesses)} of the policy's {len(case.policy.witnesses)} witnesses cosigned"
    if not checking.quorum:
        return Outcome.FAILED, f"{who}, fewer than the policy asks for: the log may be showing others something else.", (case.raw,)
    if not checking.witnesses:
        return Outcome.HELD, "The policy asks for no witness: the log's word alone stands behind this state.", (case.raw,)
    return Outcome.HELD, f"{who}, as many as the policy asks for or more.", (case.raw,)


def _whole(case: _Case, checking: Checking) -> Step:
    # (3) entry by entry against tiles, each of which is seen to belong under the signed root
    size = checking.checkpoint.size
    try:
        for done, _ in enumerate(_published(case, checking).entries(0, head=head_of(case.raw))):
            if done % SAID_EVERY == 0:
                case.progress(done, size)
    except (NotFound, Malformed, BrokenEvidence) as error:
        return _other_files(case, error)
    case.progress(size, size)
    return Outcome.HELD, f"All {size} entries are there, and lead to the root {checking.checkpoint.root.hex()}.", (case.raw,)


def _other_files(case: _Case, error: HabeasError) -> Step:
    return Outcome.FAILED, f"The public files aren't those of this state: {error}.", (case.raw,)


def _grown(case: _Case, checking: Checking) -> Step:
    # (4) the proof is made here, from files that were just seen to lead to the root: if it fails, no other could hold
    if case.since is None:
        return Outcome.NOT_ASKED, "No earlier checkpoint was given, so nothing was compared with it.", ()
    both = (case.since, case.raw)
    try:
        earlier = check_note(case.policy, case.since).checkpoint
    except (Malformed, BrokenEvidence) as error:
        return Outcome.FAILED, f"The earlier checkpoint isn't one that the policy trusts: {error}.", both
    if earlier.origin != checking.checkpoint.origin:
        return Outcome.FAILED, f"The earlier checkpoint is of another log, {earlier.origin}: it says nothing of this one.", both
    if earlier.size > (now := checking.checkpoint.size):
        told = f"The log had {earlier.size} entries then, and shows {now} now: these files are older, or the log was set back."
        return Outcome.FAILED, told, both
    return _extended(case, checking, earlier, both)


def _extended(case: _Case, checking: Checking, earlier: Checkpoint, both: tuple[bytes, bytes]) -> Step:
    size = checking.checkpoint.size
    try:
        path = _published(case, checking).prove_consistency(old=earlier.size, head=head_of(case.raw)) if 0 < earlier.size < size else ()
    except (NotFound, Malformed, BrokenEvidence) as error:
        return _other_files(case, error)
    try:
        verify_consistency_of(*both, path=path, policy=case.policy)
    except Inconsistent as error:
        return Outcome.FAILED, f"{error}.", both
    except ProofFailed:
        told = (
            f"The log signed another beginning for its first {earlier.size} entries: what was recorded then was altered or dropped since."
        )
        return Outcome.FAILED, f"{told} Keep both checkpoints, and these files: together they prove it.", both
    count = f"{earlier.size} {'entry' if earlier.size == 1 else 'entries'}"
    return Outcome.HELD, f"What it held then ({count}) is its beginning, unaltered and in its order.", both


def _published(case: _Case, checking: Checking) -> Published:
    origin = checking.checkpoint.origin
    return Published(case.place, origin=origin, keys=case.policy.logs_for(origin))


def _checkpoint(place: Place, files: str | Path) -> bytes:
    try:
        return place.get(CHECKPOINT)
    except NotFound:
        raise NotFound(
            f"expected the public files of a log in {files}; there is no {CHECKPOINT}: name the folder that holds {CHECKPOINT} and tile"
        ) from None
