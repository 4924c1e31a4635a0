"""Makers shared by the tests of the site: organisations, people, who acts. Each part adds its own at the end.

A site under test asks nobody for a second factor (`web_settings`); a test of that says so itself.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.test import Client

from habeas.procedures.editions import fingerprint
from habeas.procedures.withholding import Ground
from habeas.terms.register import Value
from habeas.web.accounts.models import Membership, Organisation, User
from habeas.web.accounts.queries import actor_of
from habeas.web.audits.actions import Statement, upload
from habeas.web.audits.actions import publish as publish_audit
from habeas.web.audits.actions import run as run_audit
from habeas.web.audits.files.receiving import Received
from habeas.web.audits.models import Audit
from habeas.web.base.actors import Actor, Role
from habeas.web.base.clock import now
from habeas.web.register.actions import add_version, approve_withholding, begin, publish, save, submit, withhold
from habeas.web.register.models import System, SystemVersion, Withholding
from habeas.web.screening.actions import begin as begin_description
from habeas.web.screening.actions import replace_with, screen
from habeas.web.screening.describing import read_upload
from habeas.web.screening.models import Description
from habeas.web.screening.queries import ScreenShown

LONG_AGO = date(2020, 1, 1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSWORD = "a long enough made-up sentence"  # noqa: S105 - opens nothing outside the tests


def organisation(slug: str = "force", *, kind: str = "police", **fields: object) -> Organisation:
    """An organisation; the same slug again gives the one that is there."""
    known = {"name": slug.replace("-", " ").capitalize(), "kind": kind, "authority": f"{slug}.example", "place": "GB-ENG"}
    return Organisation.objects.get_or_create(slug=slug, defaults={**known, **fields})[0]


def user(email: str = "ada@force.example", *roles: Role, organisation: Organisation | None = None, password: str | None = None) -> User:
    """Somebody with these roles, since long ago, in that organisation (none given: the one of the slug `force`)."""
    made = User.objects.create_user(email, password, name=email.partition("@")[0].capitalize())
    for role in roles:
        Membership.objects.create(user=made, organisation=organisation or force(), role=role.value, since=LONG_AGO)
    return made


def force() -> Organisation:
    """The police force that most tests are about."""
    return _an_organisation("force")


_an_organisation = organisation  # `user` has an argument of that name


def signed_in(client: Client, person: User) -> Client:
    """The same client, as the browser of that person."""
    client.force_login(person)
    return client


def actor(person: User) -> Actor:
    """Who that person is for actions, today."""
    return actor_of(person, on=now().date())


# --- the register ---

ANSWERS: dict[str, Value] = {
    "plain_summary": "A made-up tool that sorts letters to a made-up force.",
    "name": "Letter sorter",
    "status": "in-use",
    "used_on": ["suspects"],
    "how_to_challenge": "Write to the force; it answers within 20 days.",
    "contact_email": "systems@force.example",
    "purpose": "Letters arrive sooner where they belong.",
}
"""The shortest content that can be published."""


def owner(organisation: Organisation | None = None) -> Actor:
    """Somebody who writes entries there."""
    return _member("owner", Role.SYSTEM_OWNER, organisation or force())


def approver(organisation: Organisation | None = None) -> Actor:
    """Somebody else, who publishes them there."""
    return _member("approver", Role.APPROVER, organisation or force())


def drafted(slug: str = "letter-sorter", *, organisation: Organisation | None = None, **answers: Value) -> System:
    """A system whose draft has every answer that publication needs, and these."""
    where = organisation or force()
    made = begin(by=owner(where), at=NOON, organisation=where, slug=slug, name="Letter sorter")
    write(made, **{**ANSWERS, **answers})
    return made


def write(system: System, **answers: Value | None) -> None:
    """Save these answers in its draft, as its owner."""
    content = system.editions.get(state="draft").content
    save(by=owner(system.organisation), at=NOON, system=system, answers=answers, seen=fingerprint(content, tuple(sorted(answers))))


def published_system(slug: str = "letter-sorter", *, organisation: Organisation | None = None, **answers: Value) -> System:
    """A system whose first edition is published, by two people."""
    made = drafted(slug, organisation=organisation, **answers)
    return republished(made)


def republished(system: System) -> System:
    """The same system once its draft is submitted and published."""
    submit(by=owner(system.organisation), at=NOON, system=system)
    publish(by=approver(system.organisation), at=NOON, system=system)
    system.refresh_from_db()
    return system


def withheld(system: System, field: str, *, until: date = date(2027, 6, 1)) -> Withholding:
    """A field of it that isn't shown until that day, asked by its owner and approved by its approver."""
    said = {"ground": Ground.TRADE_SECRET, "reason": "A made-up secret.", "until": until}
    asked = withhold(by=owner(system.organisation), at=NOON, system=system, field=field, **said)  # type: ignore[arg-type] # of mixed types
    approve_withholding(by=approver(system.organisation), at=NOON, withholding=asked)
    return asked


def _member(name: str, role: Role, organisation: Organisation) -> Actor:
    email = f"{name}@{organisation.authority}"
    known = User.objects.filter(email=email).first()
    return actor(known or user(email, role, organisation=organisation))


# --- screening ---

EXAMPLES = Path(__file__).parents[2] / "examples" / "screen"


def version_of(system: System, name: str = "1") -> SystemVersion:
    """A version of the system; the same name again gives the one that is there."""
    there = system.versions.filter(name=name).first()
    return there or add_version(by=owner(system.organisation), at=NOON, system=system, name=name, stage="design")


