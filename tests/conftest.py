"""Shared by every test: what may be missing, where reference data are, and how Hypothesis draws."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import needs
from ledgers import postgres_servers

settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HABEAS_HYPOTHESIS", "steady"))


def pytest_configure() -> None:
    """A misspelt HABEAS_REQUIRE would require nothing, silently."""
    try:
        needs.required()
    except ValueError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the slow simulations, unless they are asked for with `-m validity`."""
    if "validity" in str(config.option.markexpr):
        return
    slow = [item for item in items if item.get_closest_marker("validity") is not None]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in set(slow)]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose needs the machine doesn't meet."""
    for need, missing in needs.NEEDS.items():
        if item.get_closest_marker(need) is not None and (reason := missing()) is not None:
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skips for want of what HABEAS_REQUIRE names has failed, whoever skipped it."""
    report = yield
    wanted = [need for need in sorted(needs.required()) if item.get_closest_marker(need) is not None]
    if report.skipped and wanted:
        report.outcome = "failed"
        report.longrepr = f"HABEAS_REQUIRE names {', '.join(wanted)}, but the test was skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def repository() -> Path:
    return needs.REPOSITORY


@pytest.fixture(scope="session")
def examples(repository: Path) -> Path:
    return repository / "examples"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    if not needs.SHARED_DATA.is_dir():
        pytest.skip("the reference data (../shared/data beside the repository) are not here")
    return needs.SHARED_DATA


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres_servers.Server]:
    """A PostgreSQL server of the tests' own, on a socket in a temporary folder; it ends with them."""
    if (reason := needs.NEEDS["postgres"]()) is not None:
        pytest.skip(reason)
    with postgres_servers.running() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: postgres_servers.Server) -> str:
    """The address of a new, empty database."""
    return postgres_server.new_database()
