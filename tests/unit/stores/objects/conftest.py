"""Places of both kinds: a folder, and an S3 of our own on loopback."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
import pytest_socket
from moto.server import ThreadedMotoServer

from habeas.stores.objects.place import Place, open_place


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The endpoint of an S3 on loopback; a test that talks to it also uses `socket_enabled`."""
    pytest_socket.enable_socket()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(request: pytest.FixtureRequest, s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty place in a bucket of its own."""
    request.getfixturevalue("socket_enabled")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    name = f"logs-{secrets.token_hex(8)}"
    boto3.client("s3", region_name="us-east-1", endpoint_url=s3).create_bucket(Bucket=name)
    return f"s3://{name}/a/log?endpoint={s3}&region=us-east-1"


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Every promise of a place is tried on both kinds."""
    return open_place(tmp_path / "public" if request.param == "folder" else request.getfixturevalue("bucket"))
