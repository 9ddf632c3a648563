"""What a word may be looked up as in the lexicon, and what fills the slots that the needs of its frames ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lagebild.language.document import Sentence, asked_once
from lagebild.lexicon.frames import fold
from lagebild.lexicon.roleslots import denying_words, role_words
from lagebild.reading.pronouns import nouns_meant
from lagebild.reading.syntax import is_verbal, slots

#: The slot of needs that a clause about the past fills.
PAST = "past"


@asked_once
def verb_lemmas(sentence: Sentence, word: int) -> tuple[str, ...]:
    """The lemma joined with a separated prefix or particle, German and English fashion, then the bare lemma."""
    return (*_with_particles(sentence, word), sentence.lemmas[word])


def _with_particles(sentence: Sentence, word: int) -> Iterator[str]:
    lemma = sentence.lemmas[word]
    for child in sentence.children[word]:
        if sentence.deprels[child] == "compound:prt" or (
            sentence.upos[child] in ("ADP", "ADV", "ADJ", "PART", "NOUN")
            and sentence.relations[child] in ("compound", "advmod", "mark", "xcomp", "obl")
            and child > word
            and not sentence.dependents(child, "det", "case", "amod")
        ):
            particle = sentence.lemmas[child].casefold()
            yield particle + lemma
            yield f"{lemma} {particle}"
        elif child > word and sentence.relations[child] in ("obl", "obj", "xcomp", "advcl"):
            # «called on the rebels»: the preposition of an object belongs to the verb as well.
            for marker in sentence.dependents(child, "case"):
                if marker == word + 1:
                    yield f"{lemma} {sentence.lemmas[marker].casefold()}"


def joined_lemmas(sentence: Sentence, word: int) -> Iterator[str]:
    """The lemma joined with the word that a hyphen or a noun compound puts before it («stand-off», «car bomb»)."""
    lemma = sentence.lemmas[word]
    tokens = sentence.tokens
    if word > 1 and sentence.forms[word - 1] == "-" and tokens[word - 2].end == tokens[word - 1].start:
        if tokens[word - 1].end == tokens[word].start:
            yield f"{sentence.forms[word - 2]}-{lemma}"
    elif word > 0 and sentence.heads[word - 1] == word and sentence.relation(word - 1) in ("compound", "amod"):
        yield f"{sentence.lemmas[word - 1]} {lemma}"


def fillers(
    sentence: Sentence, word: int, measures: frozenset[str], before: Sentence | None = None
) -> dict[str, list[tuple[str, int]]]:
    """What fills each slot of a word, and the slots that only needs know (README.md: verb, of, adv): folded lemmas, places.

    Of words of measure («part of the aid») also what they measure; of the pronoun of an object what it may stand for.
    """
    filled: dict[str, list[tuple[str, int]]] = {}

    def add(name: str, other: int) -> None:
        here = filled.setdefault(name, [])
        here.append((sentence.lemma_keys[other], other))
        if sentence.upos[other] in ("ADJ", "VERB"):  # the lemma of «erfreut» is «erfreuen»
            here.append((sentence.form_keys[other], other))

    for slot in slots(sentence, word):
        add(slot.name, slot.word)
        if sentence.lemma_keys[slot.word] in measures:
            for measured in sentence.dependents(slot.word, "nmod"):
                add(slot.name, measured)
        if slot.name == "obj" and before is not None:
            filled[slot.name] += ((fold(lemma), slot.word) for lemma in nouns_meant(sentence, slot.word, before))
        if slot.name == "obj" and sentence.feats[slot.word].get("Case") == "Dat":
            add("iobj", slot.word)
    # «nannte den Plan einen Fehler»: the second accusative is a predicate to the parser.
    for child in sentence.dependents(word, "xcomp"):
        if sentence.upos[child] in ("NOUN", "PROPN") and not sentence.dependents(child, "case"):
            add("obj", child)
    # Without an accusative in the tree, a bare case phrase is most often one that was misread.
    if "obj" not in filled and "iobj" in filled:
        filled["obj"] = filled["iobj"]
    for child in sentence.children[word]:
        _add_marked(sentence, child, add)
    for child in sentence.dependents(word, "aux", "cop"):
        add("verb", child)
    for child in sentence.dependents(word, "ccomp"):
        if happened(sentence, child):
            add(PAST, child)
    if not is_verbal(sentence, word):
        for marker in sentence.dependents(word, "case"):
            add("case", marker)
        if sentence.dependents(word, "cop"):
            for subject in sentence.dependents(word, "nsubj"):
                add("nsubj", subject)
    if any(_denies(sentence, child) for child in _near(sentence, word)):
        filled.setdefault("adv", []).append((denying_words()[0], word))
    head = sentence.heads[word]
    if head >= 0 and is_verbal(sentence, head):
        if not is_verbal(sentence, word) or sentence.relations[word] in ("xcomp", "ccomp"):
            filled.setdefault("verb", []).extend((fold(lemma), head) for lemma in verb_lemmas(sentence, head))
    elif head >= 0 and not is_verbal(sentence, word):
        add("of", head)
    return filled


def happened(sentence: Sentence, clause: int) -> bool:
    """Whether a clause tells of what is past: “insisted that it was no coup” claims, and demands nothing."""
    words = (clause, *sentence.dependents(clause, "aux", "cop"))
    return any(
        sentence.feats[w].get("VerbForm") == "Fin"
        and sentence.feats[w].get("Tense") == "Past"
        and sentence.feats[w].get("Mood", "Ind") == "Ind"
        for w in words
    )


def bare_objects(sentence: Sentence, word: int) -> list[tuple[str, int]]:
    """«beefs up its garrison»: behind a particle the tree may call an object oblique or predicative."""
    return [
        (sentence.lemma_keys[child], child)
        for child in sentence.children[word]
        if child > word
        and sentence.upos[child] in ("NOUN", "PROPN")
        and sentence.relations[child] in ("obl", "xcomp")
        and sentence.dependents(child, "det", "nmod", "nummod", "amod")
        and not sentence.dependents(child, "case")
    ]


def _near(sentence: Sentence, word: int) -> Iterator[int]:
    for child in sentence.children[word]:
        yield child
        yield from sentence.dependents(child, "det")


def _denies(sentence: Sentence, word: int) -> bool:
    return sentence.lemmas[word].casefold() in denying_words()


def _add_marked(sentence: Sentence, child: int, add: Callable[[str, int], None]) -> None:
    """Adverbs, and words behind a preposition or «als» whatever their relation («in Frage stellen», «für falsch halten»)."""
    relation, marked = sentence.relations[child], False
    for marker in sentence.dependents(child, "case", "cc", "mark"):
        if sentence.upos[marker] in ("ADP", "CCONJ", "SCONJ") and marker < child:
            if sentence.relations[marker] != "cc" or sentence.lemmas[marker] in role_words():
                marked = True
                for other in (child, *sentence.dependents(child, "conj", "amod")):
                    add(sentence.lemmas[marker].casefold(), other)
    if relation in ("advmod", "xcomp") and not marked:
        add("adv", child)
    elif relation in ("obj", "nsubj", "iobj", "obl"):
        for other in sentence.children[child]:
            # «den Vertrag als Erfolg loben»: what follows «als» hangs on the noun or on the verb.
            if any(sentence.lemmas[m] in role_words() for m in sentence.dependents(other, "case", "cc", "mark")):
                add(role_words()[0], other)
