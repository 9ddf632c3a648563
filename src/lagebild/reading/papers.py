"""What a text tells that the report quotes from: «Der Bericht dokumentiert Angriffe …», «In dem Schreiben ist von … die Rede»."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Sentence
from lagebild.lexicon.cues import Cues
from lagebild.lexicon.frames import fold
from lagebild.lexicon.generics import generics
from lagebild.lexicon.roleslots import phrase_words
from lagebild.reading.extent import noun_extent, stretches
from lagebild.reading.fillers import verb_lemmas
from lagebild.reading.syntax import case_marker, is_passive, is_predicate
from lagebild.reading.utterance import Utterance


def find_papers(
    index: int, sentence: Sentence, lexicon: Cues, found_before: list[Utterance], language: str
) -> Iterator[Utterance]:
    """The clauses in which a text tells what it holds; its author vouches for that. They are no quotations by themselves."""
    spoken = {w for u in found_before for _, w in u.cue}
    for paper in range(len(sentence)):
        if sentence.upos[paper] not in ("NOUN", "PROPN") or not lexicon.is_paper(sentence.lemmas[paper]):
            continue
        verb = sentence.heads[paper]
        if verb >= 0 and sentence.relation(verb) in ("aux", "cop"):
            verb = sentence.heads[verb]
        if verb < 0 or verb in spoken or not is_predicate(sentence, verb) or not _told_of(sentence, paper, language):
            continue
        if not (_tells(sentence, paper, verb, lexicon) or _told_in(sentence, paper, verb, lexicon)):
            continue
        first, last = noun_extent(sentence, paper)
        words = set(sentence.subtree(verb)) - set(range(first, last + 1)) - set(sentence.subtree(paper))
        words -= {w for u in found_before for s, a, b in u.frame if s == index for w in range(a, b + 1)}
        content = stretches(sentence, words - {verb})
        if content:
            yield Utterance(
                type="Reported",
                content=tuple((index, a, b) for a, b in content),
                speaker=(index, paper),
                cue=((index, verb),),
                source=f"what a text tells {sentence.lemmas[paper]}",
                silent=True,
            )


def _told_of(sentence: Sentence, paper: int, language: str) -> bool:
    """Whether a text is known, or told by whom it is («ein Bericht der UNO»)."""
    return is_known_text(sentence, paper, language) or bool(sentence.dependents(paper, "nmod", "compound"))


def is_known_text(sentence: Sentence, noun: int, language: str) -> bool:
    """Whether a text is spoken of as known: «der Bericht», «this report», not «ein Bericht», «reports»."""
    articles = sentence.dependents(noun, "det")
    return bool(articles) and not any(sentence.form_keys[c] in generics(language).indefinite for c in articles)


def _tells(sentence: Sentence, paper: int, verb: int, lexicon: Cues) -> bool:
    """The text is the subject of a verb with which texts tell."""
    if sentence.deprels[paper] != "nsubj" or is_passive(sentence, verb):
        return False
    return any(fold(lemma) in lexicon.telling for lemma in verb_lemmas(sentence, verb))


def _told_in(sentence: Sentence, paper: int, verb: int, lexicon: Cues) -> bool:
    """Something is told in the text, and nobody else is said to tell it: a passive, or what there is («ist die Rede»)."""
    if sentence.relation(paper) != "obl" or case_marker(sentence, paper) not in phrase_words("told_in"):
        return False
    if _spoken_of(sentence, verb, lexicon):
        return True
    agents = (c for c in sentence.dependents(verb, "obl") if case_marker(sentence, c) in phrase_words("agent"))
    return is_passive(sentence, verb) and next(agents, None) is None


def _spoken_of(sentence: Sentence, noun: int, lexicon: Cues) -> bool:
    """A noun that with a copula says that something is told: «ist von Folter die Rede», “there is mention of torture”."""
    return sentence.lemma_keys[noun] in lexicon.mentions and bool(sentence.dependents(noun, "cop", "expl"))
