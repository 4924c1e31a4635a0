"""The page: what stands on it, what never does, and that nothing from the data can change what it is."""

from __future__ import annotations

import dataclasses
import re
from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from itertools import pairwise
from math import inf

import pytest

import page_reader
import results
from habeas.audit.result import AuditResult, RocPoint, Screened, SourceFile, Verdict
from habeas.errors import BadInput
from habeas.reports import html
from habeas.terms.group import Group

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
EMPTY_PARTS = dict.fromkeys(
    (
        "findings",
        "exploratory",
        "groups",
        "discrimination",
        "sweeps",
        "calibration",
        "stratified",
        "screening",
        "unrecorded",
        "unknown_outcomes",
        "label_bias",
        "balance",
        "oversight",
        "oversight_comparisons",
        "caveats",
    ),
    (),
)


@pytest.fixture(scope="module")
def text():
    return html.render(results.a_result(), at=AT)


@pytest.fixture(scope="module")
def page(text):
    return page_reader.read(text)


def test_the_page_has_no_script_and_no_handler(page):
    attributes = [name for element in page.all() for name in element.attributes]

    assert page.all("script", "iframe", "object", "embed", "form", "base") == []
    assert [name for name in attributes if name.startswith("on")] == []


def test_no_element_has_a_style_of_its_own(page):
    assert [element.name for element in page.all() if "style" in element.attributes] == []
    assert len(page.all("style")) == 1


def test_the_page_loads_nothing_and_leads_nowhere_else(page, text):
    addresses = [
        element.get(name) for element in page.all() for name in ("href", "src", "xlink:href", "action") if name in element.attributes
    ]

    assert [address for address in addresses if not address.startswith(("#", "data:,"))] == []
    assert re.findall(r"url\(|@import", text) == []


def test_the_policy_allows_only_the_style_sheet_by_its_digest(page):
    policy = next(element.get("content") for element in page.all("meta") if element.get("http-equiv") == "Content-Security-Policy")
    # CSP level 3, section 2.3.1: base64 of SHA-256 of what stands between the tags
    digest = b64encode(sha256(page.all("style")[0].text.encode()).digest()).decode()

    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def test_ids_are_unique_and_every_reference_has_its_target(page):
    ids = [element.get("id") for element in page.all() if "id" in element.attributes]
    wanted = [element.get("href")[1:] for element in page.all("a")]
    wanted += [
        element.get(name) for element in page.all() for name in ("aria-labelledby", "aria-describedby") if name in element.attributes
    ]

    assert len(ids) == len(set(ids))
    assert set(wanted) <= set(ids)


def test_the_page_says_its_language_and_has_one_first_heading(page):
    assert page.all("html")[0].get("lang") == "en"
    assert [heading.text for heading in page.all("h1")] == ["COMPAS, two-year general recidivism"]


def test_headings_skip_no_level(page):
    levels = [int(heading.name[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]

    assert [later for earlier, later in pairwise(levels) if later > earlier + 1] == []


def test_every_table_has_a_caption_and_scoped_headers_and_can_be_scrolled_by_keyboard(page):
    regions = [element for element in page.all("div") if element.has_class("scroll")]

    assert len(regions) == len(page.all("table"))
    assert all((region.get("role"), region.get("tabindex")) == ("region", "0") for region in regions)
    assert [region.get("aria-label") for region in regions] == [table.all("caption")[0].text for table in page.all("table")]
    assert {header.get("scope") for header in page.all("th")} == {"col", "row"}


def test_no_two_regions_have_the_same_name(page):
    names = [element.get("aria-label") for element in page.all("div") if element.get("role") == "region"]

    assert len(names) == len(set(names))


def test_every_row_fills_its_table(page):
    for table in page.all("table"):
        width = len(table.all("thead")[0].all("th"))
        widths = {sum(int(cell.get("colspan") or 1) for cell in row.all("th", "td")) for row in table.all("tr")}

        assert widths == {width}


def test_every_drawing_has_words_and_readable_writing(page):
    drawings = page.all("svg")

    assert len(drawings) > 20
    assert {drawing.get("role") for drawing in drawings} == {"img"}
    assert all(drawing.all("title")[0].text and drawing.all("desc")[0].text for drawing in drawings)
    assert {element.get("font-size") for element in page.all() if "font-size" in element.attributes} == {"12"}
    assert max(int(drawing.get("viewbox").split()[2]) for drawing in drawings) <= 328  # 360 px less the page's margins


def test_the_verdict_stands_in_words_before_everything_else(page):
    main = page.all("main")[0]
    first = main.children[0]

    assert first.all("h2")[0].text == "The verdict"
    assert [element.text for element in first.all("p") if element.has_class("word")] == ["≠Shown different"]
    assert "Of 8 comparisons declared in advance: 4 shown different" in first.text


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.SHOWN_DIFFERENT, "≠Shown different"),
        (Verdict.SHOWN_EQUAL, "=Shown equal within the tolerance"),
        (Verdict.CANNOT_TELL, "?This sample cannot tell"),
    ],
)
def test_each_verdict_has_its_words_and_its_sign(verdict, words):
    page = page_reader.read(html.render(results.a_result(verdict=verdict), at=AT))

    assert next(element.text for element in page.all("p") if element.has_class("word")) == words


