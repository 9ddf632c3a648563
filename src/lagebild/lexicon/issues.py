"""The words that show what a verbal act is about, and the slots that event types use where a frame names none."""

from __future__ import annotations

from functools import cache, lru_cache

from lagebild.lexicon.frames import fold
from lagebild.lexicon.loader import LANGUAGES, load
from lagebild.lexicon.names import words

#: What a verbal act is about if its content is an act of this type (and mode): the guideline's issue list.
BY_TYPE: dict[tuple[str, str | None], str] = {
    ("RETREAT", "withdraw"): "withdrawal",
    ("RETREAT", "release"): "prisoners",
    ("RETREAT", "disarm"): "disarmament",
    ("RETREAT", "ceasefire"): "ceasefire",
    ("RETREAT", "access"): "access",
    ("RETREAT", "resign"): "government",
    ("CONSULT", None): "talks",
    ("ASSAULT", None): "attack",
    ("SANCTION", None): "sanctions",
    ("AID", None): "aid",
    ("MOBILIZE", None): "troops",
    ("COERCE", "arrest"): "prisoners",
}


#: The mode of a demand or a refusal that is about this, by the guideline's definition of the modes.
MODE_OF: dict[str, str] = {
    "ceasefire": "yield",
    "withdrawal": "yield",
    "prisoners": "yield",
    "talks": "meet",
    "aid": "assist",
}
#: Types whose modes these are.
DEMANDS = frozenset({"REQUEST", "REJECT"})


class Issues:
    """Issue words of a language: whole lemmas, and parts that compounds may hold."""

    def __init__(self, language: str) -> None:
        self._words: dict[str, str] = {}
        self._parts: list[tuple[str, str]] = []
        for entry in load(language, "issues").get("issue", []):
            for word in entry.get("words", []):
                self._words.setdefault(fold(word), entry["id"])
            self._parts += [(fold(part), entry["id"]) for part in entry.get("parts", [])]

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def find(self, lemma: str) -> str | None:
        """The issue that a lemma names, if any; whole words before parts of compounds."""
        key = fold(lemma)
        if key in self._words:
            return self._words[key]
        return next((issue for part, issue in self._parts if part in key), None)


@cache
def issues(language: str) -> Issues:
    """The issue words of a language, loaded once."""
    return Issues(language)


def issues_named(text: str, language: str | None) -> frozenset[str]:
    """The issues that the words of a text name, whatever they are in it; none in a language without a lexicon."""
    return _issues_named(text, language) if language in LANGUAGES else frozenset()


@lru_cache(maxsize=20_000)
def _issues_named(text: str, language: str) -> frozenset[str]:
    found = (issues(language).find(word) for word in words(text))
    return frozenset(issue for issue in found if issue is not None)


def issue_of_act(event_type: str, mode: str | None) -> str | None:
    """The issue of a verbal act whose content is an act of this type and mode."""
    return BY_TYPE.get((event_type, mode)) or BY_TYPE.get((event_type, None))
