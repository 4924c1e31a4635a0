"""The whole way of two systems through a running site, in a real browser: refused with the rule cited; let through by another person.

Four walks, so that each language, width and way of using a browser meets each other one: right-to-left and left-to-right, wide and 360
pixels, with scripts and without, mouse and keyboard. The made-up counts are the worker's to audit.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from browser.hands import Hands
from browser.running_sites import Running, running_demonstration
from browser.views import PHONE, WIDE
from needs import REPOSITORY

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How somebody walks."""

    language: str
    phone: bool
    scripts: bool
    keyboard: bool

    @property
    def name(self) -> str:
        return "-".join(
            (
                {"en": "west", "ar": "east"}[self.language],
                "narrow" if self.phone else "wide",
                "scripts" if self.scripts else "bare",
                "keys" if self.keyboard else "mouse",
            )
        )


WAYS = (
    Way(language="en", phone=False, scripts=True, keyboard=False),
    Way(language="ar", phone=True, scripts=False, keyboard=False),
    Way(language="en", phone=True, scripts=False, keyboard=True),
    Way(language="ar", phone=False, scripts=True, keyboard=True),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_demonstration(tmp_path_factory.mktemp("walk") / "site") as running:
        yield running


class Walk:
    """One walk: the people who take part in it, each with a browser of their own."""

    def __init__(self, browser: object, site: Running, way: Way, pictures: Path) -> None:
        self._browser, self._site, self._way, self._pictures = browser, site, way, pictures
        self.people: dict[str, Hands] = {}

    def person(self, email: str | None) -> Hands:
        """Somebody who signed in, or somebody from the street (None)."""
        name = email or "street"
        if name not in self.people:
            view = {"viewport": PHONE if self._way.phone else WIDE}
            context = self._browser.new_context(java_script_enabled=self._way.scripts, **view)
            twin = None if self._way.scripts else self._browser.new_context(**view).new_page()
            way = {"language": self._way.language, "keyboard": self._way.keyboard, "twin": twin}
            self.people[name] = Hands(context, address=self._site.address, pictures=self._pictures, **way)
            if email is not None:
                self._sign_in(self.people[name], email)
        return self.people[name]

    def _sign_in(self, hands: Hands, email: str) -> None:
        hands.go("/accounts/login/")
        hands.fill("login", email)
        hands.fill("password", self._site.password)
        hands.press("main form:has([name=password]) button")

    @property
    def address(self) -> str:
        return self._site.address

    @property
    def faults(self) -> list[str]:
        return [fault for hands in self.people.values() for fault in hands.faults]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_two_systems_go_their_whole_way_without_a_fault(browser: object, site: Running, way: Way, tmp_path: Path) -> None:
    walk = Walk(browser, site, way, tmp_path)
    owner = walk.person("owner@northshire.example")

    refused = f"street-map-{way.name}"
    register(owner, refused, "Street map")
    describe_by_hand(owner, refused)
    assert owner.says("FT-BAN-2")  # refused, with the rule cited
    owner.look("refused")

    slug = f"letter-help-{way.name}"
    register(owner, slug, "Letter help")
    describe_by_file(owner, slug, tmp_path)
    owner.look("screened")
    audit(walk, slug)
    assert missing(owner, slug)  # not published, not authorised
    publish(walk, slug)
    let_through(walk, slug)
    amend(walk, slug)
    find_and_take_away(walk, slug)

    assert walk.faults == []


def register(owner: Hands, slug: str, name: str) -> None:
    owner.go("/desk/systems/new/")
    owner.fill("name", name)
    owner.fill("slug", slug)
    owner.press("main form button")
    owner.go(f"/desk/systems/{slug}/versions/")
    owner.fill("name", "1.0")
    owner.tick("stage", "live")
    owner.press("main form:has([name=stage]) button")


def describe_by_hand(owner: Hands, slug: str) -> None:
    owner.go(f"/desk/systems/{slug}/screening/")
    owner.press("main form[action*='/describe/'] button")
    summary = owner.page.url
    owner.press("main a[href$='/about/']")
    owner.fill("operator", "Northshire Police (made up)")
    owner.fill("about", "Made up. Shows on which streets burglaries are expected.")
    owner.fill("used_in", "GB-ENG")
    owner.press("main form button")
    owner.page.goto(summary)  # save and return
    owner.press("main a[href$='/questions/use/']")
    owner.tick("purpose", "predict-place")
    owner.tick("purpose-rest", "all")
    owner.tick("context", "prevention")
    owner.tick("context-rest", "all")
    owner.press("main form button")
    owner.page.goto(summary)
    owner.press("main form[action$='/screen/'] button")


def describe_by_file(owner: Hands, slug: str, folder: Path) -> None:
    told = (REPOSITORY / "src/habeas/web/demo/stories/drafting-help.yaml").read_text(encoding="utf-8")
    described = told.partition("description: |\n")[2].partition("\naudit:")[0]
    described = described.replace('version: "1.4"', 'version: "1.0"').replace("name: Drafting help", "name: Letter help")
    file = folder / "description.yaml"
    file.write_text("\n".join(line.removeprefix("  ") for line in described.splitlines()), encoding="utf-8")
    owner.go(f"/desk/systems/{slug}/screening/")
    owner.press("main form[action*='/describe/'] button")
    owner.press("main a[href$='/upload/']")
    owner.bring("file", file)
    owner.press("main form:has([name=file]) button")
    owner.press("main form[action$='/screen/'] button")


def audit(walk: Walk, slug: str) -> None:
    """The audit of COMPAS's counts, as of an invented system: the worker runs it, the auditor publishes it."""
    plan = (REPOSITORY / "examples/compas.yaml").read_text(encoding="utf-8")
    plan = plan.replace("{name: COMPAS, version: as used 2013-2014}", '{name: Letter help, version: "1.0"}').replace(
        "title: COMPAS", "title: Made up"
    )
    let_auditors_in(walk.person("owner@northshire.example"))
    auditor = walk.person("auditor@open-audit.example")
    auditor.go(f"/desk/systems/{slug}/audits/new/")
    auditor.fill("plan", plan)
    auditor.bring("rows", REPOSITORY / "examples/compas-counts.csv")
    auditor.press("main form:has([name=rows]) button")
    here = auditor.page.url
    for _ in range(200):
        if auditor.page.query_selector("main a[href$='/publish/']") is not None:
            break
        time.sleep(0.5)
        auditor.page.goto(here)
    auditor.examine()
    auditor.look("audited")
    auditor.press("main a[href$='/publish/']")
    auditor.tick("paid_by", "grant")
    auditor.tick("relation", "none")
    auditor.fill("statement", "Made up. No ties to anybody.")
    auditor.press("main form:has([name=paid_by]) button")


def let_auditors_in(owner: Hands) -> None:
    """The system isn't public yet; whoever audits it must be let in, once for all systems of the force."""
    owner.go("/desk/organisation/northshire-police/readers/")
    if owner.page.query_selector("main form:has([name=reader])") is not None:
        owner.press("main form:has([name=reader]) button")


def missing(owner: Hands, slug: str) -> bool:
    owner.go(f"/desk/systems/{slug}/gate/")
    owner.press(f"main a[href*='/{slug}/gate/']")
    owner.look("gate")
    return owner.page.query_selector("main li") is not None


def publish(walk: Walk, slug: str) -> None:
    owner = walk.person("owner@northshire.example")
    owner.go(f"/desk/systems/{slug}/entry/about/")
    owner.fill("plain_summary", "Made up. Corrects the spelling of letters.")
    owner.tick("status", "in-use")
    owner.press("main form button[name=then][value=next]")
    owner.go(f"/desk/systems/{slug}/entry/affected/")
    owner.tick("used_on", "victims")
    owner.fill("how_to_challenge", "Made up. Write to the force.")
    owner.fill("contact_email", "ask@police.northshire.example")
    owner.press("main form button[name=then][value=next]")
    owner.go(f"/desk/systems/{slug}/entry/reasons/")
    owner.fill("purpose", "Made up. Letters that people understand.")
    owner.press("main form button[name=then][value=back]")
    owner.go(f"/desk/systems/{slug}/")
    owner.press("main a[href$='/submit/']")
    owner.press("main form button:not([name])")
    approve(walk, slug)


def approve(walk: Walk, slug: str) -> None:
    approver = walk.person("approver@northshire.example")
    approver.go(f"/desk/systems/{slug}/review/")
    approver.look("review")
    approver.press("main form button[name=do][value=publish]")


def amend(walk: Walk, slug: str) -> None:
    """Another edition, so that there are two to compare."""
    owner = walk.person("owner@northshire.example")
    owner.go(f"/desk/systems/{slug}/")
    owner.press("main form[action$='/begin/'] button")
    owner.go(f"/desk/systems/{slug}/entry/about/")
    owner.fill("plain_summary", "Made up. Corrects the spelling and the layout of letters.")
    owner.press("main form button[name=then][value=back]")
    owner.go(f"/desk/systems/{slug}/submit/")
    owner.fill("note", "Made up. The summary says more.")
    owner.press("main form button:not([name])")
    approve(walk, slug)


def let_through(walk: Walk, slug: str) -> None:
    owner, approver = walk.person("owner@northshire.example"), walk.person("approver@northshire.example")
    owner.go(f"/desk/systems/{slug}/gate/")
    owner.press(f"main a[href*='/{slug}/gate/']")
    gate = owner.page.url
    owner.press("main a[href$='/ask/']")
    owner.press("main form button")
    approver.page.goto(gate)
    approver.press("main a[href$='/approve/']")
    approver.fill("reasons", "Made up. The difference is small and known.")
    approver.fill("conditions", "Made up. Tested again in spring.")
    approver.fill("until", (datetime.now(UTC) + timedelta(days=180)).date().isoformat())
    approver.press("main form:has([name=until]) button")
    approver.look("approved")
    gates = approver.page.context.request.get(f"{walk.address}/register/{slug}/gate.json").json()
    assert [one["state"] for one in gates["versions"]] == ["conditional"]


def find_and_take_away(walk: Walk, slug: str) -> None:
    somebody = walk.person(None)
    somebody.go("/")
    somebody.go("/register/")
    somebody.fill("q", f"letter help {slug.rsplit('-', maxsplit=1)[-1]}")
    somebody.press("main form button")
    somebody.look("found")
    somebody.press(f"main a[href$='/register/{slug}/']")
    somebody.look("entry")
    somebody.go(f"/register/{slug}/compare/?from=1&to=2")
    assert somebody.says("layout")
    somebody.look("compared")
    somebody.go(f"/register/{slug}/screening/")
    somebody.go(f"/register/{slug}/audits/1/")
    somebody.look("audit")
    assert somebody.page.context.cookies() == []
    for twin in ("atrs.json", "algoritmeregister.json", "annex-viii.json"):
        given = somebody.page.context.request.get(f"{walk.address}/register/{slug}/{twin}")
        assert (given.status, "Letter help" in given.text()) == (200, True)
    assert json.loads(somebody.page.context.request.get(f"{walk.address}/register/{slug}.json").text())["system"] == slug
