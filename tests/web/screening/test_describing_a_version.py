"""Describing a version: a page of questions at a time, or a file; as a browser without a script does it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from habeas.web.screening.describing import given, read_upload
from habeas.web.screening.models import Description
from habeas.web.screening.topics import TOPICS
from web.makers import browser_of, drafted, example_of, owner, screened, version_of
from web.page_checks import problems
from web.questionnaires import PURPOSE, begun, file_of, stamped, topic_address, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine() -> Client:
    return browser_of(owner())


def test_answers_are_saved_a_page_at_a_time_and_are_there_on_return(mine: Client) -> None:
    made = begun(mine)
    answer = mine.post(topic_address(made, "use"), stamped(made, {**PURPOSE, "purpose": ["route-calls"], "purpose-rest": "perhaps"}))
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.said["answers"] == {"purpose": ["route-calls", "unknown"], "context": ["prevention"]}
    again = browser_of(owner())
    assert again.get(topic_address(made, "use")).context["form"]["purpose"].value() == ["route-calls"]


def test_one_topic_leaves_the_answers_of_another_alone(mine: Client) -> None:
    made = begun(mine)
    mine.post(topic_address(made, "use"), stamped(made, {**PURPOSE, "purpose": ["route-calls"], "purpose-rest": "all"}))
    mine.post(topic_address(made, "data"), stamped(made, {"asked": ["processes_personal_data"], "processes_personal_data": "yes"}))
    made.refresh_from_db()
    assert made.said["answers"].keys() == {"purpose", "context", "processes_personal_data"}


def test_an_answer_is_taken_with_its_evidence_and_its_note(mine: Client) -> None:
    made = begun(mine)
    said = {
        "solely_automated": "no",
        "solely_automated-0-what": "statistics of departures",
        "solely_automated-0-where": "file 12",
        "solely_automated-0-by": "head of unit",
        "solely_automated-note": "from May on\r\nonly",
    }
    mine.post(topic_address(made, "decisions"), stamped(made, {"asked": ["solely_automated"], **said}))
    made.refresh_from_db()
    assert made.said["answers"]["solely_automated"] == {
        "answer": "no",
        "evidence": [{"what": "statistics of departures", "where": "file 12", "by": "head of unit"}],
        "note": "from May on\nonly",
    }


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"purpose": ["route-calls"]}, "Say whether these are all"),
        ({"purpose-rest": "all"}, "at least one of these"),
        ({"purpose": ["fly"], "purpose-rest": "all"}, "Select a valid choice"),
        ({"purpose": ["route-calls"], "purpose-rest": "all", "purpose-0-what": "TBC"}, "shows nothing"),
        ({"purpose": ["route-calls"], "purpose-rest": "all", "purpose-0-where": "file 12"}, "Name the document"),
        ({"purpose": ["route-calls"], "purpose-rest": "all", "purpose-note": "a\x1bb"}, "control characters"),
    ],
)
def test_an_answer_that_is_none_is_refused_on_its_page_and_nothing_is_saved(mine: Client, wrong: dict[str, object], told: str) -> None:
    made = begun(mine)
    answer = mine.post(topic_address(made, "use"), stamped(made, {**PURPOSE, **wrong}))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    made.refresh_from_db()
    assert made.said["answers"] == {}


def test_an_answer_can_be_taken_back(mine: Client) -> None:
    made = begun(mine)
    where = topic_address(made, "decisions")
    mine.post(where, stamped(made, {"asked": ["adverse_effect"], "adverse_effect": "yes"}))
    mine.post(where, stamped(made, {"asked": ["adverse_effect"]}))
    made.refresh_from_db()
    assert made.said["answers"] == {}


def test_only_questions_that_still_matter_are_asked_unless_all_are_wanted(mine: Client) -> None:
    made = begun(mine)
    mine.post(topic_address(made, "use"), stamped(made, {**PURPOSE, "purpose": ["route-calls"], "purpose-rest": "all"}))
    asked = [fact.name for fact in mine.get(topic_address(made, "recognition")).context["page"].facts]
    every = [fact.name for fact in mine.get(topic_address(made, "recognition") + "?all").context["page"].facts]
    assert "watchlist_criteria_written" not in asked
    assert "watchlist_criteria_written" in every
    assert len(every) == len(next(topic for topic in TOPICS if topic.id == "recognition").facts)


def test_new_questions_on_the_same_page_are_asked_before_the_next(mine: Client) -> None:
    made = begun(mine)
    where = topic_address(made, "decisions")
    answer = mine.post(where, stamped(made, {"asked": ["solely_automated"], "solely_automated": "yes"}))
    assert answer.headers["Location"] == where


def test_what_an_answer_implies_is_said_where_it_counts(mine: Client) -> None:
    made = begun(mine)
    mine.post(topic_address(made, "profiles"), stamped(made, {"asked": ["profiles_persons"], "profiles_persons": "yes"}))
    html = mine.get(reverse("desk_description", args=["letter-sorter", made.pk])).content.decode()
    assert "What follows from your answers" in html
    assert "profile-person" in html
    made.refresh_from_db()
    assert "purpose" not in made.said["answers"]


def test_a_file_that_is_uploaded_comes_back_the_same(mine: Client) -> None:
    made = begun(mine)
    for name in ("drafting-help", "live-face", "patrol-forecast"):
        content = file_of(name)
        assert upload(mine, made, content).status_code == 302
        file = mine.get(reverse("desk_description_file", args=["letter-sorter", made.pk])).content
        assert given(read_upload(file)) == given(read_upload(content))


BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + i, 98 + i, b", ".join([b"*%c" % (97 + i)] * 9)) for i in range(9)
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BOMB, "description"),
        (b"x" * 3_000_000, "at most 1,000,000 bytes"),
        (b"\x00\xff\xfe\x01binary", "UTF-8"),
        (b"", "description"),
        (b"habeas: system/1\nname: A\nversion: '1'\noperator: B\nabout: C\nanswers: {purpse: [predict-place]}\n", "line 6"),
        (b"habeas: system/1\nname: A\nversion: '1'\noperator: B\nabout: C\nanswers: {}\nsurprise: 1\n", "surprise"),
        (b"- 1\n- 2\n", "description"),
    ],
)
def test_a_file_that_is_no_description_is_refused_and_nothing_is_written(mine: Client, content: bytes, told: str) -> None:
    made = begun(mine)
    before = made.said
    answer = upload(mine, made, content)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    made.refresh_from_db()
    assert made.said == before


def test_answers_to_what_was_screened_meanwhile_are_refused_on_their_page_and_stay_in_its_boxes(mine: Client) -> None:
    version = version_of(drafted())
    screened(version)
    made = Description.objects.get()
    answer = mine.post(topic_address(made, "use"), stamped(made, {**PURPOSE, "purpose": ["route-calls"], "purpose-rest": "perhaps"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "a screen was made from this one" in page
    assert answer.context["form"]["purpose"].value() == ["route-calls"]


def test_of_two_windows_the_later_is_shown_what_the_other_answered_and_nothing_is_lost(mine: Client) -> None:
    made = begun(mine)
    where = topic_address(made, "decisions")
    mine_now = stamped(
        made, {"asked": ["solely_automated", "adverse_effect"], "solely_automated": "yes", "solely_automated-1-what": "file 2"}
    )
    theirs = {"asked": ["solely_automated", "adverse_effect"], "solely_automated": "no", "solely_automated-note": "Since May."}
    assert mine.post(where, stamped(made, theirs)).status_code == 302
    answer = mine.post(where, mine_now)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved other answers while you wrote" in page
    assert "Since May." in page
    assert answer.context["form"]["solely_automated"].value() == "yes"
    assert answer.context["form"]["solely_automated-1-what"].value() == "file 2"
    assert problems(page) == []
    made.refresh_from_db()
    assert made.said["answers"]["solely_automated"]["answer"] == "no"
    assert mine.post(where, {**mine_now, "seen": answer.context["form"]["seen"].value()}).status_code == 302
    made.refresh_from_db()
    assert made.said["answers"]["solely_automated"] == {"answer": "yes", "evidence": [{"what": "file 2"}]}


def test_two_windows_that_answer_alike_or_other_questions_are_in_nobody_s_way(mine: Client) -> None:
    made = begun(mine)
    where = topic_address(made, "decisions")
    first = stamped(made, {"asked": ["solely_automated"], "solely_automated": "yes"})
    other = stamped(made, {"asked": ["adverse_effect"], "adverse_effect": "yes"})
    assert [mine.post(where, one).status_code for one in (first, first, other)] == [302, 302, 302]


def test_of_two_windows_on_the_first_page_the_later_is_shown_what_the_other_wrote(mine: Client) -> None:
    made = begun(mine)
    where = reverse("desk_description_about", args=["letter-sorter", made.pk])
    seen = mine.get(where).context["form"]["seen"].value()
    said = {"seen": seen, "operator": "Force", "about": "Sorts letters.", "used_in": "GB-ENG"}
    assert mine.post(where, {**said, "techniques": ["rules"]}).status_code == 302
    answer = mine.post(where, {**said, "about": "Sorts all letters."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sorts letters.</dd>" in page
    assert "fixed rules</dd>" in page
    assert "Sorts all letters.</textarea>" in page
    assert problems(page) == []
    made.refresh_from_db()
    assert made.said["about"] == "Sorts letters."


@pytest.mark.parametrize(
    ("instead", "told"),
    [
        ({"name": "Letter sorter", "version": "2"}, "expected a description of version 1, which you chose; it says 2"),
        ({"name": "Patrol forecast", "version": "1"}, "expected a description of the system that you chose"),
    ],
)
def test_a_file_that_speaks_of_another_version_or_system_is_refused(mine: Client, instead: dict[str, str], told: str) -> None:
    made = begun(mine)
    answer = upload(mine, made, example_of("patrol-forecast", **instead))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    made.refresh_from_db()
    assert made.said["answers"] == {}


def test_a_file_may_spell_the_system_s_name_otherwise(mine: Client) -> None:
    made = begun(mine)
    assert upload(mine, made, example_of("patrol-forecast", name="LETTER  sorter", version="1")).status_code == 302


def test_which_system_and_version_it_is_about_is_not_asked_but_known(mine: Client) -> None:
    made = begun(mine)
    where = reverse("desk_description_about", args=["letter-sorter", made.pk])
    Description.objects.update(said={**made.said, "name": "Of long ago", "version": "0"})
    said = {"seen": mine.get(where).context["form"]["seen"].value(), "operator": "Force", "about": "Sorts letters."}
    mine.post(where, {**said, "name": "Patrol forecast", "version": "7"})
    made.refresh_from_db()
    assert (made.said["name"], made.said["version"]) == ("Letter sorter", "1")
