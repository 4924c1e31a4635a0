"""Cells in a file: so that an audit can be repeated, merged or checked without the rows.

Cells hold small counts. They are for auditors who may see them, not for publication. A digest inside covers all that the file
says, so that a change is noticed; whoever changes the digest too makes another file, which the digest in a report then belies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from habeas.audit.cells import Attribute, Cells, Counts, ScoreGrid
from habeas.audit.cuts import thresholds
from habeas.audit.plan import Plan
from habeas.audit.result import Intake, SourceFile
from habeas.errors import BadData, BrokenEvidence, NotFound

FORMAT = "cells/1"
WRITE = "habeas audit PLAN --cells FILE"
NOTE = "holds small counts; for auditors, not for publication"


def to_bytes(cells: Cells, intake: Intake, plan: Plan) -> bytes:
    """The cells, how they were counted and what is known of their source, as JSON; a digest inside shows any change.

    `intake`: as counted, with the digests of the files, whether or not a report may show them.
    """
    document = {
        "habeas": FORMAT,
        "note": NOTE,
        "counted_for": counting_terms(plan),
        "cells_sha256": cells.digest(),
        "attributes": [{"name": a.name, "levels": list(a.levels)} for a in cells.attributes],
        "grid": None if cells.grid is None else asdict(cells.grid),
        "fine": _table(cells.fine),
        "coarse": None if cells.coarse is None else _table(cells.coarse),
        "intake": asdict(intake),
    }
    return _canonical({**document, "sha256": _digest(document)}) + b"\n"


def read_cells(path: Path, plan: Plan) -> tuple[Cells, Intake]:
    """Read what `to_bytes` wrote, for a plan that counts alike.

    Raises:
        NotFound: there is no such file.
        BadData: it isn't a cells file of this version, or was counted for another plan.
        BrokenEvidence: its contents don't match the digests inside, or don't add up.
    """
    document = _document(path)
    check_unchanged(document, path)
    check_fit(document["counted_for"], plan)
    cells, intake = _parsed(document, path)
    if cells.digest() != document["cells_sha256"]:
        raise BrokenEvidence(f"expected cells with digest {document['cells_sha256']} in {path}; got {cells.digest()}: the file was changed")
    rows = int(cells.fine.n.sum())
    if intake.rows != rows:
        raise BrokenEvidence(
            f"expected as many rows in {path} as its cells add up to ({rows}); it says {intake.rows}: the file was changed"
        )
    return cells, intake


def read_together(paths: Sequence[Path], plan: Plan) -> tuple[Cells, Intake]:
    """Read several files of cells, counted by one plan over parts of the data, as one.

    Nobody can tell from cells how many people are in more than one part, so the largest part's number of persons stands for all:
    rows per person are then over- rather than underestimated.

    Raises:
        BadInput: as `read_cells`; or two of the files hold the same cells.
    """
    parts = [read_cells(path, plan) for path in paths]
    digests = [cells.digest() for cells, _ in parts]
    if len(set(digests)) < len(digests):
        raise BadData("cells: expected parts that don't overlap; two of the files hold the same cells: name each part once")
    cells, intake = parts[0]
    for more, other in parts[1:]:
        cells = cells + more
        persons = None if intake.persons is None or other.persons is None else max(intake.persons, other.persons)
        intake = Intake(
            rows=intake.rows + other.rows,
            excluded=intake.excluded + other.excluded,
            persons=persons,
            files=(*intake.files, *other.files),
            warnings=tuple(dict.fromkeys((*intake.warnings, *other.warnings))),
        )
    return cells, intake


def check_unchanged(document: Mapping[str, Any], path: Path) -> None:
    """Refuse a file that says anything else than when its digest was made.

    Raises:
        BrokenEvidence: with both digests.
    """
    found = _digest(document)
    if found != document["sha256"]:
        raise BrokenEvidence(f"expected contents with digest {document['sha256']} in {path}; got {found}: the file was changed")


def check_fit(counted_for: Mapping[str, Any], plan: Plan) -> None:
    """Refuse cells whose rows were counted for a plan that counts otherwise; questions, words and publication may differ.

    Raises:
        BadData: names the parts of the plan that differ.
    """
    differing = [name for name, value in counting_terms(plan).items() if counted_for.get(name) != value]
    if differing:
        expected = f"expected cells counted with the same {', '.join(differing)} as this plan"
        raise BadData(f"cells: {expected}; they were counted with others: count the rows again with this plan")


def counting_terms(plan: Plan) -> dict[str, Any]:
    """The parts of a plan that decide how rows become cells, as JSON would give them back."""
    population = () if plan.population is None else plan.population.where
    labels = {"outcome": plan.outcome_labels, "decision": plan.decision_labels}
    terms = {
        "columns": asdict(plan.columns),
        "population": population,
        "groups": plan.groups,
        "strata": plan.strata,
        "thresholds": thresholds(plan),
        "score": None if plan.score is None else [plan.score.minimum, plan.score.maximum],
        "unrecorded": sorted(plan.unrecorded),
        "labels": {name: None if label is None else asdict(label) for name, label in labels.items()},
    }
    found: dict[str, Any] = json.loads(json.dumps(terms))
    return found


def _document(path: Path) -> dict[str, Any]:
    """What the file holds, if it has the outer shape of a cells file."""
    try:
        document = json.loads(path.read_bytes(), parse_constant=_refuse_constant)
    except FileNotFoundError as error:
        raise NotFound(f"expected a cells file at {path}; there is none: write one with {WRITE}") from error
    except (OSError, ValueError, RecursionError) as error:
        raise BadData(f"expected a cells file at {path}; it can't be read as JSON: write it again with {WRITE}") from error
    if not isinstance(document, dict) or document.get("habeas") != FORMAT:
        raise BadData(f"expected a cells file ({FORMAT}) at {path}; it says otherwise: write it again with {WRITE}")
    for name, kind in (("sha256", str), ("cells_sha256", str), ("counted_for", dict)):
        if not isinstance(document.get(name), kind):
            raise BadData(f"expected a whole cells file at {path}; {name} is missing or of another kind: write it again with {WRITE}")
    return document


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"expected finite numbers; got {name}: it isn't JSON")


def _digest(document: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over everything a document says but this digest itself."""
    return hashlib.sha256(_canonical({name: value for name, value in document.items() if name != "sha256"})).hexdigest()


