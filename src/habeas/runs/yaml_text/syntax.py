"""What to check when YAML itself can't be read, in words for someone who writes YAML once a year."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from habeas.runs.yaml_text.complaint import Complaint

# what the YAML reader says -> what to check; the first that fits counts
ADVICE: tuple[tuple[str, str], ...] = (
    (r"found character '\t'", "a tab stands where only spaces may: replace tabs by spaces"),
    ("mapping values are not allowed", "a colon stands where none can: put text that holds a colon in quotes, and check the indentation"),
    ("could not find expected ':'", "a colon is missing after a name: every line reads `name: value`"),
    ("expected ',' or ']'", "a bracket [ opened on line {start} is not closed, or a comma is missing: check the brackets"),
    ("expected ',' or '}'", "a brace {{ opened on line {start} is not closed, or a comma is missing: check the braces"),
    ("unexpected end of stream", "a quote opened on line {start} is not closed: close it"),
    ("expected <block end>", "the line is not lined up with its neighbours, or text follows a closing quote: check indentation and quotes"),
    ("undefined alias", "text that starts with * must be put in quotes"),
    ("expected alphabetic or numeric character", "text that starts with * or & must be put in quotes"),
    ("cannot start any token", "text may not start with this character: put it in quotes"),
    ("found another document", "a second document starts here; expected one only: remove the line ---"),
    ("unknown escape character", "a backslash in double quotes means something else: use single quotes"),
)
FALLBACK = "this is not YAML: check indentation, colons, brackets and quotes here and on the line before"


def syntax_complaint(problem: Exception, *, text: str) -> Complaint:
    """What to check for a `problem` that the YAML reader found in `text`."""
    if isinstance(problem, ReaderError):
        line = text.count("\n", 0, int(problem.position)) + 1
        return Complaint(message="a character that no text holds stands here: save the file as plain text in UTF-8", line=line)
    if not isinstance(problem, MarkedYAMLError) or problem.problem_mark is None:
        return Complaint(message=FALLBACK)
    line = problem.problem_mark.line + 1
    start = line if problem.context_mark is None else problem.context_mark.line + 1
    return Complaint(message=_advice(str(problem.problem)).format(start=start), line=line)


def _advice(said: str) -> str:
    return next((advice for sign, advice in ADVICE if sign in said), FALLBACK)
