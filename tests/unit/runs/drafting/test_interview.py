from __future__ import annotations

from collections.abc import Callable, Iterator

from habeas.audit.plan import YesNo
from habeas.runs.drafting.facts import ColumnFacts, DataFacts
from habeas.runs.drafting.guesses import Draft, guess
from habeas.runs.drafting.interview import interview

FACTS = DataFacts(
    name="decisions.csv",
    rows=100,
    columns=(
        ColumnFacts(name="race", distinct=2, levels=("White", "Black")),
        ColumnFacts(name="risk", distinct=10, numeric=True, whole=True, minimum=1, maximum=9),
        ColumnFacts(name="again", distinct=2, levels=("0", "1")),
        ColumnFacts(name="region", distinct=3, levels=("north", "south", "n/a")),
    ),
)
GUESS = guess(FACTS, path="decisions.csv")


def answering(*answers: str) -> Callable[[str, str], str]:
    """Someone who gives these answers in turn, and the default to a blank one, as a terminal does."""
    left: Iterator[str] = iter(answers)
    return lambda _question, default: next(left) or default


def silent(_question: str, _default: str) -> str:
    raise EOFError


def test_answers_become_the_draft() -> None:
    # in the order of the questions: system, version, stage, auditor, independent, statement; score, count, decision,
    # outcome, person; groups, lowest, highest, threshold, reference of race, reference of region, tolerance
    ask = answering(
        *("RiskTool", "2", "live", "Office", "yes", "no ties"),
        *("", "", "", "again", ""),
        *("race, region", "", "10", "5", "Black", "", "0.1"),
    )

    assert interview(GUESS, FACTS, ask) == Draft(
        path="decisions.csv",
        title="An audit of decisions.csv",
        system_name="RiskTool",
        system_version="2",
        stage="live",
        auditor="Office",
        independent=True,
        statement="no ties",
        score="risk",
        outcome="again",
        minimum=1,
        maximum=10,
        threshold=5,
        groups=("race", "region"),
        reference={"race": "Black", "region": "north"},
        unrecorded=("", "n/a"),
        tolerance=0.1,
    )


def test_where_nobody_answers_the_guesses_stay() -> None:
    assert interview(GUESS, FACTS, silent) == GUESS


def test_no_tolerance_is_proposed() -> None:
    asked: list[tuple[str, str]] = []

    def ask(question: str, default: str) -> str:
        asked.append((question, default))
        return default

    draft = interview(GUESS, FACTS, ask)

    assert asked[-1] == ("Which difference in proportions would be bearable, from 0 to 1? Decide before you look.", "")
    assert draft.tolerance is None


def test_beside_a_decision_the_threshold_is_asked_for_with_what_its_absence_means() -> None:
    asked: list[str] = []

    def ask(question: str, default: str) -> str:
        asked.append(question)
        return "region" if "decided" in question else default

    interview(GUESS, FACTS, ask)

    assert "From which score on is a person flagged? Left blank, the decision is tested and not the score." in asked


def test_what_labels_of_a_decision_mean_is_asked() -> None:
    asked: list[tuple[str, str]] = []

    def ask(question: str, default: str) -> str:
        asked.append((question, default))
        return "region" if "decided" in question else "south" if "mean yes" in question else default

    draft = interview(GUESS, FACTS, ask)

    assert ("Which labels of region mean yes, separated by commas (north, south)?", "") in asked
    assert ("Which labels of region mean no, separated by commas?", "north") in asked
    assert draft.labels == {"decision": YesNo(yes=("south",), no=("north",))}


def test_what_labels_mean_may_stay_open() -> None:
    draft = interview(GUESS, FACTS, lambda question, default: "region" if "decided" in question else default)

    assert draft.labels == {}


def test_an_answer_that_cannot_be_used_is_asked_again_with_the_nearest() -> None:
    asked: list[str] = []

    def ask(question: str, default: str) -> str:
        asked.append(question)
        return "lvie" if "stage" in question and "did you mean" not in question else "live" if "stage" in question else default

    draft = interview(GUESS, FACTS, ask)

    assert draft.stage == "live"
    assert "There is no lvie; did you mean live? At which stage of its life was it tested (design, pre-deployment, live)?" in asked


def test_answers_that_can_never_be_used_leave_the_question_open() -> None:
    draft = interview(GUESS, FACTS, lambda _question, _default: "whatever")

    assert draft.stage is None
    assert draft.independent is None
    assert draft.groups == GUESS.groups
    assert draft.score is None


def test_a_tolerance_of_nought_is_kept_for_the_plan_to_refuse() -> None:
    draft = interview(GUESS, FACTS, lambda question, default: "0" if "bearable" in question else default)

    assert draft.tolerance == 0
