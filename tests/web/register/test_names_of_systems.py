"""A system's name is its address: none may be that of a page of the register."""

from __future__ import annotations

import pytest

from habeas.errors import BadInput
from habeas.web.register.actions import begin, import_entry
from web.makers import ANSWERS, NOON, force, organisation, owner

pytestmark = pytest.mark.django_db


def test_no_system_is_named_like_the_page_of_changes() -> None:
    with pytest.raises(BadInput, match="changes is a page of the register"):
        begin(by=owner(), at=NOON, organisation=force(), slug="changes", name="Changes")


def test_no_imported_entry_is_either() -> None:
    elsewhere = organisation("elsewhere", documented_by_others=True)
    with pytest.raises(BadInput, match="changes is a page of the register"):
        import_entry(organisation=elsewhere, slug="changes", content=ANSWERS, source="Another register", at=NOON)
