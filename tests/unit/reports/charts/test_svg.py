from __future__ import annotations

from habeas.reports.charts import svg


def test_coordinates_keep_one_decimal_and_no_needless_zero():
    assert [svg.coordinate(value) for value in (0, 2.0, 2.04, 2.06, -0.01, 319.96)] == ["0", "2", "2", "2.1", "0", "320"]


def test_text_and_attributes_are_escaped():
    drawn = svg.element("text", "<b>&\"'", x=1, class_='"><script>')

    assert str(drawn) == '<text x="1" class="&#34;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#34;&#39;</text>'


def test_an_underscore_stands_for_a_hyphen():
    assert str(svg.element("path", d="M0 0", stroke_width=1.5)) == '<path d="M0 0" stroke-width="1.5"/>'


def test_a_closed_path_ends_where_it_began():
    assert svg.path([(0, 0), (10, 0), (10, 5)], closed=True) == "M0 0L10 0L10 5z"
