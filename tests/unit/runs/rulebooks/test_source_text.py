from __future__ import annotations

from datetime import date

import pytest

from habeas.errors import BadRulebook
from habeas.terms.sources import Source
from screens.book_texts import book

SOURCE = "{title: Gazette, where: https://gazette.example/1, read_on: 2026-11-21}"


def test_a_title_alone_is_a_source() -> None:
    assert book((SOURCE, "Gazette of 1 May")).source == Source(title="Gazette of 1 May")


def test_a_source_says_where_it_is_and_when_it_was_read() -> None:
    assert book().source == Source(title="Gazette", where="https://gazette.example/1", read_on=date(2026, 11, 21))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", 'line 10, source: expected a mapping; got nothing: write e.g. source: "OJ L, 2024/1689, 12.7.2024"'),
        ("[Gazette]", 'line 10, source: expected a mapping; got a list: write e.g. source: "OJ L, 2024/1689, 12.7.2024"'),
        (
            "{title: Gazette, read_on: yesterday}",
            'line 10, source.read_on: expected a day; got "yesterday": write year, month and day, e.g. 2027-12-02',
        ),
        (
            "{title: Gazette, page: 3}",
            "line 10, source.page: not a field of source; its fields are title, where, read_on: remove it or mend its name",
        ),
    ],
)
def test_what_is_no_source_is_refused(written: str, message: str) -> None:
    with pytest.raises(BadRulebook) as refused:
        book((SOURCE, written))

    assert str(refused.value) == f"small.yaml {message}"
