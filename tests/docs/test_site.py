"""The documentation site: built with warnings as errors, and asking nothing of the outside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

import project
from needs import REPOSITORY

LOADED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"?(https?:)?//|<link\b(?![^>]*canonical)[^>]*\bhref=\"?(https?:)?//|@import|url\(\s*[\"']?https?:"
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    built = subprocess.run(
        command, cwd=REPOSITORY, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def test_every_page_is_built(site: Path) -> None:
    pages = [page.relative_to(REPOSITORY / "docs").with_suffix(".html") for page in (REPOSITORY / "docs").rglob("*.md")]

    assert [str(page) for page in pages if not (site / page).is_file()] == []


def test_no_page_loads_anything_from_outside(site: Path) -> None:
    files = [*site.rglob("*.html"), *site.rglob("*.css")]

    assert [str(file.relative_to(site)) for file in files if LOADED.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "tag", ['<script src="https://x.org/a.js">', '<link rel="stylesheet" href="//x.org/a.css">', "url('https://x.org/f.woff')"]
)
def test_a_load_from_outside_is_seen(tag: str) -> None:
    assert LOADED.search(tag)


def test_every_link_within_the_site_has_its_target_and_no_markup_is_left_over(site: Path) -> None:
    pages = {page.resolve(): page.read_text(encoding="utf-8") for page in site.rglob("*.html") if page.name != "404.html"}
    targets = {page: set(re.findall(r"""\b(?:id|name)="?([^\s">]+)""", text)) for page, text in pages.items()}
    lost = []
    for page, text in pages.items():
        for href in re.findall(r"""<a\b[^>]*\bhref="?([^\s">]+)""", text):
            file, _, anchor = unescape(href).partition("#")
            to = (page.parent / file).resolve() if file else page
            if to in targets and anchor and unquote(anchor) not in targets[to]:
                lost.append(f"{page.relative_to(site.resolve())}: {href}")

    assert lost == []
    assert [page.name for page, text in pages.items() if re.search(r"\{ ?[#.][\w-]+ ?\}", text)] == []


def test_the_readme_is_no_longer_than_100_lines() -> None:
    assert len(project.text("README.md").splitlines()) <= 100


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "GLOSSARY.md"])
def test_every_link_of_a_page_at_the_root_leads_somewhere(page: str) -> None:
    links = re.findall(r"]\((?!https?:|#)([^)#]+)", project.text(page))

    assert [link for link in links if not (REPOSITORY / link).exists()] == []
