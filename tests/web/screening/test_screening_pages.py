"""The verdicts, and the pages of the questionnaire as a whole, as a browser without a script uses them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from habeas.reports.documents.writing import to_bytes
from habeas.reports.screening.document import as_document
from habeas.runs.screens.screening import read_description, screening
from habeas.web.base.actors import Role
from habeas.web.screening.models import Description, Screen
from habeas.web.screening.queries import latest_screen
from habeas.web.screening.topics import TOPICS
from web.makers import (
    EXAMPLES,
    NOON,
    approver,
    browser_of,
    described,
    drafted,
    organisation,
    owner,
    published_system,
    screened,
    signed_in,
    user,
    version_of,
)
from web.page_checks import problems
from web.questionnaires import PURPOSE, begun, file_of, topic_address, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine() -> Client:
    return browser_of(owner())


def screened_page(client: Client, example: str) -> str:
    made = begun(client)
    upload(client, made, file_of(example))
    answer = client.post(reverse("desk_screen_make", args=["letter-sorter", made.pk]), follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_refusal_stands_first_with_the_rule_that_forbids_the_use(mine: Client) -> None:
    html = screened_page(mine, "patrol-forecast")
    assert html.index("REFUSED") < html.index("FT-BAN-2") < html.index("What you can do") < html.index("What each book says")
    assert "No prohibition found</h2>" not in html


def test_the_page_of_a_book_cites_the_rule_the_answers_and_the_exceptions(mine: Client) -> None:
    screened_page(mine, "live-face")
    html = mine.get(reverse("desk_verdict", args=["letter-sorter", Screen.objects.get().pk, "uk"])).content.decode()
    rule = next(book for book in Screen.objects.get().told["books"] if book["id"] == "uk")["prohibits"][0]
    for said in (rule["id"], "Met by these answers", "Exceptions, to this rule alone", "Would have to be shown", "not legal advice"):
        assert said in html


def test_the_verdicts_for_programs_are_those_of_the_command(mine: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.web.screening.views.verdicts.now", lambda: NOON)
    screened_page(mine, "patrol-forecast")
    file = mine.get(reverse("desk_screen_file", args=["letter-sorter", Screen.objects.get().pk])).content
    (tmp_path / "description.yaml").write_bytes(file_of("patrol-forecast"))
    assert file == to_bytes(as_document(screening(tmp_path / "description.yaml", names=[], on=NOON.date())))


def test_what_changed_since_the_screen_before_is_told(mine: Client) -> None:
    version = version_of(drafted())
    screened(version)
    second = screened(version, example="patrol-forecast")
    html = mine.get(reverse("desk_screen_changes", args=["letter-sorter", second.id])).content.decode()
    assert "What a book finds changed." in html
    assert "FT-BAN-2" in html


def test_another_organisation_finds_nothing_there() -> None:
    found = screened(version_of(drafted()))
    stranger = browser_of(owner(organisation("county")))
    description = Description.objects.get().pk
    for name, arguments in (
        ("desk_screening", ["letter-sorter"]),
        ("desk_screen", ["letter-sorter", found.id]),
        ("desk_screen_file", ["letter-sorter", found.id]),
        ("desk_description", ["letter-sorter", description]),
        ("desk_description_file", ["letter-sorter", description]),
    ):
        assert stranger.get(reverse(name, args=arguments)).status_code == 404
    assert stranger.post(reverse("desk_screen_make", args=["letter-sorter", description])).status_code == 404


def test_a_number_of_another_system_is_not_found(mine: Client) -> None:
    found = screened(version_of(drafted()))
    drafted("other-tool")
    assert mine.get(reverse("desk_screen", args=["other-tool", found.id])).status_code == 404
    assert mine.get(reverse("desk_description", args=["other-tool", Description.objects.get().pk])).status_code == 404


def test_whoever_approves_reads_and_does_not_answer() -> None:
    made = described(version_of(drafted()))
    reader = browser_of(approver())
    assert reader.get(reverse("desk_description", args=["letter-sorter", made.pk])).status_code == 200
    assert reader.post(topic_address(made, "use"), PURPOSE).status_code == 403


@pytest.mark.parametrize("example", ["drafting-help", "live-face", "patrol-forecast"])
def test_every_page_is_sound(mine: Client, example: str) -> None:
    version = version_of(drafted())
    found = screened(version, example=example)
    finished = Description.objects.get()
    mine.post(reverse("desk_describe", args=["letter-sorter", version.pk]))
    begun_now = Description.objects.get(state="open")
    mine.post(reverse("desk_assess", args=["letter-sorter", found.id, "data-protection"]))
    pages = [
        reverse("desk_screening", args=["letter-sorter"]),
        reverse("desk_system", args=["letter-sorter"]),
        reverse("desk_description", args=["letter-sorter", finished.pk]),
        reverse("desk_description", args=["letter-sorter", begun_now.pk]),
        reverse("desk_description_about", args=["letter-sorter", begun_now.pk]),
        reverse("desk_description_upload", args=["letter-sorter", begun_now.pk]),
        *(topic_address(begun_now, topic.id) + "?all" for topic in TOPICS),
        reverse("desk_screen", args=["letter-sorter", found.id]),
        *(reverse("desk_verdict", args=["letter-sorter", found.id, book.id]) for book in found.books),
        reverse("desk_screen_changes", args=["letter-sorter", found.id]),
    ]
    for address in pages:
        answer = mine.get(address)
        assert answer.status_code == 200, address
        assert problems(answer.content.decode()) == [], address


def test_the_public_sees_no_screen_of_what_is_not_published() -> None:
    screened(version_of(drafted()))
    assert Client().get(reverse("screening_public", args=["letter-sorter"])).status_code == 404


def test_the_public_reads_the_screen_of_a_published_system_without_where_evidence_is_kept() -> None:
    screened(version_of(published_system()), example="live-face")
    answer = Client().get(reverse("screening_public", args=["letter-sorter"]))
    html, file = answer.content.decode(), Client().get(reverse("screening_public_json", args=["letter-sorter"])).content.decode()
    assert answer.status_code == 200
    assert problems(html) == []
    assert not answer.cookies
    pieces = [one for each in read_description(EXAMPLES / "live-face.yaml").answers.values() for one in each.evidence]
    assert pieces
    for piece in pieces:
        assert piece.what in html
        assert piece.where is None or (piece.where not in html and piece.where not in file)
    assert json.loads(file)["screens"][0]["finding"] == "prohibited unless shown"
    for book in ("uk", "eu-ai-act"):
        page = Client().get(reverse("screening_public_book", args=["letter-sorter", book])).content.decode()
        assert problems(page) == []
        assert "not legal advice" in page
    assert Client().get(reverse("screening_public_book", args=["letter-sorter", "none"])).status_code == 404


def test_a_published_system_that_was_never_screened_says_so() -> None:
    published_system()
    html = Client().get(reverse("screening_public", args=["letter-sorter"])).content.decode()
    assert "the operator hasn't screened this system" in html


def test_oversight_reads_where_evidence_is_kept_and_an_auditor_without_access_does_not() -> None:
    screened(version_of(published_system()))
    watch = signed_in(Client(), user("w@watch.example", Role.OVERSIGHT, organisation=organisation("watch", kind="oversight")))
    auditor = signed_in(Client(), user("a@university.example", Role.AUDITOR, organisation=organisation("university", kind="auditor")))
    assert watch.get(reverse("desk_screening", args=["letter-sorter"])).status_code == 200
    assert auditor.get(reverse("desk_screening", args=["letter-sorter"])).status_code == 404


def test_a_screen_of_nothing_is_refused_in_the_form_with_a_way_back_to_the_questions(mine: Client) -> None:
    made = begun(mine)
    answer = mine.post(reverse("desk_screen_make", args=["letter-sorter", made.pk]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<span lang="en" dir="ltr">expected at least one answer' in page
    assert reverse("desk_description", args=["letter-sorter", made.pk]) in page
    assert not Screen.objects.exists()


def test_nobody_can_leave_out_the_book_that_refuses(mine: Client) -> None:
    made = begun(mine)
    upload(mine, made, file_of("patrol-forecast"))
    mine.post(reverse("desk_screen_make", args=["letter-sorter", made.pk]), {"books": ["council-of-europe"]})
    assert {book["id"] for book in Screen.objects.get().told["books"]} == {"council-of-europe", "eu-ai-act", "fair-trials", "led", "uk"}


def test_only_the_newest_answers_are_offered_to_be_screened_again(mine: Client) -> None:
    version, long_ago = version_of(drafted()), NOON - timedelta(days=1000)  # rules began since, so that a screen of then is old now
    older, newer = (screened(version, at=long_ago).id for _ in range(2))
    for screen, offered in ((older, False), (newer, True)):
        answers = Screen.objects.get(pk=screen).description_id
        for address in (
            reverse("desk_screen", args=["letter-sorter", screen]),
            reverse("desk_description", args=["letter-sorter", answers]),
        ):
            assert ("Screen it again" in mine.get(address).content.decode()) == offered, address


def test_rules_that_only_further_purposes_would_open_are_counted() -> None:
    book = {"prohibits": [], "blocks": [], "only_purposes": [{}, {}], "duties": []}
    assert render_to_string("screening/deciding.html", {"book": book}).strip() == "2 rules that hang on something open"
    assert render_to_string("screening/deciding.html", {"book": {**book, "blocks": [{}]}}).strip() == "3 rules that hang on something open"


def test_older_answers_do_not_come_back_as_the_latest(mine: Client) -> None:
    harmless = begun(mine)
    upload(mine, harmless, file_of("drafting-help"))
    mine.post(reverse("desk_screen_make", args=["letter-sorter", harmless.pk]))
    mine.post(reverse("desk_describe", args=["letter-sorter", harmless.version_id]))
    refused = Description.objects.order_by("pk").last()
    upload(mine, refused, file_of("patrol-forecast"))
    mine.post(reverse("desk_screen_make", args=["letter-sorter", refused.pk]))
    assert latest_screen(harmless.version).prohibited
    assert mine.post(reverse("desk_screen_make", args=["letter-sorter", harmless.pk])).status_code == 422
    assert latest_screen(harmless.version).prohibited


def test_answers_and_open_questions_are_told_in_the_readers_language_and_days_as_people_write_them() -> None:
    said = {"question": "Since when?", "means": [], "others": False, "says": "2025-03-01", "evidence": []}
    asked = {"question": "Who uses it?", "answered": "unknown", "why": "", "find_out": "", "shown_by": []}
    with override("fr"):
        assert "<bdi>1 mars 2025</bdi>" in render_to_string("screening/answers_told.html", {"answers": [said]})
        assert "(inconnu)" in render_to_string("screening/open_questions.html", {"questions": [asked]})
        assert "(<span lang" in render_to_string("screening/open_questions.html", {"questions": [{**asked, "answered": "some"}]})
