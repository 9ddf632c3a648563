"""Common nouns that name parties («Rebellen», «Soldaten», «eyewitnesses») and how they are called in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from lagebild.lexicon.countries import countries
from lagebild.lexicon.loader import load
from lagebild.lexicon.names import fold, stem

#: A compound's last part must be longer than this: shorter ones are chance («Flug|zeuge»).
SHORTEST = 5
#: Endings of plurals and cases that a lemma may have kept, and those of nouns that are adjectives («der Verletzte»).
_ENDINGS = ("s", "n", "en", "e")
_AS_ADJECTIVE = ("e", "en", "em", "es")
#: How such nouns end: others in -er only look like them («Grenze» is no «Grenzer», «Lehre» no «Lehrer»).
_ADJECTIVAL = (
    "ter",
    "nder",
    "iger",
    "ischer",
    "tscher",
    "licher",
    "ener",
    "loser",
    "ker",
    "mmer",
    "eller",
    "omer",
    "kaler",
    "iver",
    "treuer",
    "uler",
    "emder",
)
_ONE = {"people": "person", "men": "man", "women": "woman", "children": "child", "media": "media"}
#: English plurals that have no singular.
_ALWAYS = frozenset({"authorities", "forces", "figures", "reports", "media", "staff", "police", "relatives", "circles"})


def singular(name: str) -> str:
    """The English name of one of a group («Afghan soldiers»: Afghan soldier)."""
    head, _, last = name.rpartition(" ")
    if last in _ALWAYS or (not last.endswith("s") and last not in _ONE and not last.endswith("men")):
        return name
    if last in _ONE:
        one = _ONE[last]
    elif last.endswith("men"):
        one = last[:-3] + "man"
    elif last.endswith("ies"):
        one = last[:-3] + "y"
    elif last.endswith(("sses", "ches", "shes")):
        one = last[:-2]
    else:
        one = last.removesuffix("s") if not last.endswith("ss") else last
    return f"{head} {one}".strip()


def _nominalised(word: str) -> tuple[str, ...]:
    """The masculine form that the table has of a noun that is inflected as an adjective («Angeklagte»: Angeklagter)."""
    ending = next((e for e in _AS_ADJECTIVE if word.endswith(e)), None)
    form = f"{word[: -len(ending)]}er" if ending else ""
    return (form,) if form.endswith(_ADJECTIVAL) else ()


@dataclass(frozen=True, slots=True)
class Generic:
    """A party noun: `name` is an English template with {adj}, `bare` the name where no country is known.

    `local`: alone it belongs to the country that the report is about. `owner`: with the party that it belongs to it is
    that party («Kreise der Hamas», «Mitarbeiter des Ministeriums»). `named`: a name beside it is the party's own («die Firma
    X»). `plain`: its English name has the country's adjective only where the words do.
    `means`: kinds of parties named before that the bare noun may take up, any of its like if none are given. `people`: so does
    its plural («die Extremisten» after the group's name), not its singular. `by_name`: only those whose name
    says it («der Rat» is the Security Council, whoever else is named).
    """

    name: str
    bare: str
    kind: str
    local: bool = True
    owner: bool = False
    named: bool = False
    plain: bool = False
    means: tuple[str, ...] = ()
    people: bool = False
    by_name: bool = False

    def english(self, country: str | None) -> str:
        if "{adj}" not in self.name:
            return self.name
        state = countries().get(country) if country else None
        return self.name.replace("{adj}", state.adjective) if state else self.bare


class Generics:
    """The party nouns of a language, by lemma; compounds by their last part; adjectives that belong to a party's name.

    `joined`: the language writes compounds as one word, so that a name apart from a noun is no part of it.
    """

    def __init__(self, language: str) -> None:
        self._words: dict[str, Generic] = {}
        content = load(language, "roles")
        for entry in content.get("generic", []):
            name = entry["name"]
            generic = Generic(
                name,
                entry.get("name_bare") or name.replace("{adj}", "").strip(),
                entry.get("kind", "other"),
                entry.get("local", True),
                entry.get("owner", False),
                entry.get("named", False),
                entry.get("plain", False),
                tuple(entry.get("means", ())),
                entry.get("people", False),
                entry.get("by_name", False),
            )
            for word in entry["words"]:
                self._words.setdefault(fold(word), generic)
        self.joined: bool = load(language, "compounds").get("joined", True)
        self.indefinite = frozenset(fold(w) for e in content.get("indefinite", []) for w in e["words"])
        self._qualities = {fold(w): e["name"] for e in content.get("quality", []) for w in e["words"]}

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def find(self, lemma: str) -> Generic | None:
        """The party noun of a lemma (or a plural form), or of the end of a compound («Taliban|kämpfer»)."""
        return self._find(fold(lemma))[0]

    def split(self, lemma: str) -> tuple[Generic, int] | None:
        """The party noun at the end of a compound and how many letters stand before it («Taliban|kämpfer»)."""
        found, cut = self._find(fold(lemma))
        return (found, cut) if found is not None and cut else None

    def _find(self, key: str) -> tuple[Generic | None, int]:
        for cut in (0, *range(2, len(key) - SHORTEST)):
            rest = key[cut:]
            # A noun that has a feminine in -in is no adjective: «Berichte» are no «Richter».
            adjectival = (form for form in _nominalised(rest) if f"{form}in" not in self._words)
            for form in (rest, *(rest.removesuffix(ending) for ending in _ENDINGS), *adjectival):
                if form in self._words and (cut == 0 or len(form) > SHORTEST):
                    return self._words[form], cut
        return None, 0

    def find_phrase(self, lemmas: Sequence[str]) -> Generic | None:
        """The party noun that several lemmas name together («asylum seeker», «international Gemeinschaft»)."""
        *before, last = [fold(lemma) for lemma in lemmas]
        return self._words.get(" ".join((*before, last))) or self._words.get(
            " ".join((*(f"{b}e" for b in before), last))
        )

    def quality(self, lemma: str, form: str) -> str | None:
        """The English adjective of one that says what kind of group it is («schiitisch»: Shiite)."""
        found = self._qualities.get(fold(lemma)) or self._qualities.get(fold(form))
        return found or self._qualities.get(stem(fold(form)))


@cache
def generics(language: str) -> Generics:
    """The party nouns of a language, loaded once."""
    return Generics(language)


@cache
def party_nouns(language: str) -> frozenset[str]:
    """The heads of the words for offices («minister» of «foreign minister»), folded: nouns that name a person in office."""
    phrases = [fold(w) for entry in load(language, "roles").get("office", []) for w in entry["words"]]
    return frozenset(p.rpartition(" ")[2] for p in phrases if " of " not in p)
