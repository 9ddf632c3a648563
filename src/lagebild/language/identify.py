"""Which language a text is in, by py3langid's model (97 languages, offline)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

#: Characters that are looked at: more adds time, not certainty.
_ENOUGH = 4000


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
    """The language of a text; of a long one its beginning decides."""
    language, probability = _model().classify(text[:_ENOUGH])
    return Identified(str(language), float(probability))