def test_a_finding_is_told_in_people_with_as_many_filled_circles(page):
    finding = next(article for article in page.all("article") if "race African-American" in article.all("h4")[0].text)
    circles = [[path.get("d").count("M") for path in drawing.all("path")] for drawing in finding.all("svg")]

    # 805/1795 = 0.4485 and 349/1488 = 0.2345, of 100 people each
    assert "45 were labelled medium or high risk; of 100 Caucasian people, 23." in finding.text
    assert circles == [[45, 55], [23, 77]]


def test_every_group_has_a_row_at_every_cut(page):
    tables = {table.all("caption")[0].text: table for table in page.all("table")}
    rows = [
        row.all("th")[0].text for row in tables["By race: rates where a score of 5 or more counts as flagged"].all("tbody")[0].all("tr")
    ]

    assert rows == ["everyone", "African-American", "Caucasian", "Hispanic", "Other", "Asian", "Native American"]
    assert "By race: rates where a score of 8 or more counts as flagged" in tables


def test_the_table_holds_the_published_rates(page):
    table = next(table for table in page.all("table") if table.all("caption")[0].text.startswith("By race: rates where a score of 5"))
    row = next(row for row in table.all("tr") if row.all("th")[0].text == "African-American")

    # 1369 + 805 of 3696 flagged; 805/1795; 532/1901; intervals by Wilson (tests/results.py)
    assert [cell.text for cell in row.all("td")][:5] == [
        "3,696",
        "51.4% 49.8% to 53.0% of 3,696",
        "58.8% 57.2% to 60.4% of 3,696",
        "44.8% 42.6% to 47.2% of 1,795",
        "28.0% 26.0% to 30.0% of 1,901",
    ]


def test_a_withheld_group_has_no_numbers_anywhere(page):
    rows = [row for row in page.all("tr") if row.all("th")[0].text in {"Asian", "Native American"}]
    numbers = {digits for row in rows for cell in row.all("td") for digits in re.findall(r"\d+", cell.text)}

    assert rows
    assert numbers == {"10"}  # the publication rule itself: "a count is below 10"


def test_the_size_of_a_withheld_group_is_shown_where_it_may_be():
    whole = results.a_result()
    hidden = tuple(dataclasses.replace(one, rows=32) if one.group == results.ASIAN else one for one in whole.groups)

    page = page_reader.read(html.render(dataclasses.replace(whole, groups=hidden), at=AT))

    table = next(table for table in page.all("table") if table.all("caption")[0].text.startswith("By race: rates where a score of 5"))
    row = next(row for row in table.all("tr") if row.all("th")[0].text == "Asian")
    assert [cell.text for cell in row.all("td")] == ["32", "withheld: a count is below 10, or would let one be worked out"]


def test_sections_without_content_are_left_out():
    page = page_reader.read(html.render(results.a_result(**EMPTY_PARTS), at=AT))

    titles = [heading.text for heading in page.all("h2")]
    assert titles == [
        "The verdict",
        "On this page",
        "How to read this page",
        "What this audit cannot tell",
        "How it was computed",
        "How to check it",
        "The words on this page",
    ]
    assert page.all("svg") == []


@pytest.mark.parametrize("left_out", EMPTY_PARTS)
def test_any_part_may_be_missing(left_out):
    page = page_reader.read(html.render(results.a_result(**{left_out: ()}), at=AT))

    assert len(page.all("h1")) == 1


def test_every_section_is_in_the_contents(page):
    contents = [link.text for link in page.all("nav")[0].all("a")]
    titles = [section.all("h2")[0].text for section in page.all("main")[0].all("section")][1:]

    assert contents == titles


