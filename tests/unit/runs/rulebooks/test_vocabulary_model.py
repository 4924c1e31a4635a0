from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import BadRulebook
from habeas.runs.rulebooks.library import read_vocabulary
from habeas.terms.vocabulary import Fact, Kind, Word
from screens.book_texts import VOCABULARY, changed, vocabulary

REFUSED = [
    ("kind: day", "kind: date", 'line 14, facts[2].kind: expected one of yes-no, several, day; got "date": write e.g. kind: yes-no'),
    (
        "    words: {predict: says who will do what, list: keeps a list, draft: writes letters}\n",
        "",
        "line 3, facts[0].words: purpose is answered by several; expected words exactly where the kind is several",
    ),
    (
        "    find_out: the training slides\n",
        "    words: {often: most times}\n",
        "line 12, facts[1].words: human_decides is answered by yes-no; expected words exactly where the kind is several",
    ),
    (
        "kind: day",
        "kind: day\n    at_least_one: true",
        "line 15, facts[2].at_least_one: since is answered by day; expected it only where the kind is several",
    ),
    ("name: since", "name: purpose", "line 2, facts: purpose stands twice: keep one of each"),
    ("list: keeps a list", "list: a list, list: two", "line 7, facts[0].words.list: stands twice, first on line 7: keep one"),
    (
        "name: human_decides",
        "name: class",
        "line 8, facts[1]: class stands for something else in conditions and answers: choose another name",
    ),
    (
        "draft: writes letters",
        "unknown: nobody knows",
        "line 3, facts[0]: unknown stands for something else in conditions and answers: choose another name",
    ),
    (
        "    why: Older systems have more time.\n",
        "",
        "line 13, facts[2].why: missing; write e.g. why: Decisions by machine alone need safeguards.",
    ),
]


def test_facts_are_read_with_their_words_in_order() -> None:
    read = vocabulary()

    assert read.names() == ("purpose", "human_decides", "since")
    assert read.fact("purpose").words[2] == Word(word="draft", means="writes letters")
    assert read.fact("human_decides") == Fact(
        name="human_decides",
        kind=Kind.YES_NO,
        question="Does a human decide?",
        why="Decisions by machine alone are prohibited.",
        find_out="the training slides",
    )


@pytest.mark.parametrize(("old", "new", "message"), REFUSED, ids=[message.partition(":")[0] for _, _, message in REFUSED])
def test_a_vocabulary_with_a_fault_is_refused_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(changed(VOCABULARY, (old, new)), encoding="utf-8")

    with pytest.raises(BadRulebook) as refused:
        read_vocabulary(path)

    assert str(refused.value) == f"{path} {message}"
