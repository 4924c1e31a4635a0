from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from habeas.audit.metrics import Metric
from habeas.audit.plan import Auditor, Columns, Plan, Population, PublicationRule, Question, ScoreRange, Source, Tolerance, Words, YesNo
from habeas.errors import BadPlan, NotFound, Unavailable
from habeas.runs.plan_file import parse_plan, plan_digest, read_plan
from habeas.terms.system import Stage, SystemVersion, Technology
from plans import PLAN, plan_with

METRICS = (
    "base_rate, selection_rate, true_positive_rate, false_positive_rate, false_negative_rate, "
    "positive_predictive_value, negative_predictive_value, accuracy"
)
FIELDS = (
    "habeas, title, system, technology, stage, auditor, data, population, columns, score, thresholds, groups, intersect, "
    "reference, strata, unrecorded, labels, confirmatory, confidence, publish, words"
)


def refusal_of(text: str) -> str:
    with pytest.raises(BadPlan) as refused:
        parse_plan(text, name="plan.yaml")
    return str(refused.value)


def test_the_shipped_example_says_what_it_says(examples: Path) -> None:
    plan, digest = read_plan(examples / "compas.yaml")

    assert plan == Plan(
        title="COMPAS, two-year general recidivism",
        system=SystemVersion(name="COMPAS", version="as used 2013-2014"),
        technology=Technology.RISK_SCORE,
        stage=Stage.LIVE,
        auditor=Auditor(name="Example Audit Office", independent=True, statement="no ties to the vendor or the court"),
        source=Source(paths=("compas-counts.csv",), count="n", row="one person screened in Broward County", public=True),
        population=Population(description="all 7214 people of ProPublica's two-year file"),
        columns=Columns(score="decile", outcome="two_year_recid"),
        score=ScoreRange(minimum=1, maximum=10),
        thresholds=(5, 8),
        groups=("race", "sex", "age_cat"),
        intersect=2,
        reference=(("race", "Caucasian"), ("sex", "Male")),
        unrecorded=("", "Unknown"),
        confirmatory=(
            Question(metric=Metric.FALSE_POSITIVE_RATE, by="race", tolerance=Tolerance(difference=0.05)),
            Question(metric=Metric.FALSE_NEGATIVE_RATE, by="race", tolerance=Tolerance(difference=0.05)),
        ),
        confidence=0.95,
        publication=PublicationRule(minimum_cell=10),
        words=Words(
            flagged="labelled medium or high risk",
            outcome="were charged again within two years",
            no_outcome="were not charged again within two years",
        ),
    )
    assert digest == plan_digest(plan)


def test_what_is_not_written_has_the_defaults_of_the_plan_itself() -> None:
    text = PLAN[: PLAN.index("reference:")]

    assert parse_plan(text, name="plan.yaml") == Plan(
        title="A pilot",
        system=SystemVersion(name="RiskTool", version="1.10"),
        technology=Technology.RISK_SCORE,
        stage=Stage.LIVE,
        auditor=Auditor(name="Example Audit Office", independent=True, statement="no ties"),
        source=Source(paths=("decisions.csv",)),
        columns=Columns(score="risk", outcome="again"),
        score=ScoreRange(minimum=0, maximum=10),
        thresholds=(5,),
        groups=("race", "sex"),
    )


def test_every_other_field_arrives() -> None:
    more = """\
strata: [offence]
unrecorded: ["", 99, no, 1.0, true]
labels: {outcome: {yes: again, no: [not again, 0]}, decision: {yes: [held], no: [freed]}}
confidence: 0.9
publish: {minimum_cell: 5, round_to: 5}
population: {description: the north, where: {region: north, year: [2019, 2020]}}
intersect: 2
"""

    plan = parse_plan(
        PLAN.replace("{path: decisions.csv}", "{path: [a.csv, b/*.csv], row: one stop, public: true}") + more, name="plan.yaml"
    )

    assert plan.strata == ("offence",)
    assert plan.unrecorded == ("", "99", "no", "1.0", "true")
    assert plan.outcome_labels == YesNo(yes=("again",), no=("not again", "0"))
    assert plan.decision_labels == YesNo(yes=("held",), no=("freed",))
    assert plan.confidence == 0.9
    assert plan.publication == PublicationRule(minimum_cell=5, round_to=5)
    assert plan.population == Population(description="the north", where=(("region", ("north",)), ("year", ("2019", "2020"))))
    assert plan.source == Source(paths=("a.csv", "b/*.csv"), row="one stop", public=True)
    assert plan.intersect == 2


