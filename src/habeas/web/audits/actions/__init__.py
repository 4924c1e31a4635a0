"""What is done with audits: bring, run, publish, withdraw, comment, and delete what lies about."""

from habeas.web.audits.actions.bringing import bring, upload
from habeas.web.audits.actions.commenting import comment
from habeas.web.audits.actions.publishing import Statement, publish, withdraw
from habeas.web.audits.actions.running import fail, run
from habeas.web.audits.actions.sweeping import KEPT_FOR, UNCLAIMED_FOR, sweep

__all__ = [
    "KEPT_FOR",
    "UNCLAIMED_FOR",
    "Statement",
    "bring",
    "comment",
    "fail",
    "publish",
    "run",
    "sweep",
    "upload",
    "withdraw",
]
