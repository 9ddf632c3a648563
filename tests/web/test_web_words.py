"""The interface has the same words in both languages, and every word that the pages ask for."""

from __future__ import annotations

import re
from pathlib import Path

import lagebild.web
from lagebild.render import GROUPS
from lagebild.web.geo import SHAPES
from lagebild.web.words import chosen, load

ROOT = Path(lagebild.web.__file__).parent
#: Words whose keys are put together in the pages.
_COMPOSED = (
    {f"kind_{k}" for k in SHAPES}
    | {f"precision_{p}" for p in ("point", "city", "region", "area", "country")}
    | {f"group_{g}" for g in (*GROUPS, "figure")}
    | {f"stance_{s}" for s in ("asserts", "believes", "doubts", "denies")}
)


def asked() -> set[str]:
    found: set[str] = set(_COMPOSED)
    for file in [*ROOT.glob("templates/*.html"), *ROOT.glob("*.py")]:
        source = file.read_text("utf-8")
        found |= set(re.findall(r'\b(?:w|words|chosen)\("([a-z_0-9]+)"[,)]', source))
        for stem in re.findall(r'\.many\("([a-z_]+)"', source):
            found |= {f"{stem}_one", f"{stem}_many"}
    return found


def test_both_languages_have_the_same_words_with_the_same_values() -> None:
    english, german = load("en"), load("de")
    assert set(english) == set(german)
    for key in english:
        assert set(re.findall(r"\{\w+\}", english[key])) == set(re.findall(r"\{\w+\}", german[key])), key


def test_every_word_that_is_asked_for_is_there() -> None:
    assert asked() - set(load("en")) == set()


def test_the_language_is_the_first_that_is_known() -> None:
    assert chosen("de", "en", "en") == "de"
    assert chosen("xx", "de", "en") == "de"
    assert chosen(None, None, "fr-CH, de;q=0.8, en;q=0.7") == "de"
    assert chosen(None, None, "") == "en"