def test_a_version_keeps_its_last_zero() -> None:
    assert parse_plan(PLAN, name="plan.yaml").system.version == "1.10"


def test_blanks_around_a_label_do_not_count() -> None:
    plan = parse_plan(plan_with("race: White", 'race: " White\t"'), name="plan.yaml")

    assert plan.reference_level("race") == "White"


def test_a_field_left_blank_is_as_if_it_were_not_written() -> None:
    assert parse_plan(plan_with("outcome: again}", "outcome: again, person: }"), name="plan.yaml").columns.person is None


REFUSALS = {
    "a misspelt field": (
        plan_with("thresholds:", "treshold:"),
        "plan.yaml line 13, treshold: not a field of a plan; did you mean thresholds?",
    ),
    "a field in the wrong place": (
        PLAN + "person: id\n",
        "plan.yaml line 18, person: not a field of a plan; person stands under columns: move it there",
    ),
    "a field of the plan in one of its parts": (
        plan_with("outcome: again}", "outcome: again, groups: [race]}"),
        "plan.yaml line 11, columns.groups: not a field of columns; groups stands under the plan itself: move it there",
    ),
    "a field from nowhere": (
        PLAN + "favourite: blue\n",
        f"plan.yaml line 18, favourite: not a field of a plan; its fields are {FIELDS}: remove it or mend its name",
    ),
    "a missing field": (
        plan_with("title: A pilot\n", ""),
        'plan.yaml, title: missing; write e.g. title: "COMPAS, two-year general recidivism"',
    ),
    "a missing field of a part": (
        plan_with("by: race, ", ""),
        "plan.yaml line 17, confirmatory[0].by: missing; write e.g. by: race",
    ),
    "another version of the format": (
        plan_with("audit/1", "audit/2"),
        'plan.yaml line 1, habeas: expected audit/1; got "audit/2": write e.g. habeas: audit/1',
    ),
    "another tool's name of a metric": (
        plan_with("false_positive_rate", "fpr"),
        f'plan.yaml line 17, confirmatory[0].metric: expected one of {METRICS}; got "fpr": did you mean false_positive_rate?',
    ),
    "one minus a metric": (
        plan_with("false_positive_rate", "Specificity"),
        f'plan.yaml line 17, confirmatory[0].metric: expected one of {METRICS}; got "Specificity": did you mean false_positive_rate?',
    ),
    "a rate of errors of either kind": (  # neither accuracy, which is laxer under a ratio, nor base_rate, which is spelt alike
        plan_with("false_positive_rate", "error_rate"),
        f'plan.yaml line 17, confirmatory[0].metric: expected one of {METRICS}; got "error_rate": write e.g. metric: false_positive_rate',
    ),
    "a spelling of a metric": (
        plan_with("false_positive_rate", "False positives"),
        f'plan.yaml line 17, confirmatory[0].metric: expected one of {METRICS}; got "False positives": did you mean false_positive_rate?',
    ),
    "no metric at all": (
        plan_with("false_positive_rate", "7"),
        f"plan.yaml line 17, confirmatory[0].metric: expected one of {METRICS}; got 7: write e.g. metric: false_positive_rate",
    ),
    "an unknown stage": (
        plan_with("stage: live", "stage: production"),
        'plan.yaml line 5, stage: expected one of design, pre-deployment, live; got "production": did you mean live?',
    ),
    "an unknown technology": (
        plan_with("risk-score", "horoscope"),
        'plan.yaml line 4, technology: expected one of risk-score; got "horoscope": write e.g. technology: risk-score',
    ),
    "text for a mapping": (
        plan_with("{name: RiskTool, version: 1.10}", "RiskTool"),
        'plan.yaml line 3, system: expected a mapping; got "RiskTool": write e.g. system: {name: COMPAS, version: as used 2013-2014}',
    ),
    "text for a list": (
        plan_with("[race, sex]", "race"),
        'plan.yaml line 14, groups: expected a list; got "race": write e.g. groups: [race, sex]',
    ),
    "a list for text": (
        plan_with("A pilot", "[A, pilot]"),
        'plan.yaml line 2, title: expected text; got a list: write e.g. title: "COMPAS, two-year general recidivism"',
    ),
    "a list for a mapping": (
        plan_with("{sex: Male, race: White}", "[White]"),
        "plan.yaml line 15, reference: expected a mapping; got a list: write e.g. reference: {race: Caucasian, sex: Male}",
    ),
    "blank text": (
        plan_with("no ties", '"  "'),
        'plan.yaml line 9, auditor.statement: expected text; got "  ": write e.g. statement: no ties to the vendor or the court',
    ),
    "no text": (
        plan_with("no ties", ""),
        "plan.yaml line 9, auditor.statement: expected text; got nothing: write e.g. statement: no ties to the vendor or the court",
    ),
    "a control character": (
        plan_with("A pilot", '"A \\e[31mpilot"'),
        'plan.yaml line 2, title: expected text without control characters; got "A \\u001b[31mpilot": remove them',
    ),
    "half a character": (
        plan_with("A pilot", '"\\ud83d"'),
        "plan.yaml line 2, title: expected whole characters; got half of one (a lone surrogate): write the character itself",
    ),
    "yes for true": (
        plan_with("independent: true", "independent: yes"),
        'plan.yaml line 8, auditor.independent: expected true or false; got "yes": write e.g. independent: true',
    ),
    "a number in quotes": (
        plan_with("minimum: 0", 'minimum: "0"'),
        'plan.yaml line 12, score.minimum: expected a number; got "0": write it without quotes',
    ),
    "a number that isn't one": (
        plan_with("[5]", "[5, five]"),
        'plan.yaml line 13, thresholds[1]: expected a number; got "five": write e.g. thresholds: [5, 8]',
    ),
    "an infinite number": (
        plan_with("maximum: 10", "maximum: .inf"),
        "plan.yaml line 12, score.maximum: expected a number; got .inf: write e.g. maximum: 10",
    ),
    "a number with too many digits": (
        plan_with("maximum: 10", "maximum: 1" + 400 * "0"),
        f"plan.yaml line 12, score.maximum: expected a number; got 1{40 * '0'}: write e.g. maximum: 10".replace(40 * "0", 39 * "0" + "..."),
    ),
    "true for a number": (
        plan_with("minimum: 0", "minimum: true"),
        "plan.yaml line 12, score.minimum: expected a number; got true: write e.g. minimum: 1",
    ),
    "a fraction for a whole number": (
        PLAN + "intersect: 1.5\n",
        "plan.yaml line 18, intersect: expected a whole number of 1 or more; got 1.5: write e.g. intersect: 2",
    ),
    "nought for a smallest cell": (
        PLAN + "publish: {minimum_cell: 0}\n",
        "plan.yaml line 18, publish.minimum_cell: expected a whole number of 1 or more; got 0: write e.g. minimum_cell: 10",
    ),
    "a negative rounding": (
        PLAN + "publish: {round_to: -5}\n",
        "plan.yaml line 18, publish.round_to: expected a whole number of 1 or more; got -5: write e.g. round_to: 5",
    ),
    "a label that YAML reads as nothing": (
        PLAN + "unrecorded: [NULL]\n",
        'plan.yaml line 18, unrecorded[0]: expected a label; got nothing: put it in quotes: "null", "~", or "" for the empty label',
    ),
    "no path": (
        plan_with("path: decisions.csv", "path: []"),
        "plan.yaml line 10, data.path: expected at least one; got an empty list: write e.g. path: compas-counts.csv",
    ),
    "a path that is no text": (
        plan_with("path: decisions.csv", "path: {a: b}"),
        "plan.yaml line 10, data.path: expected a path; got a mapping: write e.g. path: compas-counts.csv",
    ),
    "a label that is both yes and no": (
        PLAN + "labels: {outcome: {yes: [a, b], no: [b]}}\n",
        "plan.yaml line 18, labels.outcome: b stands under both yes and no: a label means one of them",
    ),
    "no label for no": (
        PLAN + "labels: {outcome: {yes: a, no: []}}\n",
        "plan.yaml line 18, labels.outcome: expected at least one label under yes and one under no; got an empty list: name them",
    ),
    "a placeholder of a draft": (
        plan_with("independent: true", 'independent: "REPLACE: true or false"'),
        "plan.yaml line 8, auditor.independent: still to be filled in: the draft's REPLACE stands here; write e.g. independent: true",
    ),
    "a placeholder for a number": (
        plan_with("[5]", '["REPLACE: the score"]'),
        "plan.yaml line 13, thresholds[0]: still to be filled in: the draft's REPLACE stands here; write e.g. thresholds: [5, 8]",
    ),
    "a placeholder for a whole number": (
        PLAN + 'intersect: "REPLACE: how many"\n',
        "plan.yaml line 18, intersect: still to be filled in: the draft's REPLACE stands here; write e.g. intersect: 2",
    ),
    "a field twice": (
        PLAN + "title: Another\n",
        "plan.yaml line 18, title: stands twice, first on line 2: keep one",
    ),
    "a tag": (
        plan_with("A pilot", "!!python/object/apply:os.system [ls]"),
        (
            "plan.yaml line 2, title: expected a plain value; got one with a tag, which starts with an exclamation mark: "
            "remove the tag, or put the text in quotes"
        ),
    ),
    "a tolerance beyond everything": (
        plan_with("0.05", "5"),
        "plan.yaml line 17, confirmatory[0].tolerance: difference must lie between 0 and 1; got 5: 0.05 is five in a hundred",
    ),
    "two tolerances": (
        plan_with("difference: 0.05", "difference: 0.05, ratio: 1.2"),
        "plan.yaml line 17, confirmatory[0].tolerance: give exactly one of difference and ratio, e.g. {difference: 0.05} or {ratio: 1.25}",
    ),
    "a score and an advice": (
        plan_with("outcome: again}", "recommendation: advice}"),
        "plan.yaml line 11, columns: give score or recommendation, not both; drop the one that the decision-maker did not see",
    ),
    "a range upside down": (
        plan_with("minimum: 0, maximum: 10", "minimum: 10, maximum: 0"),
        "plan.yaml line 12, score: minimum must be below maximum; got 10 and 0: swap or mend them",
    ),
    "a probability beyond one": (
        plan_with("maximum: 10}", "maximum: 10, probability: true}"),
        "plan.yaml line 12, score: a probability lies between 0 and 1; got a range of 0 to 10: mend it, or drop probability",
    ),
    "a threshold beyond the scores": (
        plan_with("[5]", "[5, 11]"),
        (
            "plan.yaml line 13, thresholds: 11 flags everyone or no one for a score from 0 to 10; "
            "a threshold must lie above the minimum and not above the maximum"
        ),
    ),
    "a question about no group": (
        plan_with("by: race", "by: age"),
        "plan.yaml line 16, confirmatory: by age is not among groups (race, sex): add it there",
    ),
    "a score without a range": (
        plan_with("score: {minimum: 0, maximum: 10}\n", ""),
        "plan.yaml, score: a score column needs its declared range, e.g. score: {minimum: 1, maximum: 10}",
    ),
    "a confidence of certainty": (
        PLAN + "confidence: 1\n",
        "plan.yaml line 18, confidence: must lie between 0.5 and 1; got 1: 0.95 is usual",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_used_is_refused_in_words(case: str) -> None:
    text, message = REFUSALS[case]

    assert refusal_of(text) == message


def test_all_that_is_wrong_is_told_in_the_order_of_the_lines() -> None:
    text = PLAN.replace("title: A pilot\n", "").replace("[5]", "five").replace("by: race", "by: [race]").replace("RiskTool", "")

    assert refusal_of(text + "groups: [sex]\n").splitlines() == [
        'plan.yaml, title: missing; write e.g. title: "COMPAS, two-year general recidivism"',
        "plan.yaml line 2, system.name: expected text; got nothing: write e.g. name: COMPAS",
        'plan.yaml line 12, thresholds: expected a list; got "five": write e.g. thresholds: [5, 8]',
        "plan.yaml line 16, confirmatory[0].by: expected the name of a column; got a list: write e.g. by: race",
        "plan.yaml line 17, groups: stands twice, first on line 13: keep one",
    ]


def test_a_file_with_thousands_of_faults_is_not_told_in_full() -> None:
    text = PLAN + "".join(f"x{number}: 1\n" for number in range(60))

    told = refusal_of(text).splitlines()

    assert len(told) == 51
    assert told[-1] == "plan.yaml: and 10 more; mend these first"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "plan.yaml: the plan is empty; expected a mapping that starts with habeas: audit/1: draft one by `habeas audit init DATA`"),
        (
            "# later\n",
            "plan.yaml: the plan is empty; expected a mapping that starts with habeas: audit/1: draft one by `habeas audit init DATA`",
        ),
        ("- habeas: audit/1\n", "a list"),
        ("race,sex,n\nWhite,Male,3\n", "text"),
        ("race,sex,time: 1\n", "a mapping without any field of a plan"),
    ],
)
def test_what_is_no_plan_at_all_is_refused_at_once(text: str, message: str) -> None:
    no_plan = (
        "plan.yaml: expected a plan, a mapping that starts with habeas: audit/1; got {got}: "
        "is this the data? `habeas audit init DATA` drafts a plan"
    )

    assert refusal_of(text) == (message if message.startswith("plan.yaml") else no_plan.format(got=message))


