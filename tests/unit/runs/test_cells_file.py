import dataclasses
import json

import pytest

from compas import EXAMPLES, compas
from habeas.errors import BadData, BrokenEvidence, NotFound
from habeas.runs import cells_file
from habeas.runs.run import assess, run


@pytest.fixture(scope="module")
def example():
    return compas()


@pytest.fixture
def kept(example, tmp_path):
    path = tmp_path / "cells.json"
    path.write_bytes(cells_file.to_bytes(example.cells, example.result.intake, example.result.plan))
    return path


def test_an_audit_of_the_cells_equals_the_audit_of_the_rows(example, kept):
    plan = example.result.plan

    again = assess(plan, *cells_file.read_cells(kept, plan))

    assert again.result == example.result


def test_cells_without_scores_or_with_persons_survive_the_file(example, tmp_path):
    cells = dataclasses.replace(example.cells, grid=None, coarse=example.cells.fine)
    path = tmp_path / "cells.json"
    path.write_bytes(cells_file.to_bytes(cells, example.result.intake, example.result.plan))

    read, _ = cells_file.read_cells(path, example.result.plan)

    assert read.digest() == cells.digest()


def test_the_parts_of_the_data_add_up_to_the_whole(example, tmp_path):
    plan = example.result.plan
    text = (EXAMPLES / "compas-counts.csv").read_text().splitlines()
    kept = []
    for name, lines in (("one", text[1:400]), ("two", text[400:])):
        (tmp_path / f"{name}.csv").write_text("\n".join([text[0], *lines]) + "\n")
        part = run(plan, tmp_path / f"{name}.csv")
        kept.append(tmp_path / f"{name}.json")
        kept[-1].write_bytes(cells_file.to_bytes(part.cells, part.result.intake, plan))

    again = assess(plan, *cells_file.read_together(kept, plan)).result

    assert again.cells_sha256 == example.result.cells_sha256
    assert again.findings == example.result.findings
    assert again.intake.rows == 7214


def test_a_part_named_twice_is_refused(example, kept):
    with pytest.raises(BadData) as refused:
        cells_file.read_together([kept, kept], example.result.plan)

    assert str(refused.value) == ("cells: expected parts that don't overlap; two of the files hold the same cells: name each part once")


def test_other_questions_may_be_asked_of_the_same_cells(example, kept):
    plan = dataclasses.replace(example.result.plan, confirmatory=(), confidence=0.9)

    read, _ = cells_file.read_cells(kept, plan)

    assert read.digest() == example.cells.digest()


def test_cells_of_another_plan_are_refused(example, kept):
    plan = dataclasses.replace(example.result.plan, thresholds=(4.0,), unrecorded=("?",))

    with pytest.raises(BadData) as refused:
        cells_file.read_cells(kept, plan)

    assert str(refused.value) == (
        "cells: expected cells counted with the same thresholds, unrecorded as this plan; "
        "they were counted with others: count the rows again with this plan"
    )


def test_a_changed_count_is_noticed(example, kept):
    document = json.loads(kept.read_text())
    document["fine"]["n"][0] += 1
    kept.write_text(json.dumps(document))

    with pytest.raises(BrokenEvidence, match="the file was changed"):
        cells_file.read_cells(kept, example.result.plan)


def test_a_missing_file_says_how_to_make_one(example, tmp_path):
    with pytest.raises(NotFound) as refused:
        cells_file.read_cells(tmp_path / "cells.json", example.result.plan)

    assert str(refused.value) == (
        f"expected a cells file at {tmp_path}/cells.json; there is none: write one with habeas audit PLAN --cells FILE"
    )


@pytest.mark.parametrize("text", ["", "[]", '{"habeas": "cells/0"}', "\x00"])
def test_something_else_is_refused(example, tmp_path, text):
    (tmp_path / "cells.json").write_text(text)

    with pytest.raises(BadData, match="expected a cells file"):
        cells_file.read_cells(tmp_path / "cells.json", example.result.plan)
