"""What staff do with descriptions, screens and assessments. Each is one transaction."""

from habeas.web.register.actions import Stale
from habeas.web.screening.actions.assessing import complete_assessment, draft_assessment, write_part
from habeas.web.screening.actions.describing import answer, begin, describe, replace_with
from habeas.web.screening.actions.screening import screen

__all__ = [
    "Stale",
    "answer",
    "begin",
    "complete_assessment",
    "describe",
    "draft_assessment",
    "replace_with",
    "screen",
    "write_part",
]
