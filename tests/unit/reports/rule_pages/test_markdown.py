from __future__ import annotations

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.reports.rule_pages.markdown import bullets, folded, heading, page, prose, sentence, table

EXTENSIONS = ["admonition", "attr_list", "def_list", "footnotes", "tables", "toc", "pymdownx.details", "pymdownx.superfences"]


class Text(HTMLParser):
    """What a reader sees, and which elements hold it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said, self.elements = "", []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as the parser calls it
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.said += data


def seen(source: str) -> Text:
    return Text(markdown.markdown(source, extensions=EXTENSIONS))


@pytest.mark.parametrize(
    "text",
    [
        "a *star* and _line_ and __more__",
        "a | bar",
        "<script>alert(1)</script>",
        "[a](javascript:x)",
        "![a](b.png)",
        "see [^1] and [1]",
        "ends { #id }",
        "a {: .c } b",
        "&lt; is not &amp;",
        "back\\slash \\* here",
        "# no heading",
        "1. no list",
        "- no list",
        "> no quote",
        ": no definition",
        '??? note "no fold"',
        "!!! no box",
        "==== no heading",
        "two ~~~ tildes",
        "https://example.org/a_b_c",
        "Art 5(1)(d), 100 000 000 % of $5",
        "one ` backtick",
    ],
)
def test_text_means_itself(text: str) -> None:
    found = seen(prose(text))

    assert found.said == text
    assert found.elements == ["p"]


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)).filter(lambda text: "`" not in text and text.strip()))
def test_any_text_means_itself(text: str) -> None:
    found = seen(prose(text))

    assert found.said == " ".join(text.split())
    assert found.elements == ["p"]


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)).filter(lambda text: "`" not in text and text.strip()))
def test_any_text_fits_into_a_cell_of_a_table(text: str) -> None:
    found = seen("\n".join(table(("A", "B"), [(prose(text), "b")])))

    assert found.elements == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert " ".join(text.split()) in found.said


def test_what_stands_between_backticks_is_shown_as_typed() -> None:
    found = seen(prose("run `habeas audit_*` now"))

    assert found.said == "run habeas audit_* now"
    assert found.elements == ["p", "code"]


@pytest.mark.parametrize(
    ("text", "said"), [("within a day", "Within a day."), ("Done.", "Done."), ("Why?", "Why?"), ("of `rules`", "Of `rules`.")]
)
def test_a_sentence_begins_with_a_capital_and_ends(text: str, said: str) -> None:
    assert sentence(text) == said


def test_a_heading_is_reached_by_its_name() -> None:
    html = markdown.markdown(heading(3, "A-1: {no} *markup*", anchor="A-1"), extensions=EXTENSIONS)

    assert html.startswith('<h3 id="A-1">')
    assert Text(html).said == "A-1: {no} *markup*"


def test_folded_lines_keep_their_lists() -> None:
    found = seen("\n".join(folded('a "quoted" title', ["text", "", *bullets(["one", "two"])])))

    assert found.elements == ["details", "summary", "p", "ul", "li", "li"]
    assert 'a "quoted" title' in found.said


def test_a_page_has_no_two_empty_lines_and_one_end() -> None:
    assert page(["", "a", "", "", "", "b  ", "", ""]) == "a\n\nb\n"