HOSTILE = "</td></svg></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7 * 7 }}"


def hostile(value):
    """The same value with every label, caveat and file name replaced by an attack, however deep it lies."""
    if isinstance(value, Group):
        return Group(tuple((f"{attribute}{HOSTILE}", f"{level}{HOSTILE}") for attribute, level in value.parts))
    if isinstance(value, tuple):
        return tuple(hostile(part) for part in value)
    if not dataclasses.is_dataclass(value):
        return value
    changed = {field.name: hostile(getattr(value, field.name)) for field in dataclasses.fields(value)}
    changed |= {name: f"{changed[name]}{HOSTILE}" for name in ("text", "title", "statement", "description", "flagged") if name in changed}
    return dataclasses.replace(value, **changed) if type(value).__name__ not in {"Plan", "Question"} else value


def hostile_result() -> AuditResult:
    attacked = hostile(results.a_result())
    plan = dataclasses.replace(
        attacked.plan,
        title=HOSTILE,
        words=hostile(attacked.plan.words),
        auditor=hostile(attacked.plan.auditor),
        population=hostile(attacked.plan.population),
    )
    return dataclasses.replace(attacked, plan=plan)


def test_labels_can_break_out_of_nothing():
    text = html.render(hostile_result(), at=AT)
    page = page_reader.read(text)

    assert page.all("script", "img") == []
    assert {name for element in page.all() for name in element.attributes if name.startswith("on")} == set()
    assert "49" not in page.all("h1")[0].text
    assert page.all("h1")[0].text == HOSTILE


def test_labels_are_shown_as_they_are():
    page = page_reader.read(html.render(hostile_result(), at=AT))
    rows = {row.all("th")[0].text for row in page.all("tr")}
    titles = " ".join(drawing.all("title")[0].text for drawing in page.all("svg"))

    assert f"African-American{HOSTILE}" in rows
    assert f"African-American{HOSTILE}" in titles


def test_the_same_result_at_the_same_time_gives_the_same_bytes(text):
    assert html.render(results.a_result(), at=AT) == text


def test_the_time_is_told_in_universal_time():
    summer = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))

    page = page_reader.read(html.render(results.a_result(), at=summer))

    assert "on 30 June 2026, 23:30 UTC" in page.all("footer")[0].text


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(BadInput) as refused:
        html.render(results.a_result(), at=datetime(2026, 11, 21))  # noqa: DTZ001 - that is the point

    assert str(refused.value) == (
        "at: expected a time with its time zone, e.g. datetime.now(UTC); got one without: say which zone it is in"
    )


def test_people_whose_group_is_not_recorded_are_a_row_of_their_own():
    page = page_reader.read(html.render(results.a_result_with_unrecorded_people(), at=AT))

    row = next(row for row in page.all("tr") if row.all("th")[0].text == "not recorded")
    assert row.all("td")[0].text == "36"


def test_the_digests_and_the_command_are_there_to_check(page):
    codes = [code.text for code in page.all("code")]

    assert {"e7" * 32, "5d41402abc4b2a76b9719d911017c592" * 2, "7d793037a0760186574b0282f2f435e7" * 2} <= set(codes)
    assert "habeas audit plan.yaml" in codes


def test_a_withheld_digest_says_why_in_words_and_not_as_a_code():
    whole = results.a_result(cells_sha256=None)
    files = (SourceFile(name="compas-counts.csv", size_bytes=None, sha256=None),)

    page = page_reader.read(html.render(dataclasses.replace(whole, intake=dataclasses.replace(whole.intake, files=files)), at=AT))

    told = {term.text: words for term, words in zip(page.all("dt"), page.all("dd"), strict=True)}
    why = "withheld: it would let small counts be worked out; whoever holds the cells can check them"
    assert [told[term].text for term in ("Counts (SHA-256)", "compas-counts.csv (SHA-256)")] == [why, why]
    assert [told[term].all("code") for term in ("Counts (SHA-256)", "compas-counts.csv (SHA-256)")] == [[], []]
    assert told["Plan (SHA-256)"].all("code")


def methods_told(result):
    page = page_reader.read(html.render(result, at=AT))
    section = next(section for section in page.all("section") if section.all("h2")[0].text == "How it was computed")
    return [term.text for term in section.all("dt")]


