"""The page of an assessment: nothing missing can be overlooked, and nothing in the file can change what the page is."""

from __future__ import annotations

import dataclasses
import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise

import pytest

import page_reader
from habeas.errors import BadInput
from habeas.reports.assessments.html import render
from habeas.rules.assessments.completing import Missing, complete
from habeas.rules.assessments.values import Assessment, Kind
from screens.assessment_cases import BAN, FAMILY, HARM, OPEN_BAN, book, drafted, filled

AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(1)>"


def text_of(assessment: Assessment, *more: Missing) -> str:
    return render(assessment, (*more, *complete(assessment)), at=AT)


def page_of(assessment: Assessment, *more: Missing) -> page_reader.Element:
    return page_reader.read(text_of(assessment, *more))


def words(element: page_reader.Element) -> str:
    return " ".join(element.text.split())


def gaps(page: page_reader.Element) -> list[str]:
    return [words(one) for one in page.all("p") if one.has_class("gap")]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("measured", [(), (HARM,)])
def test_every_missing_thing_is_marked_where_it_belongs(kind: Kind, measured: tuple[object, ...]) -> None:
    assessment = drafted(kind, families=(FAMILY,), measured=measured)

    found = gaps(page_of(assessment))
    assert len(found) == len(complete(assessment))
    assert all(gap.startswith("Missing:") for gap in found)


@pytest.mark.parametrize("kind", Kind)
def test_a_complete_assessment_has_no_gap_and_says_what_that_means(kind: Kind) -> None:
    page = page_of(filled(drafted(kind, families=(FAMILY,), measured=(HARM,))))

    assert gaps(page) == []
    assert words(next(one for one in page.all("h2") if one.get("id") == "state")) == "✓Complete"
    assert "Whether the answers are good, only people can judge." in words(page)


def test_what_was_taken_out_or_answers_nothing_is_marked_too() -> None:
    assessment = filled(drafted())
    nothing = dataclasses.replace(assessment.sections[1].to_write[0], answer="n/a")
    cut = dataclasses.replace(assessment.sections[1], to_write=(nothing,))
    benefit = dataclasses.replace(assessment.benefits[0], claim="tbd")
    spoilt = dataclasses.replace(
        assessment,
        sections=(assessment.sections[0], cut, *assessment.sections[3:]),
        benefits=(benefit,),
        review_on=assessment.drafted_on,
        signatures=(),
    )

    found = gaps(page_of(spoilt, Missing(section="system", item="digest", what="the description is another")))
    assert len(found) == len(complete(spoilt)) + 1 == 7
    assert "Missing: The system: the description is another" in found
    assert any("the whole section" in gap for gap in found)


def test_a_benefit_with_neither_harm_nor_reason_is_marked_once() -> None:
    assessment = filled(drafted())
    bare = dataclasses.replace(assessment, benefits=(dataclasses.replace(assessment.benefits[0], not_measured=None),))

    assert len(gaps(page_of(bare))) == 1


def test_a_prohibition_stands_before_everything_else() -> None:
    page = page_of(filled(drafted(books=(book(OPEN_BAN, BAN),))))

    first = page.all("section")[0]
    assert first.get("aria-labelledby") == "prohibited"
    assert "An assessment can't lift a prohibition" in words(first)
    assert [words(item)[:10] for item in first.all("li")] == ["Prohibited", "Blocked pe"]


@pytest.mark.parametrize(("ban", "told"), [(BAN, "That lifts no prohibition."), (OPEN_BAN, "That unblocks nothing.")])
def test_under_a_prohibition_full_fields_get_no_tick(ban: str, told: str) -> None:
    page = page_of(filled(drafted(books=(book(ban),))))

    assert words(next(one for one in page.all("h2") if one.get("id") == "state")) == "Every field is filled"
    assert told in words(page)
    assert "✓" not in words(page)
    assert "Complete" not in words(page)


def test_an_open_prohibition_is_not_called_one() -> None:
    first = page_of(drafted(books=(book(OPEN_BAN),))).all("section")[0]

    assert words(first.all("h2")[0]) == "?Blocked pending evidence"


def test_without_a_prohibition_there_is_no_box_for_one() -> None:
    assert page_of(drafted()).all("section")[0].get("aria-labelledby") == "state"


def test_a_benefit_stands_beside_the_harm_with_count_and_interval() -> None:
    page = page_of(drafted(families=(FAMILY,), measured=(HARM,)))

    pairs = [[words(side) for side in one.children] for one in page.all("div") if one.has_class("weighed")]
    assert len(pairs) == 1
    assert "(95% interval +18.2 to +24.5; 1,795 against 1,488 cases)" in pairs[0][1]


