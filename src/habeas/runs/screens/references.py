"""The reference pages of the files that a screen reads: the description of a system, and a rulebook."""

from __future__ import annotations

from habeas.runs.rulebooks.description_model import DescriptionFile
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.yaml_text.reference import reference_markdown

ANSWERS = """\
## How answers are written

| Answer | Written | Means |
|---|---|---|
| yes or no | `solely_automated: yes` | yes; nothing is said to show it |
| words | `purpose: [predict-place, list-persons]` | these, and no others |
| words, perhaps others | `purpose: [predict-place, unknown]` | these, and whether others isn't known |
| no words | `special_categories: []` | none |
| a day | `in_service_from: 2026-05-01` | that day |
| unknown | `solely_automated: unknown` | somebody asked; nobody knows |
| with evidence | `solely_automated: {answer: no, evidence: [{what: statistics, where: file 12, by: head of unit}], note: from May on}` | \
what shows it, where that is, and the role of whoever states it |

A question that isn't answered is unknown. Unknown never clears a system of a prohibition; nor does an answer without evidence, where a
rule asks for it. The questions and words: [the questions a screen asks](vocabulary.md)."""

CONDITIONS = """\
## How conditions are written

Under `when`, every line must hold. There is no `not`, so that nobody escapes a rule by telling more.

| Line | Holds where |
|---|---|
| `purpose: [predict-offending, list-persons]` | at least one of these words is in the answer |
| `solely_automated: yes` | the answer is yes (or `no`) |
| `in_service_from: {since: 2027-12-02, before: 2030-08-02}` | the day is the first or later, and before the second; one of both will do |
| `class: high-risk` | another rule of this book puts the system in that class |
| `any: [{purpose: [predict-place]}, {solely_automated: yes}]` | at least one of these holds |
| `all: [{purpose: [predict-place]}, {solely_automated: yes}]` | each of these holds |

An answer that nobody gave is unknown, and so is a condition that hangs on it. The questions and words:
[the questions a screen asks](vocabulary.md)."""

DESCRIPTION = f"""\
# The description of a system

A YAML file that says what a system is used for, where, by whom, and what is known about it. `habeas screen init SYSTEM.yaml` asks the
questions that matter and writes it, `habeas screen SYSTEM.yaml` screens it, and `habeas schema system-description` prints its JSON Schema,
which many editors use to complete and check fields while you type.

- It is read as YAML 1.2. A field or a question that isn't known is refused, with the nearest name; all that is wrong is told at once, with
  its line.
- Describe one version, as it is used. Another version, or another use, is another description.
- Name every purpose, also those that the system serves only in passing. A purpose more never hides another.

{ANSWERS}

## Fields"""

RULEBOOK = f"""\
# The rulebook file

A YAML file that states one law, convention or standard: what it prohibits, which systems it classes, and what it asks for. Start from a
book that habeas brings (`habeas rules show --yaml BOOK`), check yours with `habeas rules check BOOK.yaml`, and see with
`habeas rules diff OLD NEW` which systems of the catalogue change their verdict. `habeas schema rulebook` prints the JSON Schema. The books
themselves, in words: [rulebooks](rules/index.md).

- It is read as YAML 1.2. All that is wrong is told at once, with file, line and field.
- A rule needs no lawyer to be written, and no programmer to be amended; it needs a source, and says how far that was checked.
- Every rule has at least one example that it must catch and one that it must let pass: they are its tests.
- An exception belongs to the one rule that holds it, and lifts it only where each of its facts is shown.

{CONDITIONS}

## Fields"""


def description_reference_markdown() -> str:
    """The reference page of a description."""
    return reference_markdown(DescriptionFile, opening=DESCRIPTION)


def rulebook_reference_markdown() -> str:
    """The reference page of a rulebook."""
    return reference_markdown(RulebookFile, opening=RULEBOOK)
