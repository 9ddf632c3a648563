"""Since when, where no date says it but an act or a stretch of time: «seit dem Sturz der Regierung», «seit längerer Zeit»."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.placewords import placewords
from lagebild.model import Time
from lagebild.reading.times import FoundTime
from lagebild.reading.timex import grammar

#: What belongs to the words of such a time beside its head; phrases with a preposition of place and clauses do not.
_INSIDE = ("case", "det", "amod", "advmod", "nummod", "flat", "compound", "nmod", "nmod:poss", "fixed")


def since(document: Document, sentence: Sentence, word: int, read: Sequence[FoundTime] = ()) -> Time | None:
    """The open time that hangs on a word, as written and without days, unless it is one that has been read already."""
    opening = grammar(document.language).since
    for case in range(len(sentence)):
        if sentence.forms[case].casefold() not in opening or sentence.relation(case) != "case":
            continue
        head = sentence.heads[case]
        if head < case or sentence.upos[head] == "NUM" or sentence.heads[head] != word:
            continue
        last = _last(document.language, sentence, head)
        span = sentence.span(case, last)
        if any(t.expression.span[0] < span[1] and span[0] < t.expression.span[1] for t in read):
            continue
        return Time(document.text[slice(*span)], None, None, span)
    return None


def _last(language: str, sentence: Sentence, head: int) -> int:
    """The last word of the phrase of a noun, with its genitives but without where and with whom."""
    places = placewords(language).prepositions
    last = head
    for child in sorted(sentence.children[head]):
        if child < head or sentence.relation(child) not in _INSIDE:
            continue
        if child > last + 4 or any(sentence.lemmas[c].casefold() in places for c in sentence.dependents(child, "case")):
            break
        last = max(last, _last(language, sentence, child))
    return last
