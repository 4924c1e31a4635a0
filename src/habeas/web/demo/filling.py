"""Filling a site: everything is done by the same actions as the pages use, so that the ledger records it all."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from habeas.procedures.editions import fingerprint
from habeas.web.accounts.models import Organisation
from habeas.web.audits import actions as audits
from habeas.web.audits.files.receiving import Received, folder
from habeas.web.base.actors import Actor
from habeas.web.demo.counts import table
from habeas.web.demo.people import settle
from habeas.web.gate import actions as gate
from habeas.web.gate.queries import steps
from habeas.web.register import actions as register
from habeas.web.register.models import System, SystemVersion
from habeas.web.screening import actions as screening
from habeas.web.screening.describing import read_upload

STORIES = Path(__file__).parent / "stories"
WRITERS = {
    "northshire-police": ("owner@northshire.example", "approver@northshire.example"),
    "westvale-court": ("owner@westvale.example", "approver@westvale.example"),
}
"""Who writes an organisation's entries, and who publishes them."""

PLAN = """\
habeas: audit/1
title: {title}
system: {{name: {name}, version: "{version}"}}
technology: risk-score
stage: {stage}
auditor: {{name: Open Audit Collective (made up), independent: true, statement: {statement}}}
data: {{path: rows.csv, count: n, row: one made-up person, public: true}}
population: {{description: everybody in the made-up table}}
columns: {{score: score, outcome: outcome}}
score: {{minimum: 1, maximum: 10}}
thresholds: [6]
groups: [group]
confirmatory:
  - {{metric: false_positive_rate, by: group, tolerance: {{difference: 0.05}}}}
  - {{metric: false_negative_rate, by: group, tolerance: {{difference: 0.05}}}}
confidence: 0.95
"""


def fill(*, password: str, at: datetime) -> None:
    """Fill an empty site with made-up organisations, people and the stories of their systems."""
    acting = settle(password=password, at=at)
    for path in sorted(STORIES.glob("*.yaml")):
        tell_story(yaml.safe_load(path.read_text(encoding="utf-8")), acting, at=at)


def tell_story(story: Mapping[str, Any], acting: Mapping[str, Actor], *, at: datetime) -> None:
    """Register, screen, publish, audit and let through one system, as far as its story goes."""
    writer, publisher = (acting[email] for email in WRITERS[story["organisation"]])
    system = entry(story, by=writer, at=at)
    version = register.add_version(by=writer, at=at, system=system, name=story["version"], stage=story["stage"])
    screen(story["description"], version, by=writer, at=at)
    register.submit(by=writer, at=at, system=system, note="The first edition.")
    register.publish(by=publisher, at=at, system=system)
    if "audit" in story:
        audit(story, version, by=acting["auditor@open-audit.example"], at=at)
    if "approval" in story:
        let_through(story["approval"], version, asked=writer, by=publisher, at=at)


def entry(story: Mapping[str, Any], *, by: Actor, at: datetime) -> System:
    """The system with the whole draft of its entry."""
    content = story["content"]
    owner = Organisation.objects.get(slug=story["organisation"])
    system = register.begin(by=by, at=at, organisation=owner, slug=story["slug"], name=content["name"])
    seen = fingerprint(system.editions.get().content, tuple(sorted(content)))
    register.save(by=by, at=at, system=system, answers=content, seen=seen)
    return system


def screen(description: str, version: SystemVersion, *, by: Actor, at: datetime) -> None:
    """Have the version screened by every book, as this description file says it is."""
    begun = screening.begin(by=by, at=at, version=version)
    screening.replace_with(by=by, at=at, description=begun, said=read_upload(description.encode()))
    screening.screen(by=by, at=at, description=begun)


def audit(story: Mapping[str, Any], version: SystemVersion, *, by: Actor, at: datetime) -> None:
    """Have the made-up table audited here and now, as the worker would, and published."""
    told, name = story["audit"], story["content"]["name"]
    plan = PLAN.format(title=f"{name}, by group", name=name, version=version.name, stage=version.stage, statement=told["statement"])
    auditors = Organisation.objects.get(slug="open-audit")
    rows = received(table(told["groups"]).encode())
    done = audits.upload(by=by, at=at, version=version, organisation=auditors, plan_text=plan, data=rows, keep_counts=False)
    audits.run(audit=done.pk, at=at, tell=lambda _: None)
    statement = audits.Statement(paid_by="grant", relation="none", text=told["statement"], caveats=told["caveats"])
    audits.publish(by=by, at=at, audit=done, statement=statement)


def received(rows: bytes) -> Received:
    """Bytes, as if somebody had uploaded them."""
    path = folder("incoming") / uuid.uuid4().hex
    path.write_bytes(rows)
    return Received(path=path, name="rows.csv", size=len(rows), sha256=hashlib.sha256(rows).hexdigest())


def let_through(told: Mapping[str, str], version: SystemVersion, *, asked: Actor, by: Actor, at: datetime) -> None:
    """Ask at the gate, and approve under conditions by somebody else."""
    gate.ask(by=asked, at=at, version=version)
    until = (at + timedelta(days=180)).date()
    read = frozenset(steps(by, version, at.date()).audits)
    terms = gate.Terms(reasons=told["reasons"], conditions=told["conditions"], until=until, audits=read)
    gate.approve(by=by, at=at, version=version, terms=terms)
