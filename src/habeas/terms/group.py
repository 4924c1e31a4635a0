"""Groups of people: who is compared with whom."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.errors import BadInput

NOT_RECORDED = "not recorded"
"""The level that holds everyone whose label is missing: kept and shown as a share of its own, never dropped."""


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """People who share a level of one or more attributes; without parts it is everyone.

    `parts`: (attribute, level) pairs in the plan's order of attributes, e.g. `(("race", "Asian"), ("sex", "Female"))`.
    """

    parts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        attributes = [attribute for attribute, _ in self.parts]
        if len(set(attributes)) != len(attributes):
            raise BadInput(f"a group names each attribute once; got {', '.join(attributes)}: drop the repetition")

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that define the group, e.g. `("race", "sex")`."""
        return tuple(attribute for attribute, _ in self.parts)

    @property
    def label(self) -> str:
        """The group in a few words, e.g. `Asian, Female`; everyone is `everyone`."""
        return ", ".join(level for _, level in self.parts) or "everyone"

    @property
    def has_unrecorded_part(self) -> bool:
        """Whether a label that defines the group is missing, so that it isn't a group of people alike."""
        return any(level == NOT_RECORDED for _, level in self.parts)


EVERYONE = Group()
