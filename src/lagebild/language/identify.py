"""Which language a text is in, by py3langid's model (97 languages, offline)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

#: Characters that are looked at: more adds time, not certainty.
_ENOUGH = 4000
#: Below this the model is unsure, as it is of a line or two full of foreign names: then the words themselves are looked up.
_SURE = 0.8
#: A language this much less likely than the likeliest one is out of the question, whatever names it shares.
_THINKABLE = 0.05
#: The part of its words that a text must share with a language's word list to be taken for it.
_SHARED = 0.5
_LISTED = ("de", "en")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Identified:
    """An ISO 639-1 code («de», «en», another) and how sure that is, 0 to 1."""

    language: str
    confidence: float


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str) -> Identified:
    """The language of a text; of a long one its beginning decides. `zxx` is a text without words."""
    beginning = text[:_ENOUGH]
    words = _WORD.findall(beginning)
    if not words:
        return Identified("zxx", 1.0)
    ranked = {str(language): float(probability) for language, probability in _model().rank(beginning)}
    likeliest = max(ranked, key=lambda language: ranked[language])
    if ranked[likeliest] < _SURE:
        thinkable = [one for one in _LISTED if ranked[one] >= _THINKABLE * ranked[likeliest]]
        shared = {one: _listed(words, one) for one in thinkable}
        best = max(thinkable, key=lambda one: (shared[one], ranked[one]), default=likeliest)
        if shared.get(best, 0) >= _SHARED:
            likeliest = best
    return Identified(likeliest, ranked[likeliest])


def _listed(words: list[str], language: str) -> float:
    """The part of the words that a language's list holds."""
    from simplemma import is_known  # loaded here: few texts need it

    return sum(is_known(word, lang=language) for word in words) / len(words)
