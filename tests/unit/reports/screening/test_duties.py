"""Where a duty stands is told once: the source only where it names more than the article and the book do."""

from __future__ import annotations

import dataclasses

import pytest

from habeas.reports.screening.duties import where
from habeas.runs.rulebooks.library import books
from habeas.terms.sources import Source


@pytest.mark.parametrize(
    ("book", "article", "source", "told"),
    [
        ("uk", "DPA 2018 s.38(2)", "Data Protection Act 2018, s.38", "DPA 2018 s.38(2)"),
        ("uk", "DPA 2018 s.49", "Data Protection Act 2018, s.49 as enacted", "DPA 2018 s.49; Data Protection Act 2018, s.49 as enacted"),
        ("uk", "Equality Act 2010 s.118", "Equality Act 2010, s.118", "Equality Act 2010 s.118"),
        ("led", "Art 27", "Directive (EU) 2016/680, Art 27", "Art 27"),
        ("led", "Art 27", "a gazette", "Art 27; a gazette"),
    ],
)
def test_the_source_stands_beside_the_article_only_where_it_adds_something(book: str, article: str, source: str, told: str) -> None:
    found = next(one for one in books() if one.id == book)
    rule = dataclasses.replace(found.rules[0], article=article, source=Source(title=source))

    assert where(rule, found) == f"{told} ({rule.confidence.value})"