def test_exactly_the_methods_that_were_used_are_explained():
    # the only estimates left are those of groups and of findings
    used = {name: parts for name, parts in EMPTY_PARTS.items() if name not in {"groups", "findings"}}

    assert methods_told(results.a_result(**used)) == [
        "Wilson score",
        "Miettinen-Nurminen score",
        "Declared comparisons",
        "Equality",
        "Detectable differences",
    ]


def test_a_page_without_numbers_explains_no_method():
    nothing = page_reader.read(html.render(results.a_result(**EMPTY_PARTS), at=AT))

    told = [section.text for section in nothing.all("section") if section.all("h2")[0].text == "How it was computed"]
    assert [words.split() for words in told] == [["How", "it", "was", "computed", "No", "number", "could", "be", "told."]]


def test_a_pooled_test_without_a_pooled_number_is_not_told():
    whole = results.a_result()
    alone = dataclasses.replace(whole.stratified[0], odds_ratio=None, difference=None)

    page = page_reader.read(html.render(dataclasses.replace(whole, stratified=(alone,)), at=AT))

    table = next(table for table in page.all("table") if table.all("caption")[0].text.startswith("Within c_charge_degree"))
    # rate, cut, strata used, odds ratio, difference, no difference, same in all strata
    assert [cell.text for cell in table.all("tbody")[0].all("td")][2:] == ["2", "no cases", "no cases", "–", "–"]


def test_declared_questions_with_nothing_to_compare_stand_under_the_verdict():
    page = page_reader.read(html.render(results.a_result(verdict=Verdict.CANNOT_TELL, findings=()), at=AT))

    verdict = page.all("main")[0].children[0].text
    assert "Of 2 questions declared in advance, 2 had nothing to compare in these data." in verdict
    assert "This is not a finding of equality." in verdict


def test_the_page_weighs_little(text):
    assert len(text.encode()) < 400_000


def test_very_many_groups_keep_the_page_light():
    many = [results.race(f"level {i}") for i in range(500)]
    shown = tuple(dataclasses.replace(results.group_rates(results.BLACK, results.MEDIUM), group=group) for group in many)
    asked = tuple(results.a_comparison(group=group) for group in many)

    text = html.render(results.a_result(groups=shown, findings=asked), at=AT)

    page = page_reader.read(text)
    assert len(text.encode()) < 600_000
    assert len(page.all("article")) == 24
    assert "476 more, in the tables below and in report.json" in page.all("main")[0].children[0].text
    assert "pictures show the first 24 of an attribute and tables the first 100; report.json has all of them." in text


def test_what_differs_is_told_at_length_before_what_cannot_be_told():
    unclear = tuple(results.a_comparison(group=results.race(f"level {i}"), verdict=Verdict.CANNOT_TELL) for i in range(30))

    page = page_reader.read(html.render(results.a_result(findings=(*unclear, results.a_comparison())), at=AT))

    headings = [article.all("h4")[0].text for article in page.all("article")]
    assert len(headings) == 24
    assert headings[-1] == "False positive rate: race African-American against race Caucasian"


def test_screening_lists_the_group_furthest_from_the_middle_first():
    def screened(level, share):
        # of three rates 0.10, 0.30 and 0.35 the middle one is 0.30: the lowest lies furthest from it
        shrunk = results.estimate(share, share - 0.05, share + 0.05, 100)
        return Screened(metric=results.FPR, cut=results.MEDIUM, group=results.race(level), raw=shrunk, shrunk=shrunk)

    result = results.a_result(screening=(screened("middle", 0.30), screened("highest", 0.35), screened("lowest", 0.10)))
    page = page_reader.read(html.render(result, at=AT))

    table = next(table for table in page.all("table") if table.all("caption")[0].text.startswith("Screening"))
    assert [row.all("th")[0].text for row in table.all("tbody")[0].all("tr")] == ["lowest", "highest", "middle"]


def test_the_threshold_that_flags_no_one_is_not_tabled():
    whole = results.a_result()
    curves = tuple(
        dataclasses.replace(one, curve=(*one.curve, RocPoint(threshold=inf, false_positive_rate=0.0, true_positive_rate=0.0)))
        for one in whole.discrimination
    )

    page = page_reader.read(html.render(dataclasses.replace(whole, discrimination=curves), at=AT))

    table = next(table for table in page.all("table") if "at each threshold" in table.all("caption")[0].text)
    assert [row.all("th")[0].text for row in table.all("tbody")[0].all("tr")] == ["1", "3", "5", "8", "10"]


def test_few_groups_are_not_said_to_be_very_many(page):
    assert "very many groups" not in page.text
