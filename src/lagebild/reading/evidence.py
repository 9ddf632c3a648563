"""Which words are the evidence of an event: stretches that the tree offers, weighed by learned traits of their extent.

Annotators take the clause of a verb, with or without what hangs on it, and of an event noun now the clause, now its phrase;
which of them depends on what governs the word and on the other acts nearby.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lagebild.language.document import Sentence, asked_once
from lagebild.lexicon.cues import cues
from lagebild.lexicon.names import fold
from lagebild.reading.learned import extents
from lagebild.reading.syntax import clause_head, clause_words, is_verbal

Stretch = tuple[int, int]  # first and last word, inclusive

#: Clauses and coordinated phrases that a noun phrase is read without.
_BESIDE = frozenset({"acl", "advcl", "parataxis", "conj", "appos"})
#: Relations of words that begin a clause or another predicate.
_CLAUSES = frozenset({"acl", "advcl", "parataxis", "conj", "ccomp", "csubj", "xcomp", "appos"})
#: The class into which each length falls, in words, and that of all longer ones.
_LENGTHS = ("0", "1", *["2-3"] * 2, *["4-7"] * 4, *["8-15"] * 8)
_LONGER = "16+"


def evidence_words(sentence: Sentence, word: int, event_type: str, acts: Collection[int], language: str) -> Stretch:
    """First and last word of the evidence of the event at `word`; `acts` are the words of all events of the sentence."""
    names = _named(sentence, word, language)
    if len(names) == 1:
        return next(iter(names))
    best: tuple[float, Stretch] | None = None
    for stretch, traits in _weighed(sentence, word, event_type, acts, names):
        score = extents().scores(traits)["right"]
        if best is None or score > best[0]:
            best = (score, stretch)
    return best[1] if best is not None else clause_words(sentence, word)


def traits_of(
    sentence: Sentence, word: int, event_type: str, acts: Collection[int], language: str
) -> Iterator[tuple[Stretch, tuple[str, ...]]]:
    """The different stretches that may be meant, the clause first, with the traits of each."""
    return _weighed(sentence, word, event_type, acts, _named(sentence, word, language))


def _weighed(
    sentence: Sentence, word: int, event_type: str, acts: Collection[int], names: dict[Stretch, list[str]]
) -> Iterator[tuple[Stretch, tuple[str, ...]]]:
    head = clause_head(sentence, word)
    kind = "V" if is_verbal(sentence, word) else "N"
    clause = clause_words(sentence, word)
    around = (
        f"rel={sentence.relations[word]}",
        f"clause={sentence.upos[head]}",
        f"clause rel={sentence.relations[head]}",
        f"clause act={'self' if head == word else head in acts}",
        f"up={'self' if head == word else 'child' if sentence.heads[word] == head else 'deep'}",
    )
    for (first, last), kinds in names.items():
        length = last - first + 1
        size = _against(length, clause[1] - clause[0] + 1)
        inside = min(sum(first <= act <= last for act in acts if act != word), 3)
        traits = [f"{kind} {size} {a}" for a in around]
        for name in dict.fromkeys((*kinds, "+".join(sorted(kinds)))):
            traits += [f"{kind} {name}", f"{kind} {name} length={_bucket(length)}", f"{kind} {name} acts={inside}"]
            traits += [f"{kind} {name} {event_type}", *(f"{kind} {name} {a}" for a in around)]
        traits += _edges(sentence, first, last, word)
        traits += [f"{kind} {t}" for t in _parts(sentence, first, last, word)]
        traits += [f"{kind} {t}" for t in _changes(sentence, (first, last), clause, head, acts)]
        traits += [
            f"{kind} length={_bucket(length)}",
            f"{kind} acts={inside}",
            f"{kind} {size} {event_type}",
            f"share={round(4 * length / len(sentence))}",
        ]
        yield (first, last), tuple(dict.fromkeys(traits))


def _named(sentence: Sentence, word: int, language: str) -> dict[Stretch, list[str]]:
    """The different stretches that hold the word, with what each of them is."""
    names: dict[Stretch, list[str]] = {}
    for name, stretch in _candidates(sentence, word, language):
        if stretch[0] <= word <= stretch[1]:
            names.setdefault(stretch, []).append(name)
    return names


def _edges(sentence: Sentence, first: int, last: int, word: int) -> Iterator[str]:
    """What stands at the ends of a stretch and next to it, and how far they are from the word."""
    yield f"first={sentence.upos[first]} {sentence.relations[first]}"
    yield f"last={sentence.upos[last]}"
    yield f"before={_outside(sentence, first - 1)}"
    yield f"after={_outside(sentence, last + 1)}"
    yield f"reach={_bucket(word - first)}"
    yield f"rest={_bucket(last - word)}"
    inner = zip(sentence.relations[word + 1 : last + 1], sentence.heads[word + 1 : last + 1], strict=True)
    yield f"relative={any(relation == 'acl' and head >= first for relation, head in inner)}"


def _parts(sentence: Sentence, first: int, last: int, word: int) -> Iterator[str]:
    """Whether a stretch holds a finite verb and a subject, and how many verbs beside the word."""
    inner = slice(first, last + 1)
    yield f"finite={any(sentence.finite[inner])}"
    yield f"subject={'nsubj' in sentence.relations[inner]}"
    yield f"verbs={min(sentence.upos[inner].count('VERB') - (sentence.upos[word] == 'VERB'), 3)}"


def _changes(sentence: Sentence, stretch: Stretch, clause: Stretch, head: int, acts: Collection[int]) -> Iterator[str]:
    """What a stretch has beyond the clause or lacks of it: clauses with their mark, parts of the predicate."""
    for word in range(stretch[0], stretch[1] + 1):
        relation = sentence.relations[word]
        if relation in _CLAUSES and not clause[0] <= word <= clause[1]:
            mark = next((sentence.lemmas[m] for m in sentence.dependents(word, "mark")), "none")
            act = " act" if word in acts else ""
            yield f"adds {relation}{act}"
            yield f"adds {relation} {mark}"
    if not stretch[0] <= head <= stretch[1]:
        yield "lacks predicate"
    for child in sentence.children[head]:
        if clause[0] <= child <= clause[1] and not stretch[0] <= child <= stretch[1]:
            yield f"lacks {sentence.relations[child]}"


def _outside(sentence: Sentence, word: int) -> str:
    if not 0 <= word < len(sentence):
        return "edge"
    return sentence.forms[word] if sentence.upos[word] == "PUNCT" else sentence.upos[word]


def _candidates(sentence: Sentence, word: int, language: str) -> Iterator[tuple[str, Stretch]]:
    """Stretches by name; some may not hold the word."""
    clause, head = clause_words(sentence, word), clause_head(sentence, word)
    yield "clause", clause
    under = _told(sentence, word)
    yield "under", _around(sentence, under, word)
    for child in sentence.children[word]:
        if sentence.relations[child] in _BESIDE:
            under -= set(sentence.subtree(child))
    phrase = _around(sentence, under, word)
    yield "phrase", phrase
    full = _around(sentence, _told(sentence, head), word)
    yield "full", full
    yield "to clause end", (phrase[0], clause[1])
    yield "from clause start", (clause[0], phrase[1])
    yield "to full end", (clause[0], full[1])
    yield "from full start", (full[0], clause[1])
    if sentence.heads[word] >= 0 and fold(sentence.lemmas[sentence.heads[word]]) not in cues(language).verbs:
        yield "governor", _around(sentence, _told(sentence, sentence.heads[word]), word)
    if sentence.heads[head] >= 0:
        above = clause_head(sentence, sentence.heads[head])
        if fold(sentence.lemmas[above]) in cues(language).verbs:
            return  # «…, sagte er»: who says it is told apart from what is said
        yield "above", _around(sentence, _told(sentence, above), word)
        if sentence.relations[head] == "acl":
            return  # a relative clause is told by itself or with all that is above it
        upper = clause_words(sentence, above)
        yield "with clause above", (min(upper[0], clause[0]), max(upper[1], clause[1]))
        yield "with full clause above", (min(upper[0], full[0]), max(upper[1], full[1]))


@asked_once
def _told(sentence: Sentence, head: int) -> frozenset[int]:
    """What hangs on a word, without clauses put beside it («…, sagte er»; «…; sie habe …»)."""
    words = set(sentence.subtree(head))
    for word in tuple(words):
        if word != head and sentence.relations[word] == "parataxis":
            words -= set(sentence.subtree(word))
    return frozenset(words)


def _around(sentence: Sentence, keep: frozenset[int], word: int) -> Stretch:
    """The unbroken run of kept words around a word; punctuation does not break it and does not stand at its ends."""
    first = last = word
    end = len(sentence) - 1
    while first > 0 and (first - 1 in keep or (sentence.upos[first - 1] == "PUNCT" and first - 2 in keep)):
        first -= 1
    while last < end and (last + 1 in keep or (sentence.upos[last + 1] == "PUNCT" and last + 2 in keep)):
        last += 1
    while first < word and sentence.upos[first] in ("PUNCT", "CCONJ"):
        first += 1
    while last > word and sentence.upos[last] == "PUNCT":
        last -= 1
    return first, last


def _bucket(length: int) -> str:
    return _LENGTHS[length] if length < len(_LENGTHS) else _LONGER


def _against(length: int, clause: int) -> str:
    return "shorter" if length < clause else "as clause" if length == clause else "longer"
