"""Every error habeas raises, by what the caller can do about it.

One table, `EXIT_CODES_AND_STATUSES`, says how each family leaves the program: the exit code of the command line (after
`sysexits.h`, so that 0, 1 and 2 stay free for verdicts) and the HTTP status of the site.
"""

from __future__ import annotations


class HabeasError(Exception):
    """The root of the tree; its message says what was expected, what came and what to do next."""


class BadInput(HabeasError):
    """Something given to habeas can't be used; the caller can mend it."""


class BadPlan(BadInput):
    """The audit plan can't be used."""


class BadRulebook(BadInput):
    """A rulebook, or the vocabulary it is written in, can't be used."""


class BadDescription(BadInput):
    """The description of a system, a catalogue entry or an assessment can't be used."""


class UnknownTerm(BadInput):
    """A rule or a description speaks of a fact, or answers with a word, that the vocabulary doesn't have."""


class BadData(BadInput):
    """The data can't be used, or doesn't fit the plan."""


class NotFound(BadInput):
    """A file or folder that was named isn't there."""


class Malformed(BadInput):
    """Bytes that should be in one of the ledger's formats (note, checkpoint, proof, tile, policy, record) aren't."""


class Gone(NotFound):
    """It was here and was erased, lawfully and on record."""


class NotAllowed(HabeasError):
    """It is here, but whoever asks can't open it: restricted, or the secret is the wrong one."""


class BrokenEvidence(HabeasError):
    """Something that should agree doesn't: the evidence travels in the error."""


class ProofFailed(BrokenEvidence):
    """A proof doesn't lead where it should: to the root, or from the older root to the newer one."""


class Inconsistent(BrokenEvidence):
    """Two signed states of one log that can't both be true: `smaller` and `larger` are the signed checkpoints, as bytes.

    Both signed and of one size, they convict whoever signed both, and no proof can help. Of two sizes they accuse: `proof` is the
    consistency proof that failed, empty where there is none, and nobody signed that. Empty bytes stand for a state that isn't known.
    """

    def __init__(self, message: str, *, smaller: bytes = b"", larger: bytes = b"", proof: tuple[bytes, ...] = ()) -> None:
        super().__init__(message)
        self.smaller, self.larger, self.proof = smaller, larger, proof


class Unavailable(HabeasError):
    """Something habeas needs isn't there now; the same call may work later or elsewhere."""


class Busy(Unavailable):
    """Somebody else holds what only one may hold, such as the one writer of a log; try again when they are done."""


class CannotWrite(Unavailable):
    """The results can't be kept where they were asked for; the message says what, if anything, was left there."""


# family -> (exit code of the command line, HTTP status); the most special family that fits counts
EXIT_CODES_AND_STATUSES: dict[type[HabeasError], tuple[int, int]] = {
    HabeasError: (70, 500),
    BadInput: (65, 422),
    NotFound: (66, 404),
    Gone: (66, 410),
    NotAllowed: (77, 403),
    BrokenEvidence: (76, 409),
    Unavailable: (69, 503),
    Busy: (75, 503),
    CannotWrite: (73, 507),
}


def exit_code(error: HabeasError) -> int:
    """The exit code for `error`: that of the most special family in the table."""
    return next(EXIT_CODES_AND_STATUSES[kind][0] for kind in type(error).__mro__ if kind in EXIT_CODES_AND_STATUSES)


def http_status(error: HabeasError) -> int:
    """The HTTP status for this error: its family's, or the nearest ancestor's."""
    return next(EXIT_CODES_AND_STATUSES[kind][1] for kind in type(error).__mro__ if kind in EXIT_CODES_AND_STATUSES)
