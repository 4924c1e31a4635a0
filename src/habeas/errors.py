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


class BadData(BadInput):
    """The data can't be used, or doesn't fit the plan."""


class NotFound(BadInput):
    """A file or folder that was named isn't there."""


class BrokenEvidence(HabeasError):
    """Something that should agree doesn't: the evidence travels in the error."""


class Unavailable(HabeasError):
    """Something habeas needs isn't there now; the same call may work later or elsewhere."""


class CannotWrite(Unavailable):
    """The results can't be kept where they were asked for; the message says what, if anything, was left there."""


# family -> (exit code of the command line, HTTP status); the most special family that fits counts
EXIT_CODES_AND_STATUSES: dict[type[HabeasError], tuple[int, int]] = {
    HabeasError: (70, 500),
    BadInput: (65, 422),
    NotFound: (66, 404),
    BrokenEvidence: (76, 409),
    Unavailable: (69, 503),
    CannotWrite: (73, 507),
}


def exit_code(error: HabeasError) -> int:
    """The exit code for `error`: that of the most special family in the table."""
    return next(EXIT_CODES_AND_STATUSES[kind][0] for kind in type(error).__mro__ if kind in EXIT_CODES_AND_STATUSES)
