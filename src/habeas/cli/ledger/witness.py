"""`habeas ledger witness FOLDER`: watch other people's logs, and sign only what grew."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

from habeas.cli.ledger.asking import WHERE_FROM, add_json, address_of, new_passphrase, passphrase, remark_ready
from habeas.cli.streams import remark, say
from habeas.cli.usage import WrongUsage, parser
from habeas.ledger.notes.keys import VerifierKey
from habeas.reports.language.phrases import counted
from habeas.runs.ledgers import witness_folder
from habeas.stores.witnessing.running import run_service
from habeas.stores.witnessing.service import witness_app

DESCRIPTION = f"""Run a witness (C2SP tlog-witness): it cosigns a log's checkpoint only if the log
did nothing but grow.

The first time, say its name and the logs to watch:
  habeas ledger witness FOLDER --name witness.example/w1 --log LOG.vkey \\
    --listen 127.0.0.1:8787
Later the folder and --listen are enough. Whoever runs the log names the
witness's public key in a trust policy.

If a log's key fell into other hands, forget it and trust the next one:
  habeas ledger witness FOLDER --forget OLD.vkey --log NEW.vkey
What was cosigned stays remembered: nobody gets another history cosigned so.
{WHERE_FROM}"""


def run(arguments: Sequence[str]) -> int:
    """Make the witness if it is new, then serve until told to stop."""
    given = _parser().parse_args(arguments)
    listen = None if given.listen is None else address_of(given.listen)
    logs, gone = witness_folder.keys_of_logs(given.log), witness_folder.keys_of_logs(given.forget)
    if set(logs) & set(gone):
        raise WrongUsage("habeas ledger witness: expected each key under --log or under --forget; got one under both: leave it out of one")
    if given.name is not None and not gone and not witness_folder.exists(given.folder):
        witness_folder.make_witness(given.folder, name=given.name, passphrase=new_passphrase(given))
        remark(f"made: the witness {given.name} in {given.folder}; never bring an old copy of it back: see the how-to")
    witness = witness_folder.open_witness(given.folder, passphrase=_passphrase(given.folder))
    try:
        _forget(witness, gone)
        for key in logs:
            witness.state.add_log(key)
        _introduce(witness, as_json=given.json)
        if listen is not None:
            app = witness_app(witness.state, signers=witness.signers, clock=lambda: int(time.time()))
            run_service(app, host=listen[0], port=listen[1], on_ready=remark_ready)
    finally:
        witness.state.close()
    return 0


def _forget(witness: witness_folder.Witness, gone: Sequence[VerifierKey]) -> None:
    """Stop trusting these keys, all or none, and say what is remembered all the same."""
    for key, recorded in witness_folder.forget_keys(witness, gone):
        kept = "none of its checkpoints was cosigned yet"
        if recorded is not None:
            kept = f"the checkpoint of {counted(recorded.size, 'entry', 'entries')} that was cosigned last stays remembered"
        remark(f"no longer trusted: {witness_folder.short_name(key)}; {kept}")


def _introduce(witness: witness_folder.Witness, *, as_json: bool) -> None:
    """Say by which keys it signs, and what for."""
    keys, logs = [str(key) for key in witness.keys], witness.state.origins()
    say(json.dumps({"keys": keys, "logs": list(logs)}) if as_json else "\n".join(keys))
    remark(f"logs watched: {', '.join(logs) or 'none yet; name one by --log LOG.vkey'}")


def _passphrase(folder: Path) -> bytes | None:
    return passphrase(os.environ) if witness_folder.is_locked(folder) else None


def _parser() -> argparse.ArgumentParser:
    found = parser("habeas ledger witness", DESCRIPTION)
    found.add_argument("folder", type=Path, metavar="FOLDER", help="where the witness keeps its keys and what it has seen")
    found.add_argument("--name", metavar="NAME", help="the name of a new witness, e.g. witness.example/w1")
    found.add_argument(
        "--log", action="append", default=[], metavar="VKEY", help="a log to watch: its vkey, a file with it, or a trust policy"
    )
    found.add_argument(
        "--forget",
        action="append",
        default=[],
        metavar="VKEY",
        help="a log's key not to trust any more: its vkey, or a file with it; --log with the same key trusts it again",
    )
    found.add_argument("--listen", metavar="HOST:PORT", help="where to answer; without it the public keys are printed, and that is all")
    add_json(found, "keys and logs")
    found.add_argument("--unencrypted-keys", action="store_true", help="new keys without a passphrase: whoever reads the files can sign")
    return found
