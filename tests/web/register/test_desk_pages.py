"""The pages of staff, as a browser without a script uses them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape
from django.utils.translation import override

from habeas.runs.registers.fields import field_set
from habeas.web.accounts.models import User
from habeas.web.base.actors import Role
from habeas.web.base.templatetags.languages import translated
from habeas.web.register.actions import begin_edition, submit
from habeas.web.register.models import System
from web.makers import (
    ANSWERS,
    NOON,
    actor,
    approver,
    drafted,
    organisation,
    owner,
    published_system,
    republished,
    signed_in,
    user,
    withheld,
    write,
)

pytestmark = pytest.mark.django_db


def as_owner() -> Client:
    return signed_in(Client(), User.objects.get(pk=owner().user))


def as_approver() -> Client:
    return signed_in(Client(), User.objects.get(pk=approver().user))


def boxes(page: object) -> dict[str, object]:
    """What the form on a page would send as it stands."""
    form = page.context["form"]
    return {name: value for name, field in form.fields.items() if (value := form.get_initial_for_field(field, name)) is not None}


def test_an_owner_begins_a_system_and_its_address_is_made_from_the_name():
    page = as_owner().post("/desk/systems/new/", {"name": "Letter Sorter 3", "slug": ""})

    assert page.status_code == 302
    assert page["Location"] == "/desk/systems/letter-sorter-3/"
    assert System.objects.get().editions.get().content == {"name": "Letter Sorter 3"}


def test_a_name_of_which_no_address_can_be_made_is_asked_for_one():
    page = as_owner().post("/desk/systems/new/", {"name": "分類器", "slug": ""})

    assert page.status_code == 422
    assert "slug" in page.context["form"].errors


def test_an_address_that_is_taken_is_told_in_the_form():
    published_system("letter-sorter")

    page = as_owner().post("/desk/systems/new/", {"name": "Another", "slug": "letter-sorter"})

    assert page.status_code == 422
    assert "taken" in page.content.decode()


def test_whoever_presses_the_button_twice_has_one_entry():
    client, said = as_owner(), {"name": "Letter Sorter 3", "slug": ""}

    pages = [client.post("/desk/systems/new/", said) for _ in range(2)]

    assert [page["Location"] for page in pages] == ["/desk/systems/letter-sorter-3/"] * 2
    assert System.objects.get().editions.count() == 1
    write(System.objects.get(), purpose="Letters arrive sooner.")
    assert client.post("/desk/systems/new/", said).status_code == 422


@pytest.mark.parametrize("topic", [topic.id for topic in field_set().topics])
def test_every_topic_has_a_page_that_saves_what_it_shows(topic):
    client, system = as_owner(), drafted()
    before = system.editions.get().content
    address = f"/desk/systems/letter-sorter/entry/{topic}/"

    answer = client.post(address, {**boxes(client.get(address)), "then": "back"})

    assert answer.status_code == 302
    assert system.editions.get().content == before


def test_rows_are_saved_without_the_empty_ones_and_can_be_taken_out():
    client, system = as_owner(), drafted()
    address = "/desk/systems/letter-sorter/entry/tests/"
    given = {"risks-0-name": "Letters get lost", "risks-0-measure": "Count them", "risks-1-name": " ", "risks-2-name": "Wrong door"}

    client.post(address, {**boxes(client.get(address)), **given, "then": "more"})
    assert system.editions.get().content["risks"] == [{"name": "Letters get lost", "measure": "Count them"}, {"name": "Wrong door"}]

    client.post(address, {**boxes(client.get(address)), "risks-1-name": "Wrong door", "then": "more"})
    assert system.editions.get().content["risks"] == [{"name": "Wrong door"}]


def test_what_is_wrong_is_told_beside_the_question_and_nothing_typed_is_lost():
    client, system = as_owner(), drafted()
    address = "/desk/systems/letter-sorter/entry/about/"

    page = client.post(address, {**boxes(client.get(address)), "plain_summary": "x" * 401, "name": "Renamed"})

    assert page.status_code == 422
    assert "1 character too long" in page.content.decode()
    assert "x" * 401 in page.content.decode()
    assert 'value="Renamed"' in page.content.decode()
    assert system.editions.get().content["name"] == ANSWERS["name"]


def test_a_row_without_what_it_needs_is_told_and_kept():
    client = as_owner()
    drafted()
    address = "/desk/systems/letter-sorter/entry/tests/"

    page = client.post(address, {**boxes(client.get(address)), "risks-0-measure": "Count them"})

    assert page.status_code == 422
    assert 'value="Count them"' in page.content.decode() or "Count them</textarea>" in page.content.decode()


def test_of_two_people_who_write_at_once_neither_loses_a_word():
    client, system = as_owner(), drafted()
    address = "/desk/systems/letter-sorter/entry/reasons/"
    early = boxes(client.get(address))
    client.post(address, {**early, "purpose": "What the first one wrote.", "then": "back"})

    page = client.post(address, {**early, "purpose": "What the second one wrote."})

    assert page.status_code == 409
    assert "What the first one wrote." in page.content.decode()
    assert "What the second one wrote.</textarea>" in page.content.decode()
    assert system.editions.get().content["purpose"] == "What the first one wrote."

    again = page.context["form"].data["seen"]
    client.post(address, {**early, "seen": again, "purpose": "What both wrote.", "then": "back"})
    assert system.editions.get().content["purpose"] == "What both wrote."


def test_a_draft_that_lacks_answers_is_not_sent_to_review_and_says_which():
    system = drafted()
    client = as_owner()
    address = "/desk/systems/letter-sorter/entry/reasons/"
    client.post(address, {**boxes(client.get(address)), "purpose": "", "then": "back"})

    page = client.post("/desk/systems/letter-sorter/submit/", {"note": ""})

    assert page.status_code == 422
    assert "What it is for" in page.content.decode()
    assert system.editions.get().state == "draft"


def test_two_people_publish_an_entry_and_a_changed_one_is_shown_beside_it():
    drafted()
    one, two = as_owner(), as_approver()
    one.post("/desk/systems/letter-sorter/submit/", {"note": ""})
    assert two.get("/desk/").content.decode().count("/desk/systems/letter-sorter/review/") == 1

    review = "/desk/systems/letter-sorter/review/"
    assert two.post(review, {"seen": two.get(review).context["seen"], "do": "publish"}).status_code == 302
    assert System.objects.get().standing == "published"

    one.post("/desk/systems/letter-sorter/begin/")
    address = "/desk/systems/letter-sorter/entry/reasons/"
    one.post(address, {**boxes(one.get(address)), "purpose": "Letters arrive later.", "then": "back"})
    one.post("/desk/systems/letter-sorter/submit/", {"note": "They arrive later."})
    page = two.get("/desk/systems/letter-sorter/review/").content.decode()
    assert "<del>sooner where they belong</del><ins>later</ins>" in page.replace("\n", "")


def test_a_reviewer_gives_a_draft_back_with_reasons_which_its_owner_finds():
    drafted()
    one, two = as_owner(), as_approver()
    one.post("/desk/systems/letter-sorter/submit/", {"note": ""})

    assert two.post("/desk/systems/letter-sorter/review/", {"do": "return", "reason": ""}).status_code == 422
    assert two.post("/desk/systems/letter-sorter/review/", {"do": "return", "reason": "Say who gets letters."}).status_code == 302

    assert "Returned from review" in one.get("/desk/").content.decode()
    assert "Say who gets letters." in one.get("/desk/systems/letter-sorter/").content.decode()


def test_a_draft_that_came_back_is_told_so_whatever_is_withheld_of_it_meanwhile():
    system = drafted(technique="A list.")
    one, two = as_owner(), as_approver()
    one.post("/desk/systems/letter-sorter/submit/", {"note": ""})
    two.post("/desk/systems/letter-sorter/review/", {"do": "return", "reason": "Say who gets letters."})
    withheld(system, "technique")

    assert "Returned from review" in one.get("/desk/").content.decode()


def test_whoever_wrote_a_draft_may_not_publish_it_even_as_an_approver():
    system = drafted()
    both = user("both@force.example", Role.SYSTEM_OWNER, Role.APPROVER)
    client = signed_in(Client(), both)
    address = "/desk/systems/letter-sorter/entry/reasons/"
    client.post(address, {**boxes(client.get(address)), "purpose": "Another.", "then": "back"})
    as_owner().post("/desk/systems/letter-sorter/submit/", {"note": ""})

    assert "somebody else must publish it" in client.get("/desk/systems/letter-sorter/review/").content.decode()
    assert client.post("/desk/systems/letter-sorter/review/", {"do": "publish"}).status_code == 403
    assert system.editions.get().state == "review"


@pytest.mark.parametrize(("step", "standing"), [("suspend", "suspended"), ("retire", "retired")])
def test_a_published_system_is_suspended_or_retired_with_a_reason(step, standing):
    published_system()
    client = as_approver()

    assert client.post(f"/desk/systems/letter-sorter/{step}/", {"reason": ""}).status_code == 422
    assert client.post(f"/desk/systems/letter-sorter/{step}/", {"reason": "It loses letters."}).status_code == 302
    assert System.objects.get().standing == standing
    assert client.get(f"/desk/systems/letter-sorter/{step}/").status_code == 422


def test_a_field_is_withheld_once_a_second_person_approved_and_shown_when_released():
    published_system(technique="A list made by hand.")
    one, two = as_owner(), as_approver()
    asked = {"field": "technique", "ground": "trade-secret", "reason": "A made-up secret.", "until": "2027-06-01"}
    assert one.post("/desk/systems/letter-sorter/withheld/ask/", asked).status_code == 302
    number = System.objects.get().withholdings.get().pk

    assert escape(field_set().field("technique").label) in two.get("/desk/").content.decode()
    assert two.post(f"/desk/systems/letter-sorter/withheld/{number}/", {"do": "approve"}).status_code == 302
    assert "Not shown" in one.get("/desk/systems/letter-sorter/withheld/").content.decode()

    two.post(f"/desk/systems/letter-sorter/withheld/{number}/", {"do": "release", "reason": "No longer secret."})
    assert "Shown: ended early" in one.get("/desk/systems/letter-sorter/withheld/").content.decode()


def test_who_decides_what_is_hidden_reads_what_the_public_reads_and_what_the_draft_says():
    system = published_system(technique="The oldest list.")
    for said in ("A list by hand.", "A list by streets."):
        begin_edition(by=owner(), at=NOON, system=system)
        write(system, technique=said)
        if said == "A list by hand.":
            republished(system)
    asked = {"field": "technique", "ground": "trade-secret", "reason": "A made-up secret.", "until": "2027-06-01"}
    as_owner().post("/desk/systems/letter-sorter/withheld/ask/", asked)

    page = as_approver().get(f"/desk/systems/letter-sorter/withheld/{system.withholdings.get().pk}/").content.decode()

    places = [
        page.index(one) for one in ("edition 2", "A list by hand.", "edition 3", "A list by streets.", "edition 1", "The oldest list.")
    ]
    assert places == sorted(places)


def test_versions_are_named_once_and_move_on():
    published_system()
    client = as_owner()
    assert (
        client.post("/desk/systems/letter-sorter/versions/add/", {"name": "2.1", "stage": "design", "digest": "A" * 64}).status_code == 302
    )
    assert client.post("/desk/systems/letter-sorter/versions/add/", {"name": "2.1", "stage": "design"}).status_code == 422
    version = System.objects.get().versions.get()
    assert version.digest == "a" * 64

    client.post(f"/desk/systems/letter-sorter/versions/{version.pk}/stage/", {f"version-{version.pk}-stage": "live"})
    version.refresh_from_db()
    assert version.stage == "live"


def test_a_draft_is_seen_as_the_public_will_with_what_is_missing_said():
    drafted()

    page = as_approver().get("/desk/systems/letter-sorter/preview/").content.decode()

    assert ANSWERS["plain_summary"] in page
    assert 'class="missing"' in page


def test_a_list_of_many_systems_asks_the_database_no_more_often_and_is_searched(django_assert_max_num_queries):
    for number in range(1, 5):
        drafted(f"sorter-{number}")
    client = as_owner()
    with django_assert_max_num_queries(10):
        page = client.get("/desk/systems/").content.decode()
    assert [f"sorter-{number}/" in page for number in range(1, 6)] == [True, True, True, True, False]

    found = client.get("/desk/systems/?q=sorter-3").content.decode()

    assert "/desk/systems/sorter-3/" in found
    assert "/desk/systems/sorter-2/" not in found
    assert "No system has these words" in client.get("/desk/systems/?q=%00zebra").content.decode()


def test_an_auditor_sees_of_a_published_system_nothing_that_is_not_public():
    system = published_system(technique="A secret list.")
    withheld(system, "technique")
    begin_edition(by=owner(), at=NOON, system=system)
    write(system, name="A secret name")
    auditor = user("aud@audit.example", Role.AUDITOR, organisation=organisation("audit", kind="auditor"))
    client = signed_in(Client(), auditor)

    page = client.get("/desk/systems/letter-sorter/").content.decode()

    assert "Letter sorter" in page
    assert "secret" not in page.replace("A made-up secret.", "")
    assert "secret" not in client.get("/desk/systems/").content.decode()
    assert client.get("/desk/systems/letter-sorter/preview/").status_code == 404
    assert client.get("/desk/systems/letter-sorter/withheld/").status_code == 403


def test_whoever_sent_a_draft_to_review_takes_it_back_and_it_waits_as_a_draft():
    system = drafted()
    one, two = as_owner(), as_approver()
    one.post("/desk/systems/letter-sorter/submit/", {"note": ""})
    assert "take-back" in one.get("/desk/systems/letter-sorter/").content.decode()
    assert "take-back" not in two.get("/desk/systems/letter-sorter/").content.decode()

    assert one.post("/desk/systems/letter-sorter/take-back/").status_code == 302
    assert system.editions.get().state == "draft"
    desk = one.get("/desk/").content.decode()
    assert "Drafts to finish" in desk
    assert "Returned from review" not in desk
    assert two.post("/desk/systems/letter-sorter/review/", {"do": "publish"}).status_code == 404


def test_nobody_takes_back_what_somebody_else_sent_nor_what_is_not_in_review():
    drafted()
    colleague = signed_in(Client(), user("colleague@force.example", Role.SYSTEM_OWNER))
    assert as_owner().post("/desk/systems/letter-sorter/take-back/").status_code == 422
    as_owner().post("/desk/systems/letter-sorter/submit/", {"note": ""})

    assert colleague.post("/desk/systems/letter-sorter/take-back/").status_code == 403
    assert as_approver().post("/desk/systems/letter-sorter/take-back/").status_code == 403
    assert System.objects.get().editions.get().state == "review"


def test_a_system_is_found_by_its_name_and_a_draft_by_its_name_only_by_who_reads_it():
    published_system("letter-sorter", name="Post room helper")
    begin_edition(by=owner(), at=NOON, system=System.objects.get())
    write(System.objects.get(), name="Plan for the night shift")
    outside = signed_in(Client(), user("reader@audit.example", Role.AUDITOR, organisation=organisation("audit", kind="auditor")))

    def found(client, words):
        return "/desk/systems/letter-sorter/" in client.get("/desk/systems/", {"q": words}).content.decode()

    assert found(as_owner(), "post ROOM")
    assert found(as_owner(), "night shift")
    assert found(outside, "post room")
    assert not found(outside, "night shift")


def test_a_warning_is_not_drawn_as_good_news():
    drafted()
    client = as_owner()
    address = "/desk/systems/letter-sorter/entry/affected/"
    sent = client.post(address, {**boxes(client.get(address)), "contact_email": "ada.lovelace@force.example", "then": "back"}, follow=True)
    page = sent.content.decode()

    assert '<p class="notice notice-good">Saved.</p>' in page
    assert '<p class="notice notice-warning">The e-mail address looks' in page


def test_a_draft_is_looked_at_as_the_publics_own_page_and_says_that_it_is_none():
    system = drafted(technique="A list made by hand.")
    republished(system)
    withheld(system, "technique")
    begin_edition(by=owner(), at=NOON, system=system)
    write(system, plain_summary="Sorts letters by their streets.")
    page = as_owner().get("/desk/systems/letter-sorter/preview/").content.decode()

    for said in ("This is a draft", "Sorts letters by their streets.", "Is it used on me?", "May it be used?", 'content="noindex"'):
        assert said in page
    assert "A list made by hand." not in page
    assert "Sorts letters by their streets." not in Client().get("/register/letter-sorter/").content.decode()


def test_the_first_draft_too_is_looked_at_as_the_public_will_see_it():
    drafted()
    assert "Is it used on me?" in as_approver().get("/desk/systems/letter-sorter/preview/").content.decode()


def test_who_was_signed_out_while_they_wrote_sees_what_they_wrote_and_that_nothing_was_saved():
    system = drafted()
    client, address = as_owner(), "/desk/systems/letter-sorter/entry/reasons/"
    client.logout()

    page = client.post(address, "purpose=What+took+an+hour+to+write.&then=next", content_type="application/x-www-form-urlencoded")
    assert page.status_code == 403
    assert "What took an hour to write.</pre>" in page.content.decode()
    assert system.editions.get().content["purpose"] == ANSWERS["purpose"]
    assert client.post("/ar/desk/systems/letter-sorter/begin/").status_code == 403
    assert client.get(address)["Location"].startswith("/accounts/login/?next=/desk/")


def test_a_form_that_is_too_old_is_told_so_in_the_readers_language():
    client = signed_in(Client(enforce_csrf_checks=True), User.objects.get(pk=owner().user))
    page = client.post("/fr/desk/systems/new/", {"name": "Letter sorter"}).content.decode()
    assert '<html lang="fr"' in page


def test_the_questions_of_an_entry_are_asked_in_the_language_of_the_page():
    drafted()
    client = as_owner()
    field = field_set().field("plain_summary")
    for code in ("fr", "ar"):
        page = client.get(f"/{code}/desk/systems/letter-sorter/entry/about/").content.decode()
        with override(code):
            assert str(translated(field.label)) != field.label
            assert escape(translated(field.label)) in page
            assert escape(translated(field_set().topics[0].label)) in page


def test_what_is_wrong_in_a_row_is_told_with_the_row_and_whole():
    client, address = as_owner(), "/desk/systems/letter-sorter/entry/tests/"
    drafted()

    page = client.post(address, {**boxes(client.get(address)), "risks-0-name": "Lost", "risks-1-measure": "Count them"})

    told = page.context["form"].errors["risks"][0]
    assert "risks, row 2: expected an answer to name; it is missing: add it or take the row out" in told


def test_whoever_may_not_approve_their_own_work_reads_what_to_do_next():
    system = drafted()
    both = user("both@force.example", Role.SYSTEM_OWNER, Role.APPROVER)
    submit(by=actor(both), at=NOON, system=system)

    page = signed_in(Client(), both).get("/desk/systems/letter-sorter/review/").content.decode()
    refused = signed_in(Client(), both).post("/desk/systems/letter-sorter/review/", {"do": "publish"})

    assert "Ask another approver of your organisation; where there is none, an administrator can name one." in page
    assert "an administrator to name one" in refused.content.decode()


def test_nobody_publishes_what_was_rewritten_while_they_read():
    drafted()
    one, two = as_owner(), as_approver()
    one.post("/desk/systems/letter-sorter/submit/", {"note": ""})
    review, reasons = "/desk/systems/letter-sorter/review/", "/desk/systems/letter-sorter/entry/reasons/"
    read = two.get(review).context["seen"]
    one.post("/desk/systems/letter-sorter/take-back/")
    one.post(reasons, {**boxes(one.get(reasons)), "purpose": "Something else.", "then": "back"})
    one.post("/desk/systems/letter-sorter/submit/", {"note": ""})

    assert two.post(review, {"seen": read, "do": "publish"}).status_code == 422
    assert System.objects.get().standing == "unpublished"
    assert two.post(review, {"seen": two.get(review).context["seen"], "do": "publish"}).status_code == 302
