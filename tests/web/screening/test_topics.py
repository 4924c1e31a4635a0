"""The questions of the vocabulary on the pages of the questionnaire."""

from __future__ import annotations

from collections import Counter

import pytest

from habeas.errors import NotFound
from habeas.runs.rulebooks import library
from habeas.web.screening.topics import TOPICS, topic, topic_of


def test_each_question_stands_on_exactly_one_page() -> None:
    stands = Counter(name for one in TOPICS for name in one.facts)
    assert stands == Counter(library.vocabulary().names())


def test_a_topic_is_found_by_its_id_and_by_a_question() -> None:
    assert topic("use") is TOPICS[0]
    assert topic_of("purpose") is TOPICS[0]


def test_a_topic_that_is_none_is_not_found() -> None:
    with pytest.raises(NotFound):
        topic("weather")
