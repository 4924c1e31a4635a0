"""What the database keeps, in the reader's words: what it is, why and how long it is kept, and who sees it.

Every table belongs to one kind, and says of itself who sees it (`PRIVACY`): the tests hold both against the database.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
SEEN_BY: dict[str, Text] = {
    "public": _("everybody"),
    "restricted": _("staff with a role"),
    "personal": _("the person and administrators"),
    "nobody": _("nobody"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of thing that is kept. `privacy`: as its tables say; `tables`: as `app.Model`."""

    name: Text
    about: Text
    privacy: str
    tables: tuple[str, ...]

    @property
    def seen_by(self) -> Text:
        """Who may see it, in words."""
        return SEEN_BY[self.privacy]


KEPT = (
    Kind(
        name=_("Accounts of who works here"),
        about=_(
            "Name, e-mail address, when they last signed in, and a password that can't be read back. Kept as long as the entries that they "
            "worked on, since who approved what must stay known."
        ),
        privacy="personal",
        tables=("accounts.User", "account.EmailAddress", "account.EmailConfirmation", "socialaccount.SocialAccount"),
    ),
    Kind(
        name=_("How they sign in"),
        about=_(
            "Second factors, encrypted, until their owner removes them. Who is signed in now and with which browser, until they sign out "
            "or their time is over; no network address."
        ),
        privacy="personal",
        tables=("mfa.Authenticator", "sessions.Session", "usersessions.UserSession", "socialaccount.SocialToken"),
    ),
    Kind(
        name=_("Invitations"),
        about=_("The e-mail address of who was asked to join, by whom and to do what. Deleted 30 days after the letter's link ended."),
        privacy="personal",
        tables=("accounts.Invitation",),
    ),
    Kind(
        name=_("Roles, and who reads drafts"),
        about=_(
            "Who may do what in which organisation, who gave or ended that, and to whose auditors drafts were opened. Kept for good, so "
            "that it stays known who could do what."
        ),
        privacy="restricted",
        tables=("accounts.Membership", "accounts.RoleChange", "accounts.Reader", "accounts.ReaderChange"),
    ),
    Kind(
        name=_("Organisations"),
        about=_("What they are called, how the public reaches them and where they work. Kept as long as the register."),
        privacy="public",
        tables=("accounts.Organisation", "accounts.Area"),
    ),
    Kind(
        name=_("Entries of the register"),
        about=_(
            "What organisations say of their systems, in every edition, and each step that was taken. Kept for good: nothing that was "
            "published is removed. Drafts, what is withheld and who took a step are for staff alone."
        ),
        privacy="public",
        tables=(
            "register.System",
            "register.SystemVersion",
            "register.Edition",
            "register.Withholding",
            "register.Change",
            "explore.SearchRow",
            "explore.SearchWord",
        ),
    ),
    Kind(
        name=_("Who wrote an entry"),
        about=_("Which member of staff wrote in which edition, so that nobody publishes alone what they wrote. Kept for good."),
        privacy="restricted",
        tables=("register.Writing",),
    ),
    Kind(
        name=_("Answers to the rulebooks"),
        about=_(
            "How staff described a system, what the rulebooks found, and drafts of impact assessments. Kept for good once the rulebooks "
            "were asked. What they found is shown to everybody with the published entry."
        ),
        privacy="restricted",
        tables=("screening.Description", "screening.Screen", "screening.Assessment"),
    ),
    Kind(
        name=_("Audits"),
        about=_(
            "What auditors found, as figures about groups of people, and what the owner says to it. Kept for good once published. Rows "
            "about people that an auditor brings are counted and then deleted, after 7 days even if they couldn't be counted."
        ),
        privacy="public",
        tables=("audits.Audit", "audits.OwnerComment"),
    ),
    Kind(
        name=_("Decisions whether a system may be used"),
        about=_("Who decided what, when and why; everybody sees it, with that person's name. Who asked is for staff alone. Kept for good."),
        privacy="public",
        tables=("gate.Act",),
    ),
    Kind(
        name=_("The log"),
        about=_(
            "What happened to which entry and in the name of which organisation, kept so that everybody can check that nothing was "
            "altered. It doesn't say which person did it. Kept for good; nothing can be taken out of it."
        ),
        privacy="public",
        tables=("base.LogLine",),
    ),
    Kind(
        name=_("Work that waits"),
        about=_("Letters to send, audits to run, and when that was last done. Deleted 30 days after it was done; what failed stays."),
        privacy="restricted",
        tables=("base.Job", "base.Beat"),
    ),
    Kind(
        name=_("What the program needs for itself"),
        about=_("Lists of its own parts. Nothing about anybody is in them."),
        privacy="nobody",
        tables=(
            "auth.Group",
            "auth.Group_permissions",
            "auth.Permission",
            "contenttypes.ContentType",
            "socialaccount.SocialApp",
        ),
    ),
)
