"""Short files, short functions, rooms that can be looked over: what keeps the code easy to hold to account."""

from __future__ import annotations

from collections import Counter
from statistics import median

import project

MOST_FILE_LINES, USUAL_FILE_LINES = 400, 120
MOST_FUNCTION_LINES, MANY_FUNCTION_LINES, USUAL_FUNCTION_LINES = 40, 30, 10
MOST_FILES = 12

LINES = {project.name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in project.modules()}
FUNCTIONS = [function for file in project.modules() for function in project.functions(file)]


def test_no_file_is_longer_than_400_lines() -> None:
    assert {file: lines for file, lines in LINES.items() if lines > MOST_FILE_LINES} == {}


def test_most_files_are_no_longer_than_120_lines() -> None:
    assert median(LINES.values()) <= USUAL_FILE_LINES


def test_no_function_is_longer_than_40_lines() -> None:
    assert [f"{f.where}: {f.lines} lines" for f in FUNCTIONS if f.lines > MOST_FUNCTION_LINES] == []


def test_nine_in_ten_functions_are_no_longer_than_30_lines() -> None:
    long = [f for f in FUNCTIONS if f.lines > MANY_FUNCTION_LINES]

    assert len(long) <= len(FUNCTIONS) / 10, [f.where for f in long]


def test_most_functions_are_no_longer_than_10_lines() -> None:
    assert median(f.lines for f in FUNCTIONS) <= USUAL_FUNCTION_LINES


def test_no_room_holds_more_than_12_files() -> None:
    by_folder = Counter(project.name(file.parent) for file in project.modules() if file.name != "__init__.py")

    assert {folder: files for folder, files in by_folder.items() if files > MOST_FILES} == {}


def test_there_is_no_drawer_for_things_without_a_name() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common"}

    assert [project.name(file) for file in project.modules() if drawers & {*file.with_suffix("").parts[len(project.SOURCE.parts) :]}] == []
