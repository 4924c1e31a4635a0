import dataclasses

import numpy as np
import pytest

from compas import compas
from habeas.runs import run as runs
from habeas.runs.plan_file import plan_digest
from habeas.terms.system import Technology


@pytest.fixture
def drawn(monkeypatch):
    """Assess an audit; what its first draw is."""

    def _draw(plan, cells, intake):
        monkeypatch.setitem(runs.STUDIES, Technology.RISK_SCORE, lambda *_, rng, **__: int(rng.integers(2**62)))
        return runs.assess(plan, cells, intake).result

    return _draw


def test_chance_depends_on_the_plan_alone(drawn):
    example = compas()
    plan = example.result.plan

    draws = [drawn(plan, cells, example.intake) for cells in (example.cells, example.cells + example.cells)]
    other = drawn(dataclasses.replace(plan, title="Another"), example.cells, example.intake)

    expected = np.random.default_rng(int(plan_digest(plan)[:16], 16)).integers(2**62)
    assert draws == [expected, expected]
    assert other != expected
