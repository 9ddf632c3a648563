"""The states of the world: names, adjectives, inhabitants and seats of government in German and English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from lagebild.lexicon.loader import load
from lagebild.lexicon.names import fold

_ADJECTIVE_ENDINGS = ("", "e", "en", "er", "es", "em")
#: How names of states begin that have an article behind a preposition («of the Philippines»), and the last words that do too.
_THE = (
    "United",
    "Netherlands",
    "Philippines",
    "Bahamas",
    "Gambia",
    "Maldives",
    "Seychelles",
    "Comoros",
    "Holy See",
    "Isle of",
)
_THE_LAST = ("Republic", "Islands", "Territories", "Kingdom", "Congo", "Union", "Emirates")


@dataclass(frozen=True)
class Country:
    """One state; `adjective` is the English one that names its organs, `plural` its people in English."""

    code: str
    name: str
    adjective: str
    plural: str
    lat: float | None = None
    lon: float | None = None
    names: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    stems: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()

    @property
    def behind(self) -> str:
        """The name as it stands behind a preposition («Peru», «the Netherlands»)."""
        article = self.name.startswith(_THE) or self.name.split()[-1] in _THE_LAST
        return f"the {self.name}" if article and not self.name.startswith("the ") else self.name


def inhabitants(noun: str) -> tuple[str, ...]:
    """All forms of a German noun for an inhabitant, given its masculine singular («Russe», «Syrer», «Ungar»)."""
    if noun.endswith("e"):
        stem = noun[:-1]
        return noun, noun + "n", stem + "in", stem + "innen"
    if noun.endswith("er"):
        return noun, noun + "n", noun + "s", noun + "in", noun + "innen"
    if noun.endswith("i"):
        return noun, noun + "s", noun + "n", noun + "nnen"
    return noun, noun + "n", noun + "en", noun + "s", noun + "in", noun + "innen"


@cache
def countries() -> dict[str, Country]:
    """Every state by its ISO 3166-1 alpha-3 code (and codes of states that are no more)."""
    rows: dict[str, tuple[str, float | None, float | None, dict[str, tuple[str, ...]]]] = {}
    table = resources.files("lagebild.lexicon").joinpath("parties/countries.tsv").read_text("utf-8")
    for line in table.splitlines():
        code, name, lat, lon, german, english = line.split("\t")
        names = {"de": tuple(german.split("|")), "en": tuple(english.split("|"))}
        rows[code] = name, float(lat) if lat else None, float(lon) if lon else None, names
    hand = {entry["code"]: entry for entry in load("parties", "countries").get("country", [])}
    found = {}
    for code in sorted(rows.keys() | hand.keys()):
        entry = hand.get(code, {})
        name, lat, lon, names = rows.get(code, (entry.get("name", code), None, None, {}))
        english_words = tuple(entry.get("english", ()))
        forms = tuple(entry.get("forms", ())) + tuple(f for n in entry.get("people", ()) for f in inhabitants(n))
        plurals = tuple(entry.get("plural", ()))
        found[code] = Country(
            code=code,
            name=name,
            adjective=english_words[0] if english_words else name,
            plural=plurals[0] if plurals else f"people of {name}",
            lat=lat,
            lon=lon,
            names={**names, "*": tuple(entry.get("other", ()))},
            stems=tuple(entry.get("adjective", ())),
            english=english_words,
            forms=forms,
            plurals=plurals,
            seats=tuple(entry.get("seat", ())),
            houses=tuple(entry.get("house", ())),
        )
    return found


@cache
def _adjectives(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for country in countries().values():
        if language == "de":
            for stem in country.stems:
                for ending in _ADJECTIVE_ENDINGS:
                    found.setdefault(fold(stem + ending), country.code)
        else:
            for word in country.english:
                found.setdefault(fold(word), country.code)
    found.setdefault("us", "USA")
    found.setdefault("us-", "USA")
    return found


@lru_cache(maxsize=50_000)
def adjective(word: str, language: str) -> str | None:
    """The country of an adjective of origin («russischen», «Syrian»; «US» only in capitals)."""
    if word.casefold().strip(".-").replace(".", "") == "us":
        return "USA" if word.strip(".-").replace(".", "").isupper() else None
    return _adjectives(language).get(fold(word))


@cache
def first_halves(language: str) -> frozenset[str]:
    """The first halves of adjectives with a hyphen («saudi-arabisch»), folded."""
    return frozenset(fold(word.partition("-")[0]) for word in _written(language) if "-" in word)


def _written(language: str) -> Iterator[str]:
    """The adjectives of origin as the lexicon has them."""
    for country in countries().values():
        yield from country.stems if language == "de" else country.english


@cache
def _demonyms(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for country in countries().values():
        if language == "de":
            for form in country.forms:
                found.setdefault(fold(form), country.code)
        else:
            singular = (word for word in country.english if word not in ("US", "UK", "U.S.", country.name))
            for form in (*country.plurals, *singular):
                found.setdefault(fold(form), country.code)
    return found


@lru_cache(maxsize=50_000)
def demonym(word: str, language: str) -> str | None:
    """The country of a word for its people («Russinnen», «Afghans»); only capitalised words are."""
    return _demonyms(language).get(fold(word)) if word[:1].isupper() else None