def browser_of(by: Actor) -> Client:
    """The browser of somebody who acts."""
    return signed_in(Client(), User.objects.get(pk=by.user or 0))


def example_of(example: str, /, **instead: str) -> bytes:
    """One of the examples of descriptions, as a file; `instead`: other lines in place of its own, by their names."""
    text = (EXAMPLES / f"{example}.yaml").read_text(encoding="utf-8")
    for field, said in instead.items():
        text = re.sub(rf"(?m)^{field}: .*$", f'{field}: "{said}"', text)
    return text.encode()


def described(version: SystemVersion, *, example: str = "drafting-help", said: dict[str, object] | None = None) -> Description:
    """The version described as one of the examples of descriptions is, or by these fields; under its own name."""
    by = owner(version.system.organisation)
    made = begin_description(by=by, at=NOON, version=version)
    own = {name: made.said[name] for name in ("name", "version")}
    replace_with(by=by, at=NOON, description=made, said={**(said or read_upload(example_of(example))), **own})
    made.refresh_from_db()
    return made


def screened(version: SystemVersion, *, example: str = "drafting-help", at: datetime = NOON) -> ScreenShown:
    """The version screened as one of the examples of descriptions."""
    return screen(by=owner(version.system.organisation), at=at, description=described(version, example=example))


# --- audits ---

AUDIT_ROWS = b"group,score,outcome,n\na,3,0,500\na,7,0,500\na,7,1,400\na,3,1,100\nb,3,0,900\nb,7,0,100\nb,7,1,400\nb,3,1,100\n"
"""A table of counts: of those without the outcome half of group a are flagged, and a tenth of group b."""
EQUAL_ROWS = b"group,score,outcome,n\na,3,0,5000\na,7,0,5000\na,7,1,4000\na,3,1,1000\nb,3,0,5000\nb,7,0,5000\nb,7,1,4000\nb,3,1,1000\n"
"""Another, larger: both groups alike."""
FEW_ROWS = b"group,score,outcome,n\na,3,0,20\na,7,0,20\na,7,1,20\na,3,1,20\nb,3,0,20\nb,7,0,19\nb,7,1,20\nb,3,1,20\n"
"""A third: too few people to tell."""


def audit_plan(
    *, system: str = "Letter sorter", version: str = "1", stage: str = "design", path: str = "rows.csv", independent: str = "true"
) -> str:
    """A plan that asks whether false positive rates differ between two groups."""
    return f"""habeas: audit/1
title: A made-up test of a made-up score
system: {{name: {system}, version: "{version}"}}
technology: risk-score
stage: {stage}
auditor: {{name: Example Audit Office, independent: {independent}, statement: no ties}}
data: {{path: "{path}", count: n, row: one made-up letter}}
columns: {{score: score, outcome: outcome}}
score: {{minimum: 1, maximum: 10}}
thresholds: [5]
groups: [group]
confirmatory:
  - {{metric: false_positive_rate, by: group, tolerance: {{difference: 0.05}}}}
"""


def audit_office() -> Organisation:
    """An organisation of auditors that has nothing to do with the force."""
    return organisation("audit-office", kind="auditor")


def auditor(organisation: Organisation | None = None) -> Actor:
    """Somebody who audits there."""
    return _member("auditor", Role.AUDITOR, organisation or audit_office())


def overseer() -> Actor:
    """Somebody of an oversight body."""
    return _member("overseer", Role.OVERSIGHT, _an_organisation("oversight", kind="oversight"))


def received(content: bytes, folder: Path) -> Received:
    """A file as it came."""
    path = folder / uuid4().hex
    path.write_bytes(content)
    return Received(path=path, name="rows.csv", size=len(content), sha256=sha256(content).hexdigest())


def uploaded(
    version: SystemVersion, folder: Path, *, rows: bytes = AUDIT_ROWS, by: Actor | None = None, keep_counts: bool = False, **plan: str
) -> Audit:
    """An audit of the version that waits to be run. `tested`: the version that its plan names, if another."""
    actor = by or auditor()
    text = audit_plan(**{"version": plan.pop("tested", version.name), "stage": version.stage, **plan})
    where = Organisation.objects.get(pk__in=list(actor.organisations(Role.AUDITOR)))
    data = received(rows, folder)
    return upload(by=actor, at=NOON, version=version, organisation=where, plan_text=text, data=data, keep_counts=keep_counts)


def audited(version: SystemVersion, folder: Path, *, rows: bytes = AUDIT_ROWS, by: Actor | None = None, **plan: str) -> Audit:
    """An audit of the version that was run."""
    made = uploaded(version, folder, rows=rows, by=by, keep_counts=False, **plan)
    run_audit(audit=made.pk, at=NOON, tell=lambda _: None)
    made.refresh_from_db()
    return made


def published_audit(
    version: SystemVersion, folder: Path, *, rows: bytes = AUDIT_ROWS, by: Actor | None = None, paid_by: str = "owner", **plan: str
) -> Audit:
    """An audit of the version that was run and published."""
    made = audited(version, folder, rows=rows, by=by, **plan)
    statement = Statement(paid_by=paid_by, relation="none", text="We have no ties to the force.", caveats="The letters are made up.")
    return publish_audit(by=by or auditor(), at=NOON, audit=made, statement=statement)
