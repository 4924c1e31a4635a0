"""A file of records is gone through twice; what comes from a stream is kept packed meanwhile."""

import io
import json
import os
import threading

import pytest

from habeas.errors import BadInput, NotFound
from habeas.runs.ledgers.record_files import records_in_file, records_in_stream
from ledgers.ledger_folders import decision, lines, notice

NO_JSON = "expected one record as a JSON object; this isn't JSON, from character 1 on: mend the line, then append again"


def test_a_file_can_be_gone_through_again_and_again(tmp_path):
    records = records_in_file(lines(tmp_path / "r.jsonl", decision(), notice(0)))

    assert (records.count, records.name) == (2, f"{tmp_path}/r.jsonl")
    assert [line.type.value for line in records] == [line.type.value for line in records] == ["decision", "notice"]


def test_so_can_what_came_from_a_stream():
    raw = "".join(json.dumps(one) + "\n" for one in (decision(), notice(0))).encode()
    records = records_in_stream(io.BytesIO(raw), name="standard input")

    assert records.count == 2
    assert [line.about for line in records] == [line.about for line in records] == [None, 0]


def test_a_pipe_is_read_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=lines, args=(tmp_path / "pipe", decision(), decision()))
    writer.start()
    records = records_in_file(tmp_path / "pipe")
    writer.join()

    assert (records.count, len(list(records))) == (2, 2)


@pytest.mark.parametrize("content", [b"", b"\n\r\n \n", b"\xef\xbb\xbf"])
def test_a_file_may_hold_no_record(tmp_path, content):
    (tmp_path / "r.jsonl").write_bytes(content)

    assert records_in_file(tmp_path / "r.jsonl").count == 0


def test_the_first_faults_are_told_at_once(tmp_path):
    good = json.dumps(decision())
    (tmp_path / "r.jsonl").write_text("\n".join([good, "x", "", good, *["x"] * 20]))
    with pytest.raises(BadInput) as told:
        records_in_file(tmp_path / "r.jsonl")

    numbers = [2, *range(5, 14)]  # ten of them; line 3 is empty
    assert str(told.value).splitlines() == [*(f"{tmp_path}/r.jsonl line {one}: {NO_JSON}" for one in numbers), "nothing was recorded"]


def test_a_file_without_line_ends_is_not_read_whole(tmp_path):
    with (tmp_path / "r.jsonl").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of zeros, sparse

    with pytest.raises(BadInput, match=r"line 1: expected a record of at most 1,000,000 bytes; got more: is it one record a line\?"):
        records_in_file(tmp_path / "r.jsonl")


@pytest.mark.parametrize(("about", "size"), [([0], 0), ([None, 1], 0), ([None, None, 2], 0), ([5], 5)])
def test_a_record_is_about_an_entry_before_it(tmp_path, about, size):
    records = records_in_file(lines(tmp_path / "r.jsonl", *(decision() if one is None else notice(one) for one in about)))

    records.expect_known(size + 1)
    with pytest.raises(BadInput) as told:
        records.expect_known(size)
    assert str(told.value) == (
        f"{tmp_path}/r.jsonl line {len(about)}, public.about: expected the index of an entry that is recorded before it; "
        "there is none: mend the index\nnothing was recorded"
    )


@pytest.mark.parametrize(("about", "size", "line"), [([7, 2], 8, 1), ([2, 7], 7, 2), ([None, 5, 0], 5, 2)])
def test_the_record_that_needs_the_largest_log_is_named(tmp_path, about, size, line):
    records = records_in_file(lines(tmp_path / "r.jsonl", *(decision() if one is None else notice(one) for one in about)))

    assert records.reach == (size, f"{tmp_path}/r.jsonl line {line}")


def test_progress_is_told_in_bytes(tmp_path):
    told = []
    path = lines(tmp_path / "r.jsonl", decision(), notice(0))
    records_in_file(path, progress=lambda done, of: told.append((done, of)))

    assert told[-1] == (path.stat().st_size, path.stat().st_size)
    assert len(told) == 2


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path):
    with pytest.raises(NotFound) as missing:
        records_in_file(tmp_path / "r.jsonl")
    with pytest.raises(BadInput) as folder:
        records_in_file(tmp_path)

    assert str(missing.value) == f"{tmp_path}/r.jsonl is not there; expected a file of records, one JSON object a line: check the name"
    assert str(folder.value) == f"{tmp_path} is a folder; expected a file of records, one JSON object a line: name the file in it"
