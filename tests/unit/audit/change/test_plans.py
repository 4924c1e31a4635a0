from __future__ import annotations

from habeas.audit.change.plans import plan_changes
from habeas.audit.change.values import FieldChange
from habeas.audit.plan import Columns, Population
from habeas.terms.system import SystemVersion
from results import a_plan


def test_equal_plans_do_not_differ() -> None:
    assert plan_changes(a_plan(), a_plan()) == ()


def test_every_differing_field_is_named_with_both_contents() -> None:
    later = a_plan(
        system=SystemVersion(name="COMPAS", version="2"),
        columns=Columns(score="decile", outcome="arrested", person="id"),
        thresholds=(6.5,),
        reference=(("race", "Hispanic"), ("sex", "Male")),
        unrecorded=("",),
        population=None,
        confirmatory=a_plan().confirmatory[:1],
        strata=("district",),
    )

    found = {change.field: (change.earlier, change.later) for change in plan_changes(a_plan(), later)}

    assert found == {
        "system.version": ("as used 2013-2014", "2"),
        "columns.outcome": ("two_year_recid", "arrested"),
        "columns.person": (None, "id"),
        "population.description": ("all 7214 people of ProPublica's two-year file", None),
        "population.where": ("none", None),
        "thresholds": ("5, 8", "6.5"),
        "reference.race": ("Caucasian", "Hispanic"),
        "strata": ("none", "district"),
        "unrecorded": ('"", Unknown', '""'),
        "confirmatory[1].metric": ("false_negative_rate", None),
        "confirmatory[1].by": ("race", None),
        "confirmatory[1].tolerance.difference": ("0.05", None),
    }


def test_a_population_differs_value_by_value() -> None:
    earlier = a_plan(population=Population(description="men", where=(("sex", ("Male",)),)))
    later = a_plan(population=Population(description="men", where=(("sex", ("Male", "M")), ("year", ("2020",)))))

    assert plan_changes(earlier, later) == (
        FieldChange(field="population.where.sex", earlier="Male", later="Male, M"),
        FieldChange(field="population.where.year", earlier=None, later="2020"),
    )
