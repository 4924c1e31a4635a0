"""The verification page as a file: one piece, the same every time, and nothing in it that its own policy wouldn't let run."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files

import pytest

from habeas.runs.pages import verification
from habeas.runs.pages.verification import SCRIPTS, verification_page

PARTS = sorted(part for part in files("habeas.runs.pages").joinpath("verify").iterdir() if part.name.endswith(".js"))


def between(start: str, end: str) -> str:
    return verification_page().partition(start)[2].partition(end)[0]


def test_the_policy_names_style_and_script_by_their_digests():
    policy = between('<meta http-equiv="Content-Security-Policy" content="', '"')

    for kind, start, end in [("style-src", "<style>", "</style>"), ("script-src", '<script type="module">', "</script>")]:
        digest = base64.b64encode(hashlib.sha256(between(start, end).encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy


def test_every_script_is_in_the_page_once():
    assert sorted(f"{name}.js" for name in SCRIPTS) == [part.name for part in PARTS]
    assert all(verification_page().count(part.read_text(encoding="utf-8")) == 1 for part in PARTS)


def test_the_page_loads_nothing():
    assert (
        re.findall(
            r"<(?:script|img|iframe|object|embed)[^>]*\bsrc=|<link(?! rel=\"icon\" href=\"data:,\")|@import|url\(", verification_page()
        )
        == []
    )


def test_no_placeholder_is_left():
    assert "<!--" not in verification_page()


def test_the_page_is_the_same_every_time():
    assert verification_page() == verification_page()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_no_script_turns_text_into_a_page_or_a_program(part):
    script = part.read_text(encoding="utf-8")

    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bimport\(|localStorage|cookie", script)
        == []
    )


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_scripts_are_as_short_as_the_house_wants(part):
    assert len(part.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_page_may_ask_only_its_own_site_and_this_computer():
    assert "connect-src 'self' http://127.0.0.1:* http://localhost:*" in verification.POLICY
    assert verification.POLICY[0] == "default-src 'none'"
