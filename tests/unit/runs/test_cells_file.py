import dataclasses
import hashlib
import json

import pytest

from compas import EXAMPLES, compas
from habeas.audit.plan import Columns, Source
from habeas.errors import BadData, BrokenEvidence, NotFound
from habeas.runs import cells_file
from habeas.runs.run import assess, run


@pytest.fixture(scope="module")
def example():
    return compas()


@pytest.fixture
def kept(example, tmp_path):
    path = tmp_path / "cells.json"
    path.write_bytes(cells_file.to_bytes(example.cells, example.intake, example.result.plan))
    return path


def test_an_audit_of_the_cells_equals_the_audit_of_the_rows(example, kept):
    plan = example.result.plan

    again = assess(plan, *cells_file.read_cells(kept, plan))

    assert again.result == example.result


def test_cells_without_scores_or_with_persons_survive_the_file(example, tmp_path):
    cells = dataclasses.replace(example.cells, grid=None, coarse=example.cells.fine)
    path = tmp_path / "cells.json"
    path.write_bytes(cells_file.to_bytes(cells, example.intake, example.result.plan))

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
        kept[-1].write_bytes(cells_file.to_bytes(part.cells, part.intake, plan))

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


def sealed(document):
    """The document as a file that claims to be unchanged: SHA-256 of its JSON with sorted keys, no spaces and no digest of itself."""
    rest = {name: value for name, value in document.items() if name != "sha256"}
    canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return json.dumps({**rest, "sha256": hashlib.sha256(canonical.encode()).hexdigest()})


def count_one_more(document):
    document["fine"]["n"][0] += 1


def say_more_rows(document):
    document["intake"]["rows"] += 1


def say_other_persons(document):
    document["intake"]["persons"] = 17


def say_another_file(document):
    document["intake"]["files"][0]["sha256"] = "0" * 64


def drop_a_warning(document):
    document["intake"]["warnings"] = ["all is well"]


def say_counted_otherwise(document):
    document["counted_for"]["note"] = "counted with care"


def say_it_may_be_published(document):
    document["note"] = "for publication"