def test_what_others_claim_stands_apart_from_the_benefits_of_this_system() -> None:
    page = page_of(drafted(families=(FAMILY,), measured=(HARM,)))

    (claims,) = (one for one in page.all("section") if one.get("aria-labelledby") == "claims")
    assert "It says nothing of this system." in words(claims)
    assert [words(one) for one in claims.all("li")] == [
        "Vendors say that it saves hours. (others, not this operator: guidance on made-up-family)"
    ]
    assert not any("Vendors say" in words(one) for one in page.all("div") if one.has_class("weighed"))


def test_that_the_law_is_no_law_there_stands_at_the_head() -> None:
    there = dataclasses.replace(book(BAN), id="eu-ai-act", binds_in=("XB",))

    assert "This law isn't law where the system is used (XA): Regulation" in words(page_of(drafted(books=(there,))).all("header")[0])
    assert "isn't law where" not in words(page_of(drafted()).all("header")[0])


def test_the_link_to_a_harm_leads_to_it() -> None:
    page = page_of(drafted(measured=(HARM,)))

    ids = {element.get("id") for element in page.all()} - {""}
    assert {link.get("href").removeprefix("#") for link in page.all("a")} <= ids
    assert "measured-1" in ids


def test_an_audit_of_another_system_is_told() -> None:
    other = dataclasses.replace(HARM, audited="COMPAS, 2013")

    assert "COMPAS, 2013 (which is not the name and version assessed here" in words(page_of(drafted(measured=(other,))))
    assert "which is not the name and version" not in words(page_of(drafted(measured=(HARM,))))


def test_ids_are_unique_whatever_the_sections_are_called() -> None:
    first = drafted().sections[0]
    more = tuple(dataclasses.replace(first, id=name) for name in ("main", "state", "part-1", "benefits-own"))
    page = page_of(dataclasses.replace(drafted(measured=(HARM,)), sections=(*drafted().sections, *more)))

    ids = [element.get("id") for element in page.all() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_the_page_has_no_script_and_loads_nothing() -> None:
    page = page_of(drafted(families=(FAMILY,)))

    assert page.all("script", "iframe", "object", "embed", "form", "base", "img") == []
    assert [name for element in page.all() for name in element.attributes if name.startswith("on")] == []
    assert {link.get("href")[:1] for link in page.all("a")} == {"#"}


def test_the_policy_allows_the_one_style_sheet_and_nothing_else() -> None:
    text = text_of(drafted())
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)

    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'" in text
    assert " style=" not in text


def test_nothing_in_the_file_becomes_markup() -> None:
    assessment = filled(drafted(families=(FAMILY,), measured=(dataclasses.replace(HARM, says=HOSTILE, detail=HOSTILE),)))
    question = dataclasses.replace(assessment.sections[0].to_write[0], asks=HOSTILE, answer=HOSTILE)
    section = dataclasses.replace(assessment.sections[0], question=HOSTILE, article=HOSTILE, to_write=(question,))
    subject = dataclasses.replace(assessment.system, name=HOSTILE, about=HOSTILE, digest=HOSTILE)
    page = page_of(dataclasses.replace(assessment, system=subject, sections=(section, *assessment.sections[1:])))

    assert page.all("script", "img") == []
    assert words(page).count("<script>alert(1)</script>") >= 8


def test_an_answer_keeps_its_paragraphs_and_its_own_direction() -> None:
    assessment = filled(drafted())
    question = dataclasses.replace(assessment.sections[0].to_write[0], answer="First.\n\nSecond.\nאחרון")
    section = dataclasses.replace(assessment.sections[0], to_write=(question,))
    page = page_of(dataclasses.replace(assessment, sections=(section, *assessment.sections[1:])))

    answer = next(one for one in page.all("article") if one.get("aria-labelledby") == "part-1-asked-1")
    assert [(one.text, one.get("dir")) for one in answer.all("p")] == [("First.", "auto"), ("Second.", "auto"), ("אחרון", "auto")]


def test_headings_descend_without_a_leap() -> None:
    levels = [int(one.name[1]) for one in page_of(drafted(families=(FAMILY,), measured=(HARM,))).all("h1", "h2", "h3", "h4")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_how_far_the_headings_were_checked_is_told() -> None:
    assert "From memory: NOT checked against the law." in words(page_of(drafted(Kind.DATA_PROTECTION)))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(BadInput, match="at: expected a time with its time zone"):
        render(drafted(), (), at=AT.replace(tzinfo=None))
