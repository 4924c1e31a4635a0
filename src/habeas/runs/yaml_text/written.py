"""YAML into values as they were written, each with its line.

YAML would turn a version `1.10` into the number 1.1 and a label `1.0` into 1: what people wrote must not change on the
way, so a scalar keeps its text until the fields of the file say whether they want text or a number. Only the YAML composer is
used: nothing in a file can make an object, and the document is read as YAML 1.2, where `no` is text (Norway keeps its name).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from habeas.runs.yaml_text.complaint import Complaint, Place
from habeas.runs.yaml_text.composing import Compose, strictly
from habeas.runs.yaml_text.document import Document
from habeas.runs.yaml_text.syntax import syntax_complaint

DEEPEST = 20
"""A plan is four deep, a rulebook ten; this stops anchors that hold themselves."""

MOST_VALUES = 100_000
"""A plan has some hundred values, a rulebook some thousand; this stops anchors that multiply."""

STANDARD = "tag:yaml.org,2002:"
PLAIN_KINDS = frozenset(STANDARD + kind for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp"))
TOO_DEEP = "values are nested too deeply: check brackets and anchors"


@dataclass(frozen=True, slots=True)
class Written:
    """A number or true/false as it stands in the file, and what it means; `value` is None where that isn't plain."""

    text: str
    value: bool | float | None


@dataclass(slots=True, kw_only=True)
class Reading:
    """What a document holds: None, or a mapping of text, `Written`, None, lists and mappings; and the line of each place."""

    value: dict[str, object] | None = None
    lines: dict[Place, int] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)
    seen: int = 0

    def line(self, place: Place) -> int | None:
        """The line of `place`, or of the nearest value that holds it; None at the top."""
        return next((self.lines[place[:size]] for size in range(len(place), 0, -1) if place[:size] in self.lines), None)


def read(text: str, *, document: Document, compose: Compose = strictly) -> Reading:
    """Read one YAML document; what can't be read is in `complaints`, never raised. `document` is what it should be, for the messages."""
    reading = Reading()
    try:
        root = compose(text)
    except (YAMLError, ValueError, LookupError, AssertionError, NotImplementedError) as problem:
        reading.complaints.append(syntax_complaint(problem, text=text))
        return reading
    except RecursionError:
        reading.complaints.append(Complaint(message=TOO_DEEP))
        return reading
    if isinstance(root, MappingNode):
        reading.value = _mapping(root, (), reading)
    else:
        message = document.when_empty() if root is None or not root.value else document.when_other(_kind(root))
        reading.complaints.append(Complaint(message=message))
    return reading


def _kind(node: Node) -> str:
    return "a list" if isinstance(node, SequenceNode) else "text"


def _value(node: Node, place: Place, reading: Reading) -> object:
    reading.seen += 1
    if len(place) > DEEPEST or reading.seen > MOST_VALUES:
        if not any(complaint.message == TOO_DEEP for complaint in reading.complaints):
            reading.complaints.append(Complaint(message=TOO_DEEP, place=place[:1], line=reading.line(place)))
        return None
    if str(node.tag) not in PLAIN_KINDS:
        message = (
            "expected a plain value; got one with a tag, which starts with an exclamation mark: remove the tag, or put the text in quotes"
        )
        reading.complaints.append(Complaint(message=message, place=place, line=reading.line(place)))
        return None
    if isinstance(node, MappingNode):
        return _mapping(node, place, reading)
    if isinstance(node, SequenceNode):
        return [_item(item, (*place, index), reading) for index, item in enumerate(node.value)]
    return _scalar(str(node.value), kind=str(node.tag).removeprefix(STANDARD))


def _item(node: Node, place: Place, reading: Reading) -> object:
    reading.lines[place] = node.start_mark.line + 1
    return _value(node, place, reading)


def _mapping(node: MappingNode, place: Place, reading: Reading) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            message = "expected a name before the colon; got a list or mapping: check brackets and indentation"
            reading.complaints.append(Complaint(message=message, place=place, line=line))
        elif key.value in mapping:
            first = reading.lines[*place, key.value]
            message = f"stands twice, first on line {first}: keep one"
            reading.complaints.append(Complaint(message=message, place=(*place, key.value), line=line))
        else:
            reading.lines[*place, key.value] = line
            mapping[key.value] = _value(value, (*place, key.value), reading)
    return mapping


def _scalar(text: str, *, kind: str) -> object:
    if kind == "null":
        return None
    if kind == "bool":
        return Written(text, {"true": True, "false": False}.get(text.lower()))
    return Written(text, _number(text)) if kind in {"int", "float"} else text


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
