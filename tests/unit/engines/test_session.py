from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from habeas.engines.session import Limits, QueryFailed, Session, session

QUERIES: dict[str, Callable[[Session, str], object]] = {
    "rows": lambda opened, query: opened.rows(query),
    "arrays": lambda opened, query: opened.arrays(query),
    "keep": lambda opened, query: opened.keep("kept", query, share=0.5),
    "register": lambda opened, _query: opened.register("name", object()),
}
NEVER_DONE = "SELECT sum(hash(a.range + b.range)) AS s FROM range(10000000) a, range(10000000) b"


def test_nothing_is_fetched_from_a_network() -> None:
    with session(Limits()) as opened:
        settings = dict(opened.rows("SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%extensions' ORDER BY name"))

    assert settings == {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def test_limits_are_kept() -> None:
    names = "'threads', 'memory_limit', 'max_temp_directory_size'"
    with session(Limits(memory_mb=100, threads=1, spill_mb=200)) as opened:
        settings = dict(opened.rows(f"SELECT name, value FROM duckdb_settings() WHERE name IN ({names})"))  # noqa: S608 - named above

    # 100 and 200 MB in binary units
    assert settings == {"threads": "1", "memory_limit": "95.3 MiB", "max_temp_directory_size": "190.7 MiB"}


def test_spilling_leaves_nothing_behind_even_after_an_error(tmp_path: Path) -> None:
    with session(Limits(spill_folder=str(tmp_path))) as opened, pytest.raises(QueryFailed):
        opened.keep("kept", "SELECT nothing")

    assert list(tmp_path.iterdir()) == []


def test_the_words_of_the_database_stay_in_the_chain_of_causes() -> None:
    with session(Limits()) as opened, pytest.raises(QueryFailed) as failed:
        opened.rows("SELECT * FROM nowhere")

    assert str(failed.value) == "the data could not be read"
    assert "nowhere" in str(failed.value.cause)


def test_progress_is_told_while_a_query_runs_and_after() -> None:
    seen: list[float] = []

    with session(Limits(threads=1), progress=seen.append) as opened:
        opened.keep("many", "SELECT count(DISTINCT i % 1000003) FROM range(30000000) AS numbers(i)", share=0.5)
        opened.keep("few", "SELECT 1 AS one", share=0.5)

    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert 0.5 in seen


def broken(error: Exception) -> Session:
    """A session whose connection answers everything by this error."""

    def fail(*_given: object) -> object:
        raise error

    return Session(cast("Any", SimpleNamespace(execute=fail, register=fail)), None)


@pytest.mark.parametrize("asked", QUERIES)
@pytest.mark.parametrize("error", [RuntimeError("Query interrupted"), duckdb.InterruptException("INTERRUPT Error: Interrupted!")], ids=repr)
def test_an_interrupted_query_is_an_interrupt_and_no_fault_of_the_data(asked: str, error: Exception) -> None:
    with pytest.raises(KeyboardInterrupt):
        QUERIES[asked](broken(error), "SELECT 1")


def test_other_errors_of_the_program_stay_what_they_are() -> None:
    with pytest.raises(RuntimeError, match="something else"):
        broken(RuntimeError("something else")).rows("SELECT 1")


@pytest.mark.parametrize("asked", [asked for asked in QUERIES if asked != "register"])
def test_ctrl_c_stops_a_running_query(asked: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are started deaf to it
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, earlier))
    limits = Limits(threads=1, spill_folder=str(tmp_path))

    with session(limits, progress=lambda _: None) as opened:
        Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            QUERIES[asked](opened, NEVER_DONE)

    assert list(tmp_path.iterdir()) == []
