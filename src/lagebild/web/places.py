"""Names of places in the language of the page: those of countries from the lexicon, of cities and regions from words/places.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from lagebild.lexicon.countries import countries


@cache
def exonyms(language: str) -> Mapping[str, str]:
    """By the name that the picture has, the one of the language, where it is another."""
    text = (resources.files("lagebild.web") / "words" / "places.toml").read_text("utf-8")
    named: dict[str, str] = tomllib.loads(text).get(language, {})
    return named


@cache
def _states(language: str) -> dict[str, str]:
    return {one.name: one.names[language][0] for one in countries().values() if one.names.get(language)}


def place_name(name: str, language: str) -> str:
    """The place in the language; as it is where nothing else is known."""
    return exonyms(language).get(name) or _states(language).get(name) or name


def country_name(code: str | None, language: str) -> str | None:
    """The name of a country by its ISO 3166-1 code."""
    country = countries().get(code or "")
    if country is None:
        return None
    names = country.names.get(language)
    return names[0] if names else country.name
