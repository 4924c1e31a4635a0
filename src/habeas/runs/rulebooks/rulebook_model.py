"""A rulebook as lawyers write it: every field, what it means, and an example.

The reference page and the JSON Schema are made from these models, so a field's description here is its documentation.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from annotated_types import Len
from pydantic import AfterValidator, Field

from habeas.rules import rulebook
from habeas.runs.rulebooks.faults import Faults
from habeas.runs.rulebooks.rule_model import RULE, RulePart
from habeas.runs.rulebooks.source_text import SourceText
from habeas.runs.yaml_text.document import Document
from habeas.runs.yaml_text.fields import Day, Identifier, Label, PlaceCode, Prose, Texts, word_of
from habeas.runs.yaml_text.part import Part

ForceWord = Annotated[rulebook.Force, word_of(rulebook.Force)]


class ReaderPart(Part):
    """Who read the book against the law."""

    name: Prose = Field(description="Name or office.", examples=["A. Example"])
    role: Prose = Field(description="In which capacity.", examples=["criminal defence solicitor"])
    on: Day = Field(description="When.", examples=["2026-12-01"])

    def value(self) -> rulebook.Reader:
        """The reader as the book knows them."""
        return rulebook.Reader(name=self.name, role=self.role, on=self.on)


class ChangePart(Part):
    """What a version of the book changed."""

    version: Label = Field(description="The version.", examples=["2"])
    on: Day = Field(description="The day of the change.", examples=["2026-12-01"])
    what: Prose = Field(description="What changed and why, in a sentence.", examples=["Art 86 applies since today."])
    rules: tuple[Identifier, ...] = Field(default=(), description="The rules concerned.", examples=[["AIA-86"]])
    removed: tuple[Identifier, ...] = Field(
        default=(),
        description="Rules taken out of the book on purpose. A rule that ended stays and gets an until: verdicts cite its id.",
        examples=[["AIA-0"]],
    )

    def value(self) -> rulebook.Change:
        """The change as the book knows it."""
        return rulebook.Change(version=self.version, on=self.on, what=self.what, rules=self.rules, removed=self.removed)


def _each_by_its_own_id(rules: tuple[RulePart, ...]) -> tuple[RulePart, ...]:
    faults = Faults()
    for index, rule in enumerate(rules):
        others = [f"rules[{place}]" for place, other in enumerate(rules) if other.id == rule.id and place != index]
        if others:
            faults.say((index, "id"), f"{rule.id} is the id of {', '.join(others)} too: every rule needs an id of its own")
    faults.refuse()
    return rules


class RulebookFile(Part):
    """A rulebook: what one law, convention or standard prohibits and demands."""

    document: ClassVar[Document] = Document(
        noun="rulebook",
        one="a rulebook",
        format="rulebook/1",
        draft="start from one of the books that habeas brings: habeas rules show fair-trials",
        mistaken="is this the description of a system? `habeas screen` takes that",
    )

    habeas: Literal["rulebook/1"] = Field(
        description="That this is a rulebook, and in which version of the format.", examples=["rulebook/1"]
    )
    id: Identifier = Field(description="The name by which the command line and verdicts call the book.", examples=["eu-ai-act"])
    title: Prose = Field(description="The full title of the text.", examples=["Regulation (EU) 2024/1689 (AI Act)"])
    short: Prose = Field(description="A short title for tables.", examples=["EU AI Act"])
    force: ForceWord = Field(description="Whether it is law or a standard that binds nobody by itself.", examples=["law"])
    version: Label = Field(description="The version of this file; changes says what each version changed.", examples=["1"])
    checked_on: Day = Field(
        description="The day on which the book states the law, as far as its author knows; examples are screened on that day.",
        examples=["2026-11-22"],
    )
    binds_in: tuple[PlaceCode, ...] = Field(
        default=(), description="ISO 3166 codes of the countries, or parts of countries, where it is law.", examples=[["NL", "GB-SCT"]]
    )
    about: Prose = Field(description="What the book is, in a sentence or two.", examples=["The European Union's law on AI systems."])
    source: SourceText = Field(description="The text.", examples=["OJ L, 2024/1689, 12.7.2024"])
    readers: tuple[ReaderPart, ...] = Field(
        default=(),
        description="Who read the book against the law; empty: nobody yet.",
        examples=[[{"name": "A. Example", "role": "criminal defence solicitor", "on": "2026-12-01"}]],
    )
    unsettled: Texts = Field(
        default=(), description="What a lawyer must still read or decide.", examples=[["Whether Art 86 applies already."]]
    )
    changes: Annotated[tuple[ChangePart, ...], Len(min_length=1)] = Field(
        description="What each version changed, newest first: the changelog of the book, for machines too.",
        examples=[[{"version": "1", "on": "2026-11-22", "what": "First version."}]],
    )
    rules: Annotated[tuple[RulePart, ...], Len(min_length=1), AfterValidator(_each_by_its_own_id)] = Field(
        description="The rules, in the order of the text.", examples=[[RULE]]
    )

    def value(self) -> rulebook.Rulebook:
        """The book as the screen knows it."""
        return rulebook.Rulebook(
            id=self.id,
            title=self.title,
            short=self.short,
            force=self.force,
            version=self.version,
            checked_on=self.checked_on,
            about=self.about,
            source=self.source.value(),
            rules=tuple(rule.value() for rule in self.rules),
            changes=tuple(change.value() for change in self.changes),
            binds_in=self.binds_in,
            readers=tuple(reader.value() for reader in self.readers),
            unsettled=self.unsettled,
        )
