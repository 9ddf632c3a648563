"""Lemmas by HanTa's morphology (German and English), cached by word and part of speech, loaded at first use."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

_MODELS = {"de": "morphmodel_ger.pgz", "en": "morphmodel_en.pgz"}
#: UPOS to the beginnings of the tags that HanTa's models know it by.
_TAGS = {
    "de": {"NOUN": ("NN",), "VERB": ("VV",), "AUX": ("VA", "VM", "VV"), "ADJ": ("ADJ", "VV(PP)"), "PROPN": ("NE", "NN")},
    "en": {"NOUN": ("NN",), "VERB": ("VB",), "AUX": ("VB", "BE", "HV", "DO", "MD"), "ADJ": ("JJ",), "PROPN": ("NP", "NN")},
}
#: Words of the closed classes, and of English auxiliaries, that no model is needed for.
_CLOSED = {
    "de": {"im": "in", "am": "an", "zum": "zu", "zur": "zu", "vom": "von", "beim": "bei", "ins": "in", "ans": "an"},
    "en": {"'s": "'s", "n't": "not", "an": "a", "'ll": "will", "'ve": "have", "'re": "be", "'d": "would", "'m": "be",
           "is": "be", "was": "be", "are": "be", "were": "be", "been": "be", "am": "be", "being": "be", "has": "have",
           "had": "have", "did": "do", "does": "do", "wo": "will", "ca": "can"},
}
_OPEN = frozenset({"NOUN", "VERB", "AUX", "ADJ"})
_CACHE_SIZE = 200_000


class Lemmatiser:
    """Lemmas of one language. Safe to share between threads."""

    def __init__(self, language: str) -> None:
        from HanTa import HanoverTagger

        self._language = language
        self._model: Any = HanoverTagger.HanoverTagger(_MODELS[language])
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
        if upos != "NOUN":
            form = lower
        elif form.isupper() and len(form) > 4:
            form = form.capitalize()
        if len(form) > 60:
            return form
        wanted = _TAGS[self._language][upos]
        try:
            tags = [str(tag) for tag, _ in self._model.tag_word(form, casesensitive=False, cutoff=20)]
            tag = next((t for w in wanted for t in tags if t.startswith(w)), None)
            lemma = str(self._model.analyze(form, pos=tag)[0]) if tag else form
        except (KeyError, ValueError, IndexError, TypeError):
            lemma = form
        if upos == "NOUN" and self._language == "de":
            return lemma[:1].upper() + lemma[1:]
        return lemma if upos == "NOUN" and form.isupper() else lemma.lower()


@cache
def lemmatiser(language: str) -> Lemmatiser:
    """The lemmatiser of a language, loaded once."""
    return Lemmatiser(language if language in _MODELS else "de")
