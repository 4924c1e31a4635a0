from __future__ import annotations

from pathlib import Path

import pytest

from habeas.engines.session import Limits, QueryFailed, session


def test_nothing_is_fetched_from_a_network() -> None:
    with session(Limits()) as opened:
        settings = dict(opened.rows("SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%extensions' ORDER BY name"))

    assert settings == {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def test_limits_are_kept() -> None:
    with session(Limits(memory_mb=100, threads=1)) as opened:
        settings = dict(opened.rows("SELECT name, value FROM duckdb_settings() WHERE name IN ('threads', 'memory_limit')"))

    assert settings == {"threads": "1", "memory_limit": "95.3 MiB"}  # 100 MB in binary units


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
