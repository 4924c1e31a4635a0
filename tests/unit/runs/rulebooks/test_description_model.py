from __future__ import annotations

import pytest

from habeas.errors import BadDescription
from habeas.runs.rulebooks.library import parse_description
from habeas.terms.description import SystemDescription, Technique
from screens.book_texts import book, changed, vocabulary

TOOL = """\
habeas: system/1
name: A tool
version: 1.10
operator: Somebody
about: Does something.
used_in: [GB-ENG, NO]
techniques: [checklist]
answers: {human_decides: yes}
"""

REFUSED = [
    ("habeas: system/1", "habeas: audit/1", 'line 1, habeas: expected system/1; got "audit/1": write e.g. habeas: system/1'),
    (
        "name: A tool",
        "nam: A tool",
        "name: missing; write e.g. name: Patrol forecast\nLINE 2, nam: not a field of a description; did you mean name?",
    ),
    ("operator: Somebody", "operator:", "line 4, operator: expected text; got nothing: write e.g. operator: Example Police"),
    (
        "techniques: [checklist]",
        "techniques: [ai]",
        (
            "line 7, techniques[0]: expected one of machine-learning, statistical-model, checklist, rules, matching, generative, "
            'link-analysis, list, unknown; got "ai": write e.g. techniques: [checklist]'
        ),
    ),
    (
        "used_in: [GB-ENG, NO]",
        "used_in: [the north]",
        ('line 6, used_in[0]: expected a code of ISO 3166; got "the north": write two letters such as NL, or with a part such as GB-ENG'),
    ),
    ("GB-ENG, NO", "NO, UK", 'line 6, used_in[1]: expected a code of ISO 3166; got "UK": did you mean GB?'),
    ("GB-ENG, NO", "England", 'line 6, used_in[0]: expected a code of ISO 3166; got "England": did you mean GB-ENG?'),
    (
        "GB-ENG, NO",
        "1",
        "line 6, used_in[0]: expected a code of ISO 3166; got 1: write two letters such as NL, or with a part such as GB-ENG",
    ),
    ("answers: {human_decides: yes}\n", "", "answers: missing; write e.g. answers: {purpose: [predict-place], context: [prevention]}"),
]


def read(text: str) -> SystemDescription:
    return parse_description(text, name="tool.yaml", words=vocabulary())


def test_a_description_is_read_as_it_is_written() -> None:
    tool = read(TOOL)

    assert (tool.name, tool.version, tool.operator, tool.about) == ("A tool", "1.10", "Somebody", "Does something.")
    assert (tool.used_in, tool.techniques) == (("GB-ENG", "NO"), (Technique.CHECKLIST,))


def test_countries_may_be_typed_small_and_are_kept_in_capitals() -> None:
    assert read(changed(TOOL, ("[GB-ENG, NO]", "[gb-eng, no]"))).used_in == ("GB-ENG", "NO")


def test_where_it_is_used_and_how_it_works_may_be_left_out() -> None:
    tool = read(changed(TOOL, ("used_in: [GB-ENG, NO]\n", ""), ("techniques: [checklist]\n", "")))

    assert (tool.used_in, tool.techniques) == ((), ())


@pytest.mark.parametrize(("old", "new", "message"), REFUSED, ids=[new.strip() or f"no {old.strip()}" for old, new, _ in REFUSED])
def test_what_is_wrong_is_told_with_its_line_and_field(old: str, new: str, message: str) -> None:
    with pytest.raises(BadDescription) as refused:
        read(changed(TOOL, (old, new)))

    first = "tool.yaml " if message.startswith("line") else "tool.yaml, "
    assert str(refused.value) == first + message.replace("LINE", "tool.yaml line")


def test_a_rulebook_is_no_description() -> None:
    with pytest.raises(BadDescription, match='line 1, habeas: expected system/1; got "rulebook/1"'):
        read("habeas: rulebook/1\nname: x\n")


def test_an_empty_file_is_told_how_to_start() -> None:
    with pytest.raises(BadDescription) as refused:
        read("")

    assert str(refused.value) == (
        "tool.yaml: the description is empty; expected a mapping that starts with habeas: system/1: "
        "let `habeas screen init SYSTEM.yaml` ask you the questions"
    )


def test_what_a_book_asks_a_description_can_answer() -> None:
    asked = {name for rule in book().rules for example in (*rule.caught, *rule.passed) for name in example.answers}

    assert asked <= set(vocabulary().names())
