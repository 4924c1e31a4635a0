"""Files that only their owner may read, before a database writes into them: SQLite gives its journals the same permissions.

Reading is enough to lock a file against its writer, so what is locked here is as private as what is secret.
"""

from __future__ import annotations

import os
from pathlib import Path

from habeas.errors import CannotWrite


def make_private(path: Path) -> bool:
    """Make an empty file that its owner alone may read and write, if there is none yet; whether it was made.

    Raises:
        CannotWrite: none can be made there.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CannotWrite(f"expected to make {path}; the system said: {reason}. Nothing was made: choose another place") from error
    return True
