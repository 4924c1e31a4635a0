"""What programs write, as people read it."""

from __future__ import annotations

from django.utils.translation import override

from habeas.web.base.templatetags.written import commands, day_word


def test_a_day_is_written_as_people_of_that_language_write_it() -> None:
    assert day_word("2025-03-01") == "1 March 2025"
    with override("fr"):
        assert day_word("2025-03-01") == "1 mars 2025"


def test_what_is_no_day_stays_as_it_is() -> None:
    assert (day_word(""), day_word("soon"), day_word("2025-02-30")) == ("", "soon", "2025-02-30")


def test_a_command_between_backticks_is_drawn_as_one_and_all_else_is_only_text() -> None:
    assert commands("Run `habeas screen`, <b>then</b> read.") == "Run <code>habeas screen</code>, &lt;b&gt;then&lt;/b&gt; read."
    assert commands("`<i>` alone") == "<code>&lt;i&gt;</code> alone"


def test_a_single_backtick_is_one() -> None:
    assert (commands(""), commands("a ` b")) == ("", "a ` b")
