"""A log, a witness that knows it, and ways to ask a service: as WSGI calls it, or over HTTP on this machine."""

from __future__ import annotations

import contextlib
import http.client
import io
import threading
from dataclasses import dataclass
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from habeas.stores.witnessing.running import Service
from habeas.stores.witnessing.state import WitnessState
from ledgers import small_logs


@pytest.fixture
def log():
    return small_logs.small_log()


@pytest.fixture
def memory(tmp_path):
    """Where the witness's memory is."""
    return tmp_path / "witness.sqlite"


@pytest.fixture
def state(memory, log):
    """A new witness that knows the log."""
    made = WitnessState(memory, create=True)
    made.add_log(log.signer.key)
    yield made
    made.close()


@dataclass(frozen=True)
class Heard:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def call():
    """Call a WSGI application as a server would, with the standard library watching that both keep to PEP 3333."""

    def ask(app, path, *, method="GET", body=b"", **environ):
        values = {
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SCRIPT_NAME": "",
            "REQUEST_METHOD": method,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
        }
        if body:
            values["CONTENT_LENGTH"] = str(len(body))
        values |= environ
        setup_testing_defaults(values)
        values = {name: value for name, value in values.items() if value is not None}
        started = []
        said = validator(app)(values, lambda status, headers, *_: started.append((status, headers)) or (lambda _: None))
        content = b"".join(said)
        said.close()
        [(status, headers)] = started
        return Heard(int(status.split()[0]), dict(headers), content)

    return ask


@pytest.fixture
def served():
    """Serve applications on this machine for the length of a test; gives where."""
    with contextlib.ExitStack() as running:

        def serve(app):
            service = Service(app, host="127.0.0.1", port=0)
            thread = threading.Thread(target=service.run)
            thread.start()
            running.callback(thread.join)
            running.callback(service.stop)
            return f"http://127.0.0.1:{service.port}"

        yield serve


@pytest.fixture
def over_http():
    """One request over HTTP, headers and all."""

    def ask(url, path, *, method="GET", body=None):
        connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body=body)
            response = connection.getresponse()
            return Heard(response.status, dict(response.headers), response.read())

    return ask
