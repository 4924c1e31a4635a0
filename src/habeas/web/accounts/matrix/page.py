"""The matrix as a page of the docs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from habeas.web.accounts.matrix.endpoints import Endpoint, endpoints
from habeas.web.accounts.permissions import PERMISSIONS, Scope
from habeas.web.base.access import Access
from habeas.web.base.actors import Role

_INTRODUCTION = """\
# Who may do what on the site

This page is made from the code, and a test fails when it falls behind. Another test asks every address below as every role and as nobody,
and compares the answer with what stands here; a view that says nothing about who may call it fails that test.

Two things decide. The **address** is open to a role (second table). Whether it is open for *this* organisation's things is decided by
the **permission** (first table); a draft of an organisation in which somebody has nothing to do isn't there for them: the answer is 404,
not 403.

| What | System owner | Approver | Auditor | Reviewer | Oversight | Administrator |
|---|---|---|---|---|---|---|
"""
_NOTES = """
*own*: for things of an organisation in which the role is held. *any*: for every organisation's. *opened*: for organisations that let the
auditor's organisation read their drafts.

`approve_entry` and `withhold_approve` are for a second person: the database refuses whoever submitted or asked. Of `upload_audit`, only an
audit by an organisation that isn't the system's own counts at the gate. Approver, auditor, oversight and administrator hold no role at all
until they have set up a second factor, unless the site says `second_factor = "optional"`.

## Every address

Addresses marked * are also there in other languages, with the language first: `/ar/register/`. *Arriving*: signed in, also before a second
factor is set up.

| Address | Methods | Open to |
|---|---|---|
"""
_SCOPES = {Scope.OWN: "own", Scope.ANY: "any", Scope.OPENED: "opened"}


def access_reference_markdown() -> str:
    """The page `docs/reference/access.md`."""
    rows = [f"| {_cell(one)} | {_methods(one)} | {_open_to(one.access)} |" for one in _once(endpoints())]
    return _INTRODUCTION + "\n".join(_permission(name) for name in PERMISSIONS) + "\n" + _NOTES + "\n".join(rows) + "\n"


def _permission(name: str) -> str:
    scopes = {role: [_SCOPES[right.scope] for right in PERMISSIONS[name] if right.role is role] for role in Role}
    return f"| `{name}` | " + " | ".join("; ".join(scopes[role]) or "–" for role in Role) + " |"


def _once(found: Iterable[Endpoint]) -> Iterable[Endpoint]:
    """One row a route: the API has several methods behind one."""
    return (next(same) for _, same in groupby(found, key=lambda one: one.route))


def _cell(one: Endpoint) -> str:
    return f"`/{one.route}`" + (" *" if one.in_languages else "")


def _methods(one: Endpoint) -> str:
    return ", ".join(one.methods) or "as the page needs"


def _open_to(access: Access | None) -> str:
    if access is None:
        return "**undeclared**"
    if access.anyone:
        return "everybody"
    if access.arriving:
        return "arriving"
    return ", ".join(sorted(role.value for role in access.roles)) or "whoever is signed in"
