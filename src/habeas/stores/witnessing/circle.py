"""All the witnesses of a log, asked at once: what they give is worth more the more independent they are, and none may hold up the rest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from habeas.errors import HabeasError, Malformed, ProofFailed
from habeas.ledger.notes.note import NoteSignature
from habeas.ledger.trust.policy_parts import Witness
from habeas.stores.witnessing.client import Prove, ask_witness

MOST_AT_ONCE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of it: the lines to add to the checkpoint, the names of the witnesses that made them, and why the others didn't.

    `Inconsistent` among the failures is not an outage: somebody has seen another history of this log.
    """

    signatures: tuple[NoteSignature, ...]
    cosigned: frozenset[str]
    failed: Mapping[str, HabeasError]


def ask_witnesses(
    witnesses: Iterable[Witness], *, checkpoint: bytes, known: Mapping[str, int], prove: Prove, timeout_s: float = 5.0
) -> Asked:
    """Ask every witness to cosign the signed `checkpoint`; never raises because one of them fails.

    Witnesses at one address are one service with several keys, and are asked once. `known`: by name, the size each last cosigned
    for us, where we know. `prove` is called by one thread at a time.
    """
    wanted = tuple(witnesses)
    services = _by_address(wanted)
    once = _one_at_a_time(prove)

    def ask(address: str) -> tuple[NoteSignature, ...] | HabeasError:
        members = services[address]
        last = max(known.get(witness.name, 0) for witness in members)
        try:
            keys = [witness.key for witness in members]
            return ask_witness(address, checkpoint=checkpoint, keys=keys, known=last, prove=once, timeout_s=timeout_s)
        except HabeasError as error:
            return error

    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE, thread_name_prefix="witness") as pool:
        answers = dict(zip(services, pool.map(ask, services), strict=True))
    return _gathered(wanted, answers)


def _by_address(witnesses: Iterable[Witness]) -> dict[str, list[Witness]]:
    services: dict[str, list[Witness]] = {}
    for witness in witnesses:
        if witness.url is not None:
            services.setdefault(witness.url, []).append(witness)
    return services


def _gathered(witnesses: Iterable[Witness], answers: Mapping[str, tuple[NoteSignature, ...] | HabeasError]) -> Asked:
    signatures: list[NoteSignature] = []
    failed: dict[str, HabeasError] = {}
    cosigned = set()
    for witness in witnesses:
        line = _line_of(witness, answers)
        if isinstance(line, HabeasError):
            failed[witness.name] = line
        else:
            signatures.append(line)
            cosigned.add(witness.name)
    return Asked(signatures=tuple(signatures), cosigned=frozenset(cosigned), failed=failed)


def _line_of(witness: Witness, answers: Mapping[str, tuple[NoteSignature, ...] | HabeasError]) -> NoteSignature | HabeasError:
    if witness.url is None:
        return Malformed(f"expected the address of the witness {witness.name}; the policy has none: write it after the key")
    answer = answers[witness.url]
    if isinstance(answer, HabeasError):
        return answer
    own = (line for line in answer if (line.name, line.key_id) == (witness.key.name, witness.key.key_id))
    return next(own, ProofFailed(f"expected {witness.url} to sign with the key of {witness.name} too; it didn't: ask its operator"))


def _one_at_a_time(prove: Prove) -> Callable[[int], tuple[bytes, ...]]:
    """The same proofs, made once each: most witnesses are at the same size, and tiles are read by one thread."""
    lock, made = threading.Lock(), dict[int, tuple[bytes, ...]]()

    def proved(old: int) -> tuple[bytes, ...]:
        with lock:
            if old not in made:
                made[old] = prove(old)
            return made[old]

    return proved
