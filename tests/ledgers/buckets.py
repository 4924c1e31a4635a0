"""An S3 of our own on loopback, and empty places in it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import pytest
import pytest_socket
from moto.server import ThreadedMotoServer


@contextmanager
def running() -> Iterator[str]:
    """The endpoint of an S3; a test that talks to it also uses `socket_enabled`."""
    pytest_socket.enable_socket()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def new_bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty place in a bucket of its own, with the keys to it in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    name = f"logs-{secrets.token_hex(8)}"
    boto3.client("s3", region_name="us-east-1", endpoint_url=endpoint).create_bucket(Bucket=name)
    return f"s3://{name}/a/log?endpoint={endpoint}&region=us-east-1"
