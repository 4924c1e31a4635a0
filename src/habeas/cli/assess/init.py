"""`habeas assess init SYSTEM --kind KIND --out FILE`: draft an impact assessment from the description of a system."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from habeas.cli.streams import remark, say, width
from habeas.cli.usage import day, parser, today
from habeas.errors import CannotWrite
from habeas.reports.assessments import words
from habeas.rules.assessments.carrying import Left, carry
from habeas.rules.assessments.completing import complete
from habeas.rules.assessments.forms import no_law_here
from habeas.rules.assessments.values import Assessment, Kind, Stands
from habeas.runs.assessments.assessing import drafted
from habeas.runs.assessments.reading import read_assessment
from habeas.runs.assessments.writing import write
from habeas.runs.outputs import write_file

DESCRIPTION = """Draft an impact assessment: each heading of the law, what the description
answers already, the duties a screen finds, the benefits claimed beside the
harms that audits measured. What only people can know is marked with REPLACE.

A prohibited system gets its draft, too; no assessment lifts a prohibition."""


def run(arguments: Sequence[str]) -> int:
    """Write the draft, never over a file that is there."""
    found = parser("habeas assess init", DESCRIPTION)
    found.add_argument("system", type=Path, metavar="SYSTEM", help="description of a system, a YAML file (habeas screen init)")
    kinds = [kind.value for kind in Kind]
    found.add_argument("--kind", required=True, choices=kinds, help="AI Act Art 27; Law Enforcement Directive Art 27; Equality Act s.149")
    found.add_argument(
        "--audit", type=Path, action="append", default=[], metavar="REPORT", help="report.json of an audit of the system; may be repeated"
    )
    found.add_argument("--from", dest="old", type=Path, metavar="OLD", help="carry over the answers of an earlier assessment")
    found.add_argument("--on", type=day, default=today(), metavar="DATE", help="screen as of this day (default: today)")
    found.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write the draft")
    given = found.parse_args(arguments)
    if given.out.exists():
        raise CannotWrite(f"expected to write a new draft to {given.out}; there is one already: move it away or choose another --out")
    assessment = drafted(given.system, kind=Kind(given.kind), on=given.on, audits=given.audit)
    left: tuple[Left, ...] = ()
    if given.old is not None:
        carried = carry(read_assessment(given.old), into=assessment)
        assessment, left = carried.assessment, carried.left
        told = f"{carried.again} answers of {given.old} must be read again; {len(left)} have no place in the draft: they stand at its end"
        remark(textwrap.fill(told, width()))
    write_file(given.out, write(assessment, left=left).encode())
    for line in _remarks(assessment):
        remark(textwrap.fill(line, width()))
    say(f"drafted: {given.out}\n{words.things(len(complete(assessment)))}, marked REPLACE.")
    say(f"Then: habeas assess check {given.out} --system {given.system}")
    return 0


def _remarks(assessment: Assessment) -> Iterator[str]:
    if (elsewhere := no_law_here(assessment)) is not None:
        yield elsewhere
    if assessment.prohibited:
        yield f"PROHIBITED. {words.NOT_LIFTED}"
    elif assessment.prohibitions:
        yield f"BLOCKED. {words.BLOCKED}"
    unclear = sum(duty.stands is Stands.UNCLEAR for section in assessment.sections for duty in section.duties)
    if unclear:
        yield f"{unclear} of the duties may apply, which isn't settled: most hang on what the description leaves open. Answer that first."
    described = f"{assessment.system.name}, {assessment.system.version}"
    for audited in dict.fromkeys(harm.audited for harm in assessment.measured if harm.audited != described):
        yield f"An audit is of {audited}; the description is of {described}: make sure that they are the same system."
