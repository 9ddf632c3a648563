"""Where and when an attack happens that is told by pointing back to the one before: «Dabei starben drei Menschen»."""

from __future__ import annotations

from dataclasses import dataclass, field

from lagebild.language.document import Sentence
from lagebild.lexicon.placewords import placewords
from lagebild.model import Place, Time
from lagebild.reading.syntax import clause_words

#: How many sentences back the attack may stand.
REACH = 2


@dataclass
class Attacks:
    """The attacks that a report has told so far: sentence, word, place and time of each."""

    language: str
    _told: list[tuple[int, int, Place | None, Time | None]] = field(default_factory=list)

    def tell(self, index: int, word: int, place: Place | None, time: Time | None) -> None:
        """Keeps an attack for what follows."""
        self._told.append((index, word, place, time))

    def before(self, index: int, sentence: Sentence, word: int) -> tuple[Place | None, Time | None]:
        """Place and time of the attack that the clause of a word points back to; (None, None) if it does not."""
        first, last = clause_words(sentence, word)
        pointing = placewords(self.language).accompanying
        if not any(sentence.lemmas[w].casefold() in pointing for w in range(first, last + 1)):
            return None, None
        known = [t for t in self._told if index - REACH <= t[0] < index]
        place = next((p for _, _, p, _ in reversed(known) if p is not None), None)
        time = next((t for _, _, _, t in reversed(known) if t is not None), None)
        return place, time
