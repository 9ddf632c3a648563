"""Nouns of speaking with their content as a clause: «die Behauptung der Rebellen, dass …», «der Ansicht sein, dass …»."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Sentence
from lagebild.lexicon.cues import Cues
from lagebild.lexicon.roleslots import phrase_words
from lagebild.reading.extent import clause_extent, frame_extent, noun_extent, trimmed_range
from lagebild.reading.indirect import is_content, is_infinitive
from lagebild.reading.quotable import is_aside
from lagebild.reading.syntax import case_marker, is_predicate, is_relative, is_verbal, slots
from lagebild.reading.utterance import Utterance, speaker_of, speech_like


def find_nominal(index: int, sentence: Sentence, lexicon: Cues, found_before: list[Utterance]) -> Iterator[Utterance]:
    """A noun of speaking with its content as a clause: «die Behauptung der Rebellen, dass …», «der Ansicht sein, dass …»."""
    for noun in range(len(sentence)):
        if sentence.upos[noun] != "NOUN":
            continue
        stance = lexicon.noun(sentence.lemmas[noun])
        if stance is None:
            continue
        carrier = sentence.heads[noun] if sentence.relation(noun) in ("obj", "obl", "nsubj", "nmod") else -1
        for content in _contents_of_noun(sentence, noun, carrier, lexicon):
            taken = set(range(content[0], content[1] + 1))
            if any(_same(u, index, taken) for u in found_before):
                continue  # «sagte in der Erklärung, dass …»: the verb has it
            owner = _owner(sentence, noun)
            if owner is None and is_predicate(sentence, noun):
                found = speaker_of(sentence, noun, lexicon)
                owner = found[0] if found else None
            if owner is None and carrier >= 0 and is_verbal(sentence, carrier):
                found = speaker_of(sentence, carrier, lexicon)
                owner = found[0] if found and found[0] != noun else None
            around = clause_extent(sentence, carrier if carrier >= 0 else noun, taken)
            yield Utterance(
                type="Indirect",
                content=((index, *content),),
                stance=stance,
                speaker=(index, owner) if owner is not None else None,
                cue=((index, noun),),
                frame=tuple((index, a, b) for a, b in frame_extent(sentence, around, taken)),
                source=f"speech noun {sentence.lemmas[noun]}",
                silent=is_aside(sentence, content[0]),
            )


def _same(utterance: Utterance, index: int, words: set[int]) -> bool:
    """Whether an utterance says nearly the same words."""
    said = {w for s, a, b in utterance.content if s == index for w in range(a, b + 1)}
    return not utterance.silent and 5 * len(said & words) > 4 * len(said | words)


def _contents_of_noun(sentence: Sentence, noun: int, carrier: int, lexicon: Cues) -> Iterator[tuple[int, int]]:
    """The clauses and infinitives that say what a noun of speaking says, as word ranges."""
    owners = (None, *phrase_words("speakers"))
    inner = [w for w in sentence.dependents(noun, "nmod") if case_marker(sentence, w) in owners]
    last = noun_extent(sentence, noun)[1]
    below = [c for n in (noun, *inner) for c in sentence.dependents(n, "acl", "ccomp", "appos", "parataxis", "xcomp")]
    if carrier >= 0:
        # «hatten den Eindruck, dass …»: the clause right behind the noun may hang on the verb.
        below += [
            c
            for c in sentence.dependents(carrier, "ccomp", "advcl", "xcomp", "acl", "parataxis")
            if _follows(sentence, last, sentence.subtree(c)[0])
        ]
    found = False
    for clause in below:
        # A relative clause tells more about the noun; in Konjunktiv it is said like the rest.
        spoken = speech_like(sentence, clause)
        marked = is_content(sentence, clause, lexicon) or spoken or is_infinitive(sentence, clause)
        relative = not spoken and any(is_relative(sentence, c) for c in sentence.subtree(clause)[:4])
        if not is_predicate(sentence, clause) or not marked or relative:
            continue
        words = sentence.subtree(clause)
        content = trimmed_range(sentence, words[0], words[-1])
        if content is not None and content[0] > noun:
            found = True
            yield content
    if not found and last + 3 < len(sentence) and sentence.forms[last + 1] == ",":
        if sentence.forms[last + 2].casefold() in lexicon.conjunctions:
            end = next((w for w in range(last + 3, len(sentence)) if sentence.forms[w] == ","), len(sentence))
            content = trimmed_range(sentence, last + 2, end - 1)
            if content is not None:
                yield content


def _follows(sentence: Sentence, noun: int, clause: int) -> bool:
    """Whether a clause begins behind a noun with a comma and no more than the end of the verb between («… vertreten, dass»)."""
    between = range(noun + 1, clause)
    comma = any(sentence.forms[w] == "," for w in (*between, clause))
    return comma and all(sentence.upos[w] in ("PUNCT", "VERB", "AUX", "ADP") for w in between)


def _owner(sentence: Sentence, noun: int) -> int | None:
    """Whose words a noun of speaking carries: its genitive, possessive or agent."""
    return next(
        (
            s.word
            for s in slots(sentence, noun)
            if s.name in phrase_words("owner")
            and not s.shared
            and sentence.upos[s.word] in ("NOUN", "PROPN", "PRON", "DET")
        ),
        None,
    )
