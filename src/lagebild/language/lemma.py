"""Lemmas: German by HanTa's morphology, English by simplemma's lists, cached by word and part of speech, loaded at first use."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from lagebild.lexicon.loader import load

_MODEL = "morphmodel_ger.pgz"
#: UPOS to the beginnings of the tags that HanTa's German model knows it by.
_TAGS = {"NOUN": ("NN",), "VERB": ("VV",), "AUX": ("VA", "VM", "VV"), "ADJ": ("ADJ", "VV(PP)"), "PROPN": ("NE", "NN")}
#: Words of the closed classes, and of English auxiliaries, that no model is needed for.
_CLOSED = {
    "de": {"im": "in", "am": "an", "zum": "zu", "zur": "zu", "vom": "von", "beim": "bei", "ins": "in", "ans": "an"},
    "en": {
        "'s": "'s",
        "n't": "not",
        "an": "a",
        "'ll": "will",
        "'ve": "have",
        "'re": "be",
        "'d": "would",
        "'m": "be",
        "is": "be",
        "was": "be",
        "are": "be",
        "were": "be",
        "been": "be",
        "am": "be",
        "being": "be",
        "has": "have",
        "had": "have",
        "did": "do",
        "does": "do",
        "wo": "will",
        "ca": "can",
    },
}
_OPEN = frozenset({"NOUN", "VERB", "AUX", "ADJ"})
_CACHE_SIZE = 200_000


class Lemmatiser:
    """Lemmas of one language. Safe to share between threads."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._model: Any = _german() if language == "de" else None
        self._verbs: dict[str, str] = dict(load(language, "morphology").get("verbs", {}))
        self._nouns: dict[str, str] = dict(load(language, "morphology").get("nouns", {}))
        if language == "en":
            # The lists know few of the rarer verbs («extolled», «thanked») and guess them wrongly.
            for entry in load(language, "events").get("entry", []):
                if entry["upos"] == "VERB":
                    verb = entry["lemma"].partition(" ")[0]
                    for form in _regular(verb):
                        self._verbs.setdefault(form, verb)
        self._cache: dict[tuple[str, str], str] = {}
        self._lock = Lock()

    def lemma(self, form: str, upos: str) -> str:
        """The lemma of a form with its universal part of speech; names and closed classes keep their form."""
        key = (form, upos)
        found = self._cache.get(key)
        if found is None:
            # HanTa's own caches are not made for several threads.
            with self._lock:
                found = self._find(form, upos)
                if len(self._cache) < _CACHE_SIZE:
                    self._cache[key] = found
        return found

    def _find(self, form: str, upos: str) -> str:
        lower = form.lower()
        closed = _CLOSED[self._language].get(lower)
        if closed is not None and upos not in ("NOUN", "PROPN"):
            return closed
        if upos not in _OPEN or not any(c.isalpha() for c in form):
            return form if upos in ("PROPN", "X") else lower
        if len(form) > 60:
            return form
        if upos in ("VERB", "AUX") and lower in self._verbs:
            return self._verbs[lower]
        if upos == "NOUN" and lower in self._nouns:
            return self._nouns[lower]
        return _english(form, upos) if self._language == "en" else self._analysed(form, upos)

    def _analysed(self, form: str, upos: str) -> str:
        """The German lemma; of a hyphenated compound only the last part is inflected."""
        if upos != "NOUN":
            form = form.lower()
        elif form.isupper() and len(form) > 4:
            form = form.capitalize()
        stem, hyphen, last = form.rpartition("-")
        if hyphen and stem and last[:1].isupper():
            return f"{stem}-{self._analysed(last, upos)}"
        try:
            tags = [str(tag) for tag, _ in self._model.tag_word(form, casesensitive=False, cutoff=20)]
            tag = next((t for w in _TAGS[upos] for t in tags if t.startswith(w)), None)
            lemma = str(self._model.analyze(form, pos=tag)[0]) if tag else form
        except (KeyError, ValueError, IndexError, TypeError):
            lemma = form
        return lemma[:1].upper() + lemma[1:] if upos == "NOUN" else lemma.lower()


def participle_of(lemma: str, language: str) -> str:
    """The infinitive of a participle used as an adjective («getötet», «demonstrierend»); other adjectives as they are."""
    if language == "de" and lemma.endswith("end"):
        return lemma[:-1]
    return lemmatiser(language).lemma(lemma, "VERB")


def _german() -> Any:
    from HanTa import HanoverTagger

    return HanoverTagger.HanoverTagger(_MODEL)


def _regular(verb: str) -> set[str]:
    """The regular inflected forms of an English verb; a final l is doubled the British and the American way."""
    if verb.endswith("e"):
        return {verb + "s", verb + "d", (verb[:-2] + "y" if verb.endswith("ie") else verb[:-1]) + "ing"}
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    vowels = [i for i, letter in enumerate(verb) if letter in "aeiou"]
    short = len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    stems = {verb}
    if short and (len(vowels) == 1 or verb[-1] == "l"):
        stems = {verb + verb[-1]} if verb[-1] != "l" else {verb, verb + "l"}
    ending = "es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"
    return {verb + ending, *(stem + end for stem in stems for end in ("ed", "ing"))}


def _english(form: str, upos: str) -> str:
    """The English lemma. The lists know no parts of speech: a noun in -ing is one, not the verb it comes from."""
    from simplemma import lemmatize

    lower = form if form.isupper() and len(form) > 1 else form.lower()
    if upos == "ADJ" or (upos == "NOUN" and lower.endswith(("ing", "ed", "ss", "us", "is"))):
        return lower
    if upos == "NOUN" and lower.endswith("ings"):
        return lower[:-1]
    return str(lemmatize(lower, "en"))


@cache
def lemmatiser(language: str) -> Lemmatiser:
    """The lemmatiser of a language, loaded once."""
    return Lemmatiser("en" if language == "en" else "de")
