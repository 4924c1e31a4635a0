from __future__ import annotations

from pathlib import Path

import pytest

from habeas.web.accounts.matrix import access_reference_markdown, endpoints
from habeas.web.accounts.matrix.foreign import foreign_access
from habeas.web.base.access import Access
from habeas.web.base.actors import Role


def test_every_endpoint_says_who_may_call_it() -> None:
    silent = [f"/{one.route} ({one.name})" for one in endpoints() if one.access is None]
    assert not silent, "say who may call them, by a decorator of base.access, or in accounts/matrix/foreign.py if they aren't ours"


def test_an_endpoint_nobody_declared_stays_undeclared() -> None:
    assert foreign_access("account_something_new", "allauth.account.views") is None
    assert foreign_access("openapi-view", "ninja.openapi.views") == Access(anyone=True)


def test_the_matrix_knows_roles_methods_and_arguments() -> None:
    found = {one.name: one for one in endpoints()}
    withdraw = found["desk_invitation_withdraw"]
    assert withdraw.access == Access(roles=frozenset({Role.ADMINISTRATOR}))
    assert withdraw.methods == ("POST",)
    assert withdraw.arguments == ("organisation", "invitation")
    assert withdraw.in_languages
    assert found["account_reset_password_from_key"].arguments == ("uidb36", "key")


def test_the_page_of_the_docs_is_as_the_code_says(repository: Path) -> None:
    page = repository / "docs" / "reference" / "access.md"
    if page.read_text(encoding="utf-8") != access_reference_markdown():
        pytest.fail("docs/reference/access.md has fallen behind the URL table: make reference")
