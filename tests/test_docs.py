"""The documents of the project: their links lead somewhere, and the commands that they name exist."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from lagebild.cli.app import parser
from lagebild.model import (
    ISSUES,
    MEASURES,
    MODES,
    PRECISIONS,
    STANCES,
    STATUSES,
    Event,
    Figure,
    Party,
    Place,
    Quote,
    Report,
    Time,
)

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(p for p in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_lexicon_says_what_its_files_hold() -> None:
    """Those of the languages and those beside them; `parties/` and `events/` are named as folders."""
    lexicon = ROOT / "src/lagebild/lexicon"
    page = (lexicon / "README.md").read_text("utf-8")
    names = {f.name for f in lexicon.glob("*.toml")} | {f"*/{f.name}" for f in lexicon.glob("??/*.toml")}
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_every_benchmark_is_described() -> None:
    page = (ROOT / "bench/README.md").read_text("utf-8")
    assert {f.name for f in ROOT.glob("bench/*.py") if f.name not in page} == set()


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in PAGES:
        named = re.findall(r"^ +make (\w+)|`make (\w+)", page.read_text("utf-8"), re.MULTILINE)
        assert {a or b for a, b in named} <= targets, page.name


def test_commands_exist() -> None:
    """Every `$ lagebild …` that a page shows is one that the command line takes."""
    shown = [
        words
        for page in PAGES
        for line in re.findall(r"^    \$ (.+)$", page.read_text("utf-8"), re.MULTILINE)
        for words in map(shlex.split, re.split(r" \| (?![^\"]*\"$)", line))
        if words[0] == "lagebild"
    ]
    assert len(shown) > 20
    for words in shown:
        parser().parse_args(words[1:])


def test_the_page_on_findings_names_every_value_and_key() -> None:
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    words = set(re.findall(r"[\w-]+", page))
    values = {
        *STATUSES,
        *STANCES,
        *PRECISIONS,
        *ISSUES,
        *MEASURES,
        *MODES,
        *(mode for modes in MODES.values() for mode in modes),
    }
    keys = {field.name for kind in (Event, Figure, Party, Place, Time, Report, Quote) for field in fields(kind)}
    # Kept out of the JSON: reasons and zones; from and to are called start and end within the program.
    assert (values | keys) - {"because", "zones", "start", "end"} <= words
    for type_, modes in MODES.items():
        (row,) = re.findall(rf"^\| {type_} \| .* \| ?(.*?) ?\|$", page, re.MULTILINE)
        assert tuple(row.split(", ") if row else ()) == modes, type_