def _canonical(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def _table(table: Counts) -> dict[str, Any]:
    columns = {field.name: getattr(table, field.name) for field in fields(table)}
    # JSON has no NaN and no infinity: no score is null, below every threshold is "below"
    columns["score"] = [None if np.isnan(s) else "below" if s == -np.inf else s for s in table.score.tolist()]
    return {name: column.tolist() if isinstance(column, np.ndarray) else column for name, column in columns.items()}


def _parsed(document: Mapping[str, Any], path: Path) -> tuple[Cells, Intake]:
    try:
        attributes = tuple(Attribute(name=a["name"], levels=tuple(a["levels"])) for a in document["attributes"])
        grid, coarse = document["grid"], document["coarse"]
        cells = Cells(
            attributes=attributes,
            grid=None if grid is None else ScoreGrid(**{**grid, "thresholds": tuple(grid["thresholds"])}),
            fine=_counts(document["fine"], len(attributes)),
            coarse=None if coarse is None else _counts(coarse, len(attributes)),
        )
        known = document["intake"]
        files = tuple(SourceFile(**file) for file in known["files"])
        return cells, Intake(**{**known, "files": files, "warnings": tuple(known["warnings"])})
    except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise BadData(
            f"expected a whole cells file at {path}; a part is missing or of another kind: write it again with {WRITE}"
        ) from error


def _counts(columns: Mapping[str, Any], width: int) -> Counts:
    def ints(name: str) -> Any:
        return np.array(columns[name], dtype=np.int64)

    score = [np.nan if s is None else -np.inf if s == "below" else s for s in columns["score"]]
    weighted = columns["weight"] is not None
    return Counts(
        levels=ints("levels").reshape(-1, width),
        score=np.array(score, dtype=np.float64),
        decision=ints("decision"),
        outcome=ints("outcome"),
        bucket=ints("bucket"),
        n=ints("n"),
        weight=ints("weight") if weighted else None,
        weight_squared=ints("weight_squared") if weighted else None,
    )
