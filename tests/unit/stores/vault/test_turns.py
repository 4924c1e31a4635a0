from __future__ import annotations

import threading

import pytest

from habeas.stores.vault.turns import Turns


def in_a_thread(turns: Turns, wanted: str, done: threading.Event) -> threading.Thread:
    def work() -> None:
        with turns.alone(wanted) if wanted.startswith("-") else turns.together([wanted]):
            done.set()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_many_record_about_one_person_at_once() -> None:
    turns = Turns()

    with turns.together(["P-1", "P-2"]), turns.together(["P-1"]):
        pass


def test_nobody_records_about_a_person_who_is_being_erased() -> None:
    turns, done = Turns(), threading.Event()

    with turns.alone("P-1"):
        thread = in_a_thread(turns, "P-1", done)
        thread.join(timeout=0.05)
        assert not done.is_set()
        with turns.together(["P-2"]):
            pass
    thread.join()
    assert done.is_set()


def test_an_erasure_waits_for_what_is_being_recorded() -> None:
    turns, done = Turns(), threading.Event()

    with turns.together(["-P"]):
        thread = in_a_thread(turns, "-P", done)
        thread.join(timeout=0.05)
        assert not done.is_set()
    thread.join()
    assert done.is_set()


def test_one_person_in_two_spellings_is_one_person() -> None:
    turns, done = Turns(), threading.Event()

    with turns.alone("Jos\u00e9"):
        thread = in_a_thread(turns, " Jose\u0301", done)
        thread.join(timeout=0.05)
        assert not done.is_set()
    thread.join()
    assert done.is_set()


def test_a_failure_frees_the_turn() -> None:
    turns = Turns()

    with pytest.raises(ZeroDivisionError), turns.together(["P-1"]):
        _ = 1 / 0
    with pytest.raises(ZeroDivisionError), turns.alone("P-1"):
        _ = 1 / 0
    with turns.alone("P-1"):
        pass


def test_no_name_is_kept_once_all_is_done() -> None:
    turns = Turns()

    with turns.together(["P-1"]):
        pass
    with turns.alone("P-2"):
        pass

    assert (turns._recording, turns._erasing) == ({}, set())
