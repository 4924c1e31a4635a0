"""`habeas ledger checkpoint FOLDER`: sign what is recorded, once or on an interval."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Sequence

from habeas.cli.ledger.asking import WHERE_FROM, add_json, ledger_parser, opened
from habeas.cli.streams import remark, say
from habeas.errors import HabeasError

DESCRIPTION = f"""Sign and publish all that is recorded, and ask the witnesses that the settings'
policy names.

Prints the signed checkpoint.
{WHERE_FROM}"""


def run(arguments: Sequence[str]) -> int:
    """Publish, and say what was signed."""
    found = ledger_parser("checkpoint", DESCRIPTION)
    found.add_argument("--watch", action="store_true", help="go on, on the interval of the settings, until stopped")
    add_json(found, "size, root and checkpoint")
    given = found.parse_args(arguments)
    with opened(given.folder) as ledger:
        if given.watch:
            ledger.start_publishing(failed=_remark_failure)
            remark(f"publishing {ledger.origin} every {ledger.settings.interval_s:g} s (Ctrl-C stops it)")
            _until_stopped()
        head = ledger.checkpoint()
    if given.json:
        say(json.dumps({"size": head.size, "root": head.root.hex(), "checkpoint": head.note.decode()}, ensure_ascii=False))
    else:
        say(head.note.decode().rstrip("\n"))
    return 0


def _until_stopped() -> None:
    """Wait for SIGINT or SIGTERM: the way in which a service is stopped isn't an error."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()


def _remark_failure(error: HabeasError) -> None:
    remark(f"habeas: not signed this time: {error}")
