"""Two ways from YAML text to nodes: strictly, for what people bring; quickly, for the files that habeas brings.

The quick one is libyaml, twenty times as fast. It reads YAML 1.1 and says less about what is wrong, so it only finds the parts; what
plain words mean is decided by the strict one's rules. That both read every file of habeas alike is tested.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

QUOTED = frozenset("'\"|>")
"""Styles of text that is text whatever it looks like."""

Compose: TypeAlias = Callable[[str], Node | None]


def strictly(text: str) -> Node | None:
    """The nodes of a document in YAML 1.2, or one of ruamel's errors, which say where and what."""
    found: Node | None = YAML(typ="safe", pure=True).compose(text)
    return found


def quickly(text: str) -> Node | None:
    """The nodes of a document that is known to be right and has no tags of its own; where it isn't, the strict reader says why."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return strictly(text)
    return None if root is None else _Converting().node(root)


class _Converting:
    def __init__(self) -> None:
        self._resolver = YAML(typ="safe", pure=True).resolver
        self._seen: dict[int, Node] = {}

    def node(self, found: yaml.Node) -> Node:
        """The same node in the strict reader's terms; what stands in several places stays one."""
        known = self._seen.get(id(found))
        if known is None:
            known = self._seen[id(found)] = self._new(found)
        return known

    def _new(self, found: yaml.Node) -> Node:
        marks = (found.start_mark, found.end_mark)
        if isinstance(found, yaml.MappingNode):
            pairs = [(self.node(key), self.node(value)) for key, value in found.value]
            return MappingNode("tag:yaml.org,2002:map", pairs, *marks)
        if isinstance(found, yaml.SequenceNode):
            return SequenceNode("tag:yaml.org,2002:seq", [self.node(item) for item in found.value], *marks)
        plain = getattr(found, "style", None) not in QUOTED
        tag = self._resolver.resolve(ScalarNode, found.value, (plain, not plain))
        return ScalarNode(str(tag), found.value, *marks)
