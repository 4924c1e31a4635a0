"""What the pages on the site say agrees with the site."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

import project
from docs.fences import examples
from habeas.runs.registers.fields import field_set
from habeas.web.base.languages.collecting import collect
from habeas.web.site import OpenIdProvider, Site
from habeas.web.site_file import GIVEN_BY_FOLDER, PROVIDER_SHAPES, SHAPES, parse_site
from needs import REPOSITORY

SETTINGS = project.text("docs/reference/site-settings.md")
ROWS = [[cell.strip().replace("`", "") for cell in line.strip("|").split("|")] for line in SETTINGS.splitlines() if line.startswith("| `")]
SECRET = "x" * 50


def test_the_page_of_settings_names_every_key_in_the_order_of_the_site() -> None:
    own = [field.name for field in fields(Site) if field.name not in GIVEN_BY_FOLDER]
    of_providers = [field.name for field in fields(OpenIdProvider)]

    named = [row[0] for row in ROWS]
    assert named[: len(own)] == [key for key in SHAPES if key in own]
    assert sorted(named[: len(own)]) == sorted(own)
    assert named[len(own) : len(own) + len(of_providers)] == of_providers


def test_the_page_of_settings_says_what_each_key_takes() -> None:
    said = {row[0]: row[1] for row in ROWS}

    assert {key: said[key] for key in (*SHAPES, *PROVIDER_SHAPES) if key != "name"} == {
        key: told for key, (told, _) in (*SHAPES.items(), *PROVIDER_SHAPES.items()) if key != "name"
    }


def test_the_page_of_settings_says_what_holds_where_a_key_is_left_out() -> None:
    usual = {field.name: field.default for field in fields(Site)}
    words = {MISSING: "must be there", (): "none", "": "nobody is named", False: "false"}

    left_out = {row[0]: row[2] for row in ROWS if row[0] in SHAPES and len(row) == 4}
    assert left_out == {key: "0" if key == "proxies" else words.get(usual[key], str(usual[key])) for key in left_out}
    assert len(left_out) == len(SHAPES)


@pytest.mark.parametrize("page", ["docs/reference/site-settings.md", "docs/how-to/deploy-the-site.md"])
def test_every_part_of_a_site_file_on_a_page_is_understood(page: str) -> None:
    shown = [one.body for one in examples(project.text(page)) if one.file == "site.toml"]
    needed = 'name = "x"\naddress = "https://x.example"\n'

    for text in shown:
        whole = text if "address" in text.split("[[")[0] else needed + text
        parse_site(whole, folder=Path("x"), secret_key=SECRET, name="x")
    assert shown


def test_every_address_that_the_pages_name_is_one_of_the_site() -> None:
    known = project.text("docs/reference/access.md")
    pages = ["how-to/register-a-system", "how-to/read-an-audit", "how-to/deploy-the-site", "tutorials/first-look-at-the-site"]
    named = {
        address
        for page in pages
        for address in re.findall(r"`(/(?:desk|register|accounts|health|api|open-data|help)[\w./-]*)`", project.text(f"docs/{page}.md"))
    }

    assert named
    assert [one for one in sorted(named) if not any(fits(one, rule) for rule in re.findall(r"\| `(/[^`]*)`", known))] == []


def fits(address: str, rule: str) -> bool:
    """Whether an address may be one that the table of access writes so, e.g. `/register/<slug:slug>/`."""
    pattern = re.sub(r"<path\\?:\w+>", ".+", re.escape(rule).replace(r"\<", "<").replace(r"\>", ">").replace(r"\:", ":"))
    return re.fullmatch(re.sub(r"<[^>]+>", "[^/]+", pattern), address) is not None


def test_the_page_on_the_register_explains_every_field_that_other_registers_lack_and_no_other() -> None:
    table = project.text("docs/explanation/what-the-register-shows.md").partition("| Field | Why it is asked |")[2].partition("\n\n")[0]
    explained = [line.split("|")[1].strip() for line in table.splitlines()[2:]]

    known = field_set().fields
    assert explained == [field.label for field in known if not field.maps]
    asked = [field for field in known if field.need.value != "optional"]
    assert f"of {len(asked)} questions are answered" in project.text("docs/explanation/what-the-register-shows.md")


def test_the_page_on_registering_counts_the_questions_as_they_are() -> None:
    page = " ".join(project.text("docs/how-to/register-a-system.md").split())
    needs = Counter(field.need.value for field in field_set().fields)

    assert (needs["publish"], needs["optional"]) == (7, 7)  # "seven" and "Seven more" on the page
    assert f"They are seven, of {needs.total()}:" in page
    assert f"how many of {needs['publish'] + needs['complete']} questions are answered. Seven more are optional" in page


ON_THE_SITE = (
    "docs/how-to/register-a-system.md",
    "docs/how-to/read-an-audit.md",
    "docs/how-to/deploy-the-site.md",
    "docs/tutorials/first-look-at-the-site.md",
    "docs/explanation/what-the-register-shows.md",
)
"""Pages on which *italics* are what stands on the site."""


@pytest.mark.parametrize("page", ON_THE_SITE)
def test_what_a_page_says_to_look_for_stands_on_the_site(page: str) -> None:
    shown = " | ".join({" ".join(text.english.split()).lower() for text in collect()})
    prose = re.sub(r"```.*?```|`[^`]*`", "", project.text(page), flags=re.DOTALL)
    prose = re.sub(r"\*\*[^*]+\*\*", "", re.sub(r"^\s*\* ", "", prose, flags=re.MULTILINE))
    named = {" ".join(words.split()).lower() for words in re.findall(r"\*([^*]+)\*", prose)}

    assert sorted(words for words in named if words not in shown) == []
    assert named


def test_every_command_of_the_site_that_a_page_names_exists() -> None:
    known = {path.stem for path in (REPOSITORY / "src" / "habeas" / "cli" / "site").glob("*.py")} - {"__init__", "needing"}
    pages = [REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")]
    named = {word for page in pages for word in re.findall(r"habeas site ([a-z]+)\b", page.read_text(encoding="utf-8"))}

    assert named - known - {"commands"} == set()
