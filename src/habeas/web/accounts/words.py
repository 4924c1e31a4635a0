"""What roles and kinds of organisation are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from habeas.web.base.actors import OrganisationKind, Role


def role_name(role: Role) -> str:
    """In the language of the page."""
    return {
        Role.SYSTEM_OWNER: _("System owner"),
        Role.APPROVER: _("Approver"),
        Role.AUDITOR: _("Auditor"),
        Role.REVIEWER: _("Reviewer"),
        Role.OVERSIGHT: _("Oversight"),
        Role.ADMINISTRATOR: _("Administrator"),
    }[role]


def role_choices() -> list[tuple[str, str]]:
    """For a form."""
    return [(role.value, role_name(role)) for role in Role]


def kind_name(kind: OrganisationKind) -> str:
    """In the language of the page."""
    return {
        OrganisationKind.POLICE: _("Police"),
        OrganisationKind.PROSECUTION: _("Prosecution"),
        OrganisationKind.COURT: _("Court"),
        OrganisationKind.PRISON: _("Prison"),
        OrganisationKind.PROBATION: _("Probation"),
        OrganisationKind.OVERSIGHT: _("Oversight body"),
        OrganisationKind.AUDITOR: _("Auditor"),
        OrganisationKind.OTHER: _("Other"),
    }[kind]
