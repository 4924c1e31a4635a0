"""A witness over HTTP (C2SP tlog-witness): cosigns what extends the checkpoint it knows, and refuses everything else.

`POST /add-checkpoint` asks for a cosignature, `GET /<SHA-256 of the origin in hex>/checkpoint` gives the last checkpoint cosigned,
`GET /health` says whether the witness can read its state. Who asks doesn't matter: a log's signature is its only credential.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from wsgiref.types import WSGIApplication, WSGIEnvironment

from habeas.errors import BadInput, HabeasError, Unavailable
from habeas.ledger.notes.keys import Signer
from habeas.ledger.trust.witness import MAX_REQUEST_BYTES
from habeas.stores.witnessing.replies import READING, Reply, application, nothing_here, said, wrong_method
from habeas.stores.witnessing.state import WitnessState

KEPT_FOR_A_MINUTE = "public, max-age=60"
_LATEST = re.compile(r"/([0-9a-f]{64})/checkpoint")
_LENGTH = re.compile(r"[0-9]{1,9}", re.ASCII)


def witness_app(state: WitnessState, *, signers: Sequence[Signer], clock: Callable[[], int]) -> WSGIApplication:
    """Serve a witness that remembers in `state` and signs with every one of `signers`; `clock` tells Unix seconds.

    A cosignature leaves only after what it says is on disk. If that fails, the caller is told so and gets none.

    Raises:
        BadInput: there is no signer, or one that makes no cosignatures.
    """
    if not signers or any(not signer.key.algorithm.timed for signer in signers):
        raise BadInput("expected keys of a witness (types 0x04 or 0x06); got none, or a log's: make keys for the witness")

    def reply_to(environ: WSGIEnvironment) -> Reply:
        path = environ.get("PATH_INFO", "")
        if path == "/add-checkpoint":
            return _add_checkpoint(environ, state, signers, clock)
        if path == "/health":
            return _reading(environ) or _health(state)
        if (latest := _LATEST.fullmatch(path)) is not None:
            return _reading(environ) or _latest(state, latest[1])
        return nothing_here()

    return application(reply_to)


def _reading(environ: WSGIEnvironment) -> Reply | None:
    return None if environ["REQUEST_METHOD"] in READING else wrong_method(*READING)


def _health(state: WitnessState) -> Reply:
    state.origins()
    return said(HTTPStatus.OK, "ok")


def _latest(state: WitnessState, origin_hash: str) -> Reply:
    checkpoint = state.latest(origin_hash)
    if checkpoint is None:
        return nothing_here()
    return Reply(status=HTTPStatus.OK, body=checkpoint, kept=KEPT_FOR_A_MINUTE)


def _add_checkpoint(environ: WSGIEnvironment, state: WitnessState, signers: Sequence[Signer], clock: Callable[[], int]) -> Reply:
    if environ["REQUEST_METHOD"] != "POST":
        return wrong_method("POST")
    body = _body(environ)
    if isinstance(body, Reply):
        return body
    try:
        answer = state.answer(body, signers=signers, at=clock())
    except Unavailable:
        raise
    except HabeasError as error:  # what is wrong with a request is an answer; an error is wrong with this witness
        raise Unavailable(f"expected to decide on a request; {error}") from error
    return Reply(status=HTTPStatus(answer.status), body=answer.body, content_type=answer.content_type)


def _body(environ: WSGIEnvironment) -> bytes | Reply:
    """The whole body, or the reply that refuses it: unmeasured, too large, or cut off on its way."""
    told = environ.get("CONTENT_LENGTH") or ""
    if _LENGTH.fullmatch(told) is None:
        return said(HTTPStatus.LENGTH_REQUIRED, "expected a Content-Length in bytes; send one")
    if int(told) > MAX_REQUEST_BYTES:
        text = f"expected at most {MAX_REQUEST_BYTES} bytes; got {int(told)}: leave out signatures the witness doesn't need"
        return said(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, text)
    body: bytes = environ["wsgi.input"].read(int(told))
    if len(body) != int(told):
        return said(HTTPStatus.BAD_REQUEST, f"expected {int(told)} bytes; got {len(body)}: send the request again")
    return body