def test_comments_layout_and_order_do_not_change_the_digest() -> None:
    lines = PLAN.splitlines()
    said_otherwise = "\n".join(
        [
            "# a remark",
            *lines[9:15],
            "confirmatory: [{by: 'race', tolerance: {difference: 5.0e-2},",
            "  metric: false_positive_rate}]",
            *lines[:9],
            "confidence: 0.95  # the default, written out",
        ]
    ).replace("{sex: Male, race: White}", '{race: "White", sex: Male}')

    assert plan_digest(said_otherwise) == plan_digest(PLAN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A pilot", "A test"),
        ("1.10", "1.1"),
        ("0.05", "0.06"),
        ("[race, sex]", "[sex, race]"),
        ("[5]", "[5, 6]"),
        ("race: White", "race: Black"),
    ],
)
def test_any_change_of_what_is_said_changes_the_digest(old: str, new: str) -> None:
    assert plan_digest(plan_with(old, new)) != plan_digest(PLAN)


def test_the_digest_is_sha256_of_canonical_json() -> None:
    # written by hand from the fields of Plan, in alphabetical order, with their defaults
    canonical = (
        '{"habeas":"audit/1","plan":{'
        '"auditor":{"independent":true,"name":"Example Audit Office","statement":"no ties"},'
        '"columns":{"decision":null,"outcome":"again","person":null,"recommendation":null,"score":"risk","weight":null},'
        '"confidence":0.95,'
        '"confirmatory":[{"by":"race","metric":"false_positive_rate","tolerance":{"difference":0.05,"ratio":null}}],'
        '"decision_labels":null,"groups":["race","sex"],"intersect":1,"outcome_labels":null,"population":null,'
        '"publication":{"minimum_cell":10,"round_to":1},"reference":[["race","White"],["sex","Male"]],'
        '"score":{"maximum":10,"minimum":0,"probability":false},'
        '"source":{"count":null,"paths":["decisions.csv"],"public":false,"row":"one decision"},'
        '"stage":"live","strata":[],"system":{"name":"RiskTool","version":"1.10"},"technology":"risk-score",'
        '"thresholds":[5],"title":"A pilot","unrecorded":[""],'
        '"words":{"flagged":"flagged","no_outcome":"did not have the outcome","outcome":"had the outcome"}}}'
    )

    assert plan_digest(PLAN) == hashlib.sha256(canonical.encode()).hexdigest()


