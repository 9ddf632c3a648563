"""On what occasion something is said or done, which is not what it is about: «drohte nach dem Angriff», «forderte bei einem Besuch»."""

from __future__ import annotations

from lagebild.language.document import Sentence
from lagebild.lexicon.roleslots import phrase_words
from lagebild.reading.syntax import case_marker


def is_afterwards(sentence: Sentence, word: int) -> bool:
    """Whether a noun beside a verb tells after what something is said or done: «drohte nach dem Angriff mit Vergeltung»."""
    verb = sentence.heads[word]
    if sentence.relations[word] != "obl" or verb < 0 or sentence.upos[word] not in ("NOUN", "PROPN"):
        return False
    if case_marker(sentence, word) not in phrase_words("afterwards"):
        return False
    return sentence.lemmas[verb] not in phrase_words("seeking")  # «verlangte nach Vergeltung»


def is_occasion(sentence: Sentence, word: int) -> bool:
    """Whether a meeting is where something is asked, not what is asked for: «rief bei einem Besuch zur Ruhe auf»."""
    beside = sentence.relations[word] == "obl" and sentence.upos[word] == "NOUN"
    return beside and case_marker(sentence, word) in phrase_words("circumstance")
