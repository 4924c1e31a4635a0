"""A site as the page on deployment has it: PostgreSQL, the service's command, nginx with TLS in front."""

from __future__ import annotations

import getpass
import http.client
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

import needs
from web.commands import environment
from web.deployment.the_page import CODE, NAME, Ports, commands, nginx_configuration, shown

READY_WITHIN_S = 60
VISITOR = "127.0.0.2"
"""Where the tests ask from: an address of this machine that nothing else uses, so that it can be looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """A site behind nginx: its folders, its database, what it said so far, and how to ask it."""

    folder: Path
    site: Path
    database: str
    passphrase: Path
    ports: Ports

    def connection(self, *, name: str = NAME) -> http.client.HTTPSConnection:
        """A TLS connection to nginx that asks for the site by that name, and trusts nothing but its certificate."""
        trust = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        wire = socket.create_connection(("127.0.0.1", self.ports.tls), timeout=30, source_address=(VISITOR, 0))
        found = http.client.HTTPSConnection(name, timeout=30)
        try:
            found.sock = trust.wrap_socket(wire, server_hostname=name)
        except OSError:
            wire.close()
            raise
        return found

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """One request over TLS."""
        connection = self.connection()
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return Answer(status=answer.status, headers=answer.headers, body=answer.read())
        finally:
            connection.close()

    def habeas(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Give a command as the service's account would."""
        told = {**environment(), "HABEAS_LEDGER_PASSPHRASE_FILE": str(self.passphrase)}
        command = [sys.executable, "-P", "-m", "habeas", *map(str, arguments)]
        return subprocess.run(command, env=told, capture_output=True, text=True, check=False, timeout=120)

    @property
    def said(self) -> str:
        """What the service and nginx have written so far."""
        return "".join(file.read_text(encoding="utf-8") for file in sorted((self.folder / "logs").iterdir()))


@contextmanager
def service(site: Deployed) -> Iterator[None]:
    """The command of the page's unit."""
    (words,) = commands(shown("habeas.service")[0])
    assert words[0] == CODE
    places = {"/srv/habeas/site": str(site.site), "127.0.0.1:8000": f"127.0.0.1:{site.ports.site}"}
    command = [sys.executable, "-P", "-m", "habeas", *(places.get(word, word) for word in words[1:])]
    told = {**environment(), "HABEAS_LEDGER_PASSPHRASE_FILE": str(site.passphrase)}
    with (site.folder / "logs" / "service.log").open("wb") as log:
        running = subprocess.Popen(command, env=told, stdout=log, stderr=log)
        try:
            wait(lambda: well(site.ports.site), running, log=site.folder / "logs" / "service.log")
            yield
        finally:
            running.terminate()
            running.wait(60)


@contextmanager
def nginx(site: Deployed) -> Iterator[None]:
    """The page's nginx."""
    configuration = site.folder / "nginx.conf"
    user = getpass.getuser() if os.geteuid() == 0 else ""
    configuration.write_text(nginx_configuration(site.folder, site.ports, user=user), encoding="utf-8")
    command = [needs.nginx() or "nginx", "-c", str(configuration), "-p", str(site.folder), "-e", str(site.folder / "logs" / "start.log")]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait(lambda: listening(site.ports.tls), running, log=site.folder / "logs" / "start.log")
        yield
    finally:
        running.terminate()
        running.wait(30)


def well(port: int) -> bool:
    """Whether the service says that all is well, asked on this machine without TLS as the page does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health/", headers={"Host": NAME})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def listening(port: int) -> bool:
    """Whether somebody takes connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait(ready: Callable[[], bool], running: subprocess.Popen[bytes], *, log: Path) -> None:
    """Until it is ready; says what it wrote if it ends, or never is."""
    until = time.monotonic() + READY_WITHIN_S
    while not ready():
        assert running.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < until, log.read_text(encoding="utf-8")
        time.sleep(0.2)


def free_ports(wanted: int) -> list[int]:
    """Ports that nobody listens on; all are held until the last is found, so that none comes twice."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(wanted)]
    found = [int(one.getsockname()[1]) for one in held]
    for one in held:
        one.close()
    return found


def write_certificate(folder: Path) -> None:
    """A certificate that vouches for itself, under the names that the page gives certbot's."""
    key = ec.generate_private_key(ec.SECP256R1())
    whose = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(private)
