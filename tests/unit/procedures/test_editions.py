from __future__ import annotations

import hashlib

from habeas.procedures.editions import edition_digest, field_digest, field_digests, fingerprint, salt_of

SECRET = "00" * 32
CONTENT = {"name": "Sorter", "used_on": ["suspects"]}


def test_a_reader_recomputes_the_digest_from_shown_fields_with_their_salts_and_the_hashes_of_the_rest():
    digest = edition_digest(field_digests(CONTENT, secret=SECRET))
    salt = salt_of("name", secret=SECRET)
    sealed = field_digests(CONTENT, secret=SECRET)["used_on"]

    # as the documentation says it, with nothing but JSON and SHA-256
    shown = hashlib.sha256(f'["{salt}","name","Sorter"]'.encode()).hexdigest()
    assert hashlib.sha256(f'{{"name":"{shown}","used_on":"{sealed}"}}'.encode()).hexdigest() == digest


def test_an_answer_can_not_be_found_by_trying_likely_ones_without_its_salt():
    sealed = field_digests(CONTENT, secret=SECRET)["name"]
    known = salt_of("used_on", secret=SECRET)

    assert field_digest("name", "Sorter", salt=known) != sealed
    assert salt_of("name", secret=SECRET) != known


def test_any_other_answer_or_secret_gives_another_digest():
    digest = edition_digest(field_digests(CONTENT, secret=SECRET))

    assert edition_digest(field_digests({**CONTENT, "name": "sorter"}, secret=SECRET)) != digest
    assert edition_digest(field_digests(CONTENT, secret="01" * 32)) != digest
    assert edition_digest(field_digests({"name": "Sorter"}, secret=SECRET)) != digest


def test_nothing_answered_has_the_digest_of_an_empty_object():
    assert edition_digest(field_digests({}, secret=SECRET)) == hashlib.sha256(b"{}").hexdigest()


def test_a_fingerprint_changes_with_its_own_fields_only():
    before = fingerprint(CONTENT, ("name",))

    assert fingerprint({**CONTENT, "used_on": ["victims"]}, ("name",)) == before
    assert fingerprint({**CONTENT, "name": "Other"}, ("name",)) != before
    assert fingerprint({}, ("name",)) != before
