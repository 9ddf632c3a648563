"""The tables of the formats: codes and mappings as data, each with its source named at the head of its file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple


class CountryCodes(NamedTuple):
    """The codes of a country: ISO 3166-1 alpha-2 and numeric, FIPS 10-4, Gleditsch and Ward, and its UN M49 subregion; empty
    where a scheme has none."""

    alpha2: str
    numeric: str
    fips: str
    gw: str
    subregion: str


@cache
def table(name: str) -> Mapping[str, Any]:
    """The table `name` of this folder (cameo, plover, acled)."""
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def country_codes() -> Mapping[str, CountryCodes]:
    """The codes of every country by its ISO 3166-1 alpha-3 code."""
    lines = resources.files(__package__).joinpath("countries.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[0]: CountryCodes(*row[1:]) for row in rows}


def codes_of(country: str | None) -> CountryCodes:
    """The codes of a country, all empty for none and for one that the table lacks."""
    return country_codes().get(country or "", CountryCodes("", "", "", "", ""))