CHANGES = [
    count_one_more,
    say_more_rows,
    say_other_persons,
    say_another_file,
    drop_a_warning,
    say_counted_otherwise,
    say_it_may_be_published,
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_is_noticed(example, kept, change):
    document = json.loads(kept.read_text())
    change(document)
    kept.write_text(json.dumps(document))

    with pytest.raises(BrokenEvidence) as refused:
        cells_file.read_cells(kept, example.result.plan)

    made = json.loads(sealed(document))["sha256"]
    assert str(refused.value) == f"expected contents with digest {document['sha256']} in {kept}; got {made}: the file was changed"


def test_the_layout_of_the_file_says_nothing(example, kept):
    kept.write_text(json.dumps(json.loads(kept.read_text()), indent=2))

    read, _ = cells_file.read_cells(kept, example.result.plan)

    assert read.digest() == example.cells.digest()


def test_counts_that_are_not_those_of_the_published_digest_are_noticed(example, kept):
    document = json.loads(kept.read_text())
    count_one_more(document)
    kept.write_text(sealed(document))

    with pytest.raises(BrokenEvidence) as refused:
        cells_file.read_cells(kept, example.result.plan)

    message = str(refused.value)
    assert message.startswith(f"expected cells with digest {example.cells.digest()} in {kept}; got ")
    assert message.endswith(": the file was changed")


def test_rows_that_the_cells_do_not_add_up_to_are_noticed(example, kept):
    document = json.loads(kept.read_text())
    say_more_rows(document)
    kept.write_text(sealed(document))

    with pytest.raises(BrokenEvidence) as refused:
        cells_file.read_cells(kept, example.result.plan)

    assert str(refused.value) == (f"expected as many rows in {kept} as its cells add up to (7214); it says 7215: the file was changed")


def test_rows_are_counted_in_weighted_samples_too(example, tmp_path):
    (tmp_path / "rows.csv").write_text("race,again,risk,w\na,1,3,0.5\na,0,7,2\nb,1,7,1.25\n")
    plan = dataclasses.replace(
        example.result.plan,
        source=Source(paths=("rows.csv",)),
        columns=Columns(score="risk", outcome="again", weight="w"),
        groups=("race",),
        intersect=1,
        reference=(),
        confirmatory=(),
    )
    done = run(plan, folder=tmp_path)
    (tmp_path / "cells.json").write_bytes(cells_file.to_bytes(done.cells, done.intake, plan))

    read, intake = cells_file.read_cells(tmp_path / "cells.json", plan)

    assert read.digest() == done.cells.digest()
    assert intake == done.intake


def test_the_file_keeps_digests_that_the_report_withholds(example, tmp_path):
    plan = dataclasses.replace(example.result.plan, source=dataclasses.replace(example.result.plan.source, public=False))
    done = assess(plan, example.cells, example.intake)
    (tmp_path / "cells.json").write_bytes(cells_file.to_bytes(done.cells, done.intake, plan))

    _, intake = cells_file.read_cells(tmp_path / "cells.json", plan)

    counts = (EXAMPLES / "compas-counts.csv").read_bytes()
    assert [(file.size_bytes, file.sha256) for file in intake.files] == [(len(counts), hashlib.sha256(counts).hexdigest())]


@pytest.mark.parametrize(
    "text",
    [
        '{"habeas": "cells/1", "counted_for": [1]}',
        '{"habeas": "cells/1", "sha256": "00", "cells_sha256": "00", "counted_for": [1]}',
        '{"habeas": "cells/1", "sha256": "00", "cells_sha256": "00"}',
        '{"habeas": "cells/1", "sha256": "00", "cells_sha256": null, "counted_for": {}}',
    ],
)
def test_a_file_without_its_parts_is_refused(example, tmp_path, text):
    (tmp_path / "cells.json").write_text(text)

    with pytest.raises(BadData, match=r"expected a whole cells file at .* is missing or of another kind: write it again with habeas audit"):
        cells_file.read_cells(tmp_path / "cells.json", example.result.plan)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("fine", None),
        ("grid", [1]),
        ("attributes", [{"name": "race"}]),
        ("intake", {"rows": 1}),
        ("intake", [1]),
    ],
)
def test_parts_of_another_kind_are_refused(example, kept, part, value):
    kept.write_text(sealed(json.loads(kept.read_text()) | {part: value}))

    with pytest.raises(BadData) as refused:
        cells_file.read_cells(kept, example.result.plan)

    assert str(refused.value) == (
        f"expected a whole cells file at {kept}; a part is missing or of another kind: write it again with habeas audit PLAN --cells FILE"
    )


def test_a_count_beyond_64_bits_is_refused(example, kept):
    document = json.loads(kept.read_text())
    document["fine"]["n"][0] = 2**64
    kept.write_text(sealed(document))

    with pytest.raises(BadData, match="a part is missing or of another kind"):
        cells_file.read_cells(kept, example.result.plan)


def test_a_missing_file_says_how_to_make_one(example, tmp_path):
    with pytest.raises(NotFound) as refused:
        cells_file.read_cells(tmp_path / "cells.json", example.result.plan)

    assert str(refused.value) == (
        f"expected a cells file at {tmp_path}/cells.json; there is none: write one with habeas audit PLAN --cells FILE"
    )


@pytest.mark.parametrize("text", ["", "[]", '{"habeas": "cells/0"}', "\x00", "[" * 100_000, '{"habeas": NaN}'])
def test_something_else_is_refused(example, tmp_path, text):
    (tmp_path / "cells.json").write_text(text)

    with pytest.raises(BadData, match="expected a cells file"):
        cells_file.read_cells(tmp_path / "cells.json", example.result.plan)
