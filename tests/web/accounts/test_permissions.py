from __future__ import annotations

import pytest
from tests.web import makers

from habeas.errors import NotAllowed
from habeas.web.accounts.models import Organisation
from habeas.web.accounts.permissions import PERMISSIONS, allowed, authority_of, organisations, require
from habeas.web.accounts.queries import independent
from habeas.web.base.actors import NOBODY, Actor, OrganisationKind, Role

HERE, ELSEWHERE = 1, 2


def who(*roles: Role, reads: frozenset[int] = frozenset()) -> Actor:
    return Actor(user=7, name="Ada", roles={HERE: frozenset(roles)}, reads=reads)


def test_a_role_counts_in_its_own_organisation_alone() -> None:
    owner = who(Role.SYSTEM_OWNER)
    assert allowed(owner, "edit_entry", HERE)
    assert not allowed(owner, "edit_entry", ELSEWHERE)
    assert not allowed(owner, "approve_entry", HERE)


def test_oversight_suspends_anywhere_and_an_approver_at_home() -> None:
    assert allowed(who(Role.OVERSIGHT), "suspend", ELSEWHERE)
    assert allowed(who(Role.APPROVER), "suspend", HERE)
    assert not allowed(who(Role.APPROVER), "suspend", ELSEWHERE)


def test_an_auditor_reads_drafts_of_organisations_that_opened_them_and_no_others() -> None:
    assert allowed(who(Role.AUDITOR, reads=frozenset({ELSEWHERE})), "read_drafts", ELSEWHERE)
    assert not allowed(who(Role.AUDITOR), "read_drafts", ELSEWHERE)
    assert not allowed(who(Role.REVIEWER, reads=frozenset({ELSEWHERE})), "read_drafts", ELSEWHERE)


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_nobody_may_do_nothing(permission: str) -> None:
    assert not allowed(NOBODY, permission, HERE)


def test_a_permission_that_does_not_exist_is_an_error_and_not_a_no() -> None:
    with pytest.raises(KeyError):
        allowed(who(Role.OVERSIGHT), "suspends", HERE)


def test_who_may_not_is_told_which_roles_may() -> None:
    with pytest.raises(NotAllowed, match="approver"):
        require(who(Role.SYSTEM_OWNER), "approve_entry", HERE)
    require(who(Role.APPROVER), "approve_entry", HERE)


def test_lists_know_for_which_organisations_something_is_allowed() -> None:
    assert organisations(who(Role.OVERSIGHT), "read_drafts") is None
    assert organisations(who(Role.REVIEWER), "read_drafts") == {HERE}
    assert organisations(who(Role.AUDITOR, reads=frozenset({9})), "read_drafts") == {HERE, 9}
    assert organisations(NOBODY, "read_drafts") == frozenset()


def test_no_organisation_audits_itself_under_another_name() -> None:
    force = Organisation(pk=1, authority="police.example", kind=OrganisationKind.POLICE.value)
    arm = Organisation(pk=2, authority="police.example", kind=OrganisationKind.AUDITOR.value)
    university = Organisation(pk=3, authority="university.example", kind=OrganisationKind.AUDITOR.value)
    assert not independent(force, force)
    assert not independent(arm, force)
    assert independent(university, force)


@pytest.mark.django_db
def test_the_ledger_names_the_authority_of_whoever_acts() -> None:
    force, watch = makers.organisation("force"), makers.organisation("watch", kind="oversight")
    overseer = Actor(user=7, name="Ada", roles={watch.pk: frozenset({Role.OVERSIGHT}), force.pk: frozenset({Role.REVIEWER})})
    assert authority_of(overseer, "suspend", force) == watch.authority
    assert authority_of(overseer, "approve_conditionally", force) == watch.authority
    approver = Actor(user=8, name="Bea", roles={force.pk: frozenset({Role.APPROVER}), watch.pk: frozenset({Role.OVERSIGHT})})
    assert authority_of(approver, "suspend", force) == force.authority
    assert authority_of(NOBODY, "suspend", force) == force.authority
