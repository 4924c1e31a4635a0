"""What staff do with entries. Each is one transaction that holds the rows, the change and its line for the ledger."""

from habeas.web.register.actions.drafting import Stale, begin, begin_edition, discard, save
from habeas.web.register.actions.importing import import_entry
from habeas.web.register.actions.publishing import as_seen, publish, resume, retire, return_, submit, suspend, take_back
from habeas.web.register.actions.versions import add_version, move_version
from habeas.web.register.actions.withholding import approve_withholding, refuse_withholding, release_withholding, withhold

__all__ = [
    "Stale",
    "add_version",
    "approve_withholding",
    "as_seen",
    "begin",
    "begin_edition",
    "discard",
    "import_entry",
    "move_version",
    "publish",
    "refuse_withholding",
    "release_withholding",
    "resume",
    "retire",
    "return_",
    "save",
    "submit",
    "suspend",
    "take_back",
    "withhold",
]