def test_a_plan_made_without_a_file_has_the_digest_of_its_file() -> None:
    plan = parse_plan(PLAN, name="plan.yaml")

    assert plan_digest(replace(plan, thresholds=(5,))) == plan_digest(PLAN)


def test_a_missing_file_is_told_with_the_way_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        read_plan(tmp_path / "plan.yaml")

    assert str(refused.value) == (
        f"{tmp_path}/plan.yaml is not there; expected an audit plan: check the name, or draft one by `habeas audit init DATA`"
    )


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(BadPlan) as refused:
        read_plan(tmp_path)

    assert str(refused.value) == f"{tmp_path} is a folder; expected an audit plan, one YAML file: name the file in it"


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(PLAN.replace("A pilot", "Vorstoß").encode("latin-1"))

    with pytest.raises(BadPlan) as refused:
        read_plan(path)

    assert str(refused.value) == f"{path} line 2: expected text in UTF-8; got a byte that is none: save the plan as UTF-8"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(PLAN.replace("\n", "\r\n").encode("utf-8-sig"))

    assert read_plan(path)[1] == plan_digest(PLAN)


def test_the_data_in_place_of_the_plan_are_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(b"race,score\n" * 100_000)

    with pytest.raises(BadPlan) as refused:
        read_plan(path)

    assert str(refused.value) == f"{path} is longer than 200,000 bytes; expected an audit plan: is this the data? name the plan"


def test_a_file_that_cannot_be_opened_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / ("long" * 100)

    with pytest.raises(Unavailable) as refused:
        read_plan(path)

    assert str(refused.value) == f"{path} can't be read; expected an audit plan: check that you may read it"


def test_reading_a_plan_imports_no_database(repository: Path) -> None:
    # the command line reads the plan first and should refuse a bad one at once
    code = "import sys, habeas.runs.plan_file; print('duckdb' in sys.modules, 'scipy' in sys.modules)"

    ran = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(repository / "src")}, capture_output=True, text=True, check=True
    )

    assert ran.stdout == "False False\n"
