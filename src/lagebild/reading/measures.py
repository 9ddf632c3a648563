"""What a number measures: by the noun that it counts, by the verb above it, by the words around."""

from __future__ import annotations

from functools import lru_cache

from lagebild.language.document import Sentence
from lagebild.lexicon.countries import demonym
from lagebild.lexicon.generics import generics
from lagebild.lexicon.parties import parties
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import MEASURES
from lagebild.reading.quantities import Number, Words, precision_before, words
from lagebild.reading.syntax import clause_head

PEOPLE_MEASURES = {"killed", "wounded", "missing", "captured", "displaced", "protesters", "affected"}
#: What happens to a part of those that are counted, never to the whole («sieben der zwölf Soldaten starben»).
HURT = frozenset({"killed", "wounded", "missing"})
#: Nouns of these measures keep it whatever the clause says.
_FIXED = {"share", "money", "distance", "killed", "wounded", "missing", "weapons", "vehicles", "attacks"}
#: What things are counted by; nothing happens to them that happens to people.
_THINGS = frozenset({"share", "money", "distance", "weapons", "vehicles", "attacks"})
#: What happens to people: the verb above the counted noun decides, whatever the noun.
_FATES = frozenset({"killed", "wounded", "missing", "captured", "displaced"})
#: Kinds of party nouns that name people who can be counted one by one.
_PEOPLE = frozenset({"population", "group", "military"})
#: Measures of people to whom anything may have happened.
LIVING = frozenset({"troops", "fighters", "protesters", "affected"})
#: Measures that a sentence must have a word for before the head may give them to a counted noun; units of length are known.
_CUED = _FATES | {"troops", "fighters"}
_LENGTHS = frozenset({"distance"})
_ALL = frozenset(MEASURES)


def fate_of(s: Sentence, word: int, w: Words, language: str) -> tuple[str, str] | None:
    """What the verb says that the counted noun is subject or object of: the measure and the verb; None if nothing."""
    node = word
    while s.relation(node) == "conj" and s.heads[node] >= 0 and s.upos[s.heads[node]] in ("NOUN", "PROPN", "NUM"):
        node = s.heads[node]
    if s.upos[node] == "NUM" and s.deprels[node] == "nummod":
        node = s.heads[node]  # «zwei weitere», "two injured"
    if s.upos[node] == "VERB" and s.heads[node] >= 0:
        verb, relation = node, "obj"
    else:
        verb, relation = s.heads[node], s.deprels[node]
    if verb < 0 or s.upos[verb] not in ("VERB", "ADJ") or relation.partition(":")[0] not in ("nsubj", "obj"):
        return None
    if any(other > node for other in s.dependents(verb, "nsubj") if other != node and node < s.heads[verb] < other):
        return None  # the subject of the verb before, hung on the second: «vier wurden verletzt und zwölf festgenommen»
    people = s.forms[word] not in w.things and is_person(s.forms[word], w, language)
    if relation == "obj" and s.lemmas[verb] in w.keepers and people:
        return "captured", s.forms[verb]  # «still hold 140 diplomats»
    doer = relation == "nsubj" and bool(s.dependents(verb, "obj"))
    for pattern, measure in w.predicate:
        if measure in _FATES and pattern.fullmatch(s.forms[verb]):
            # Those who kill are not the killed; those who have fled their homes are the displaced.
            return "fighters" if doer and measure != "displaced" else measure, s.forms[verb]
    return None


def fate_before(s: Sentence, number: Number, w: Words) -> tuple[str, str] | None:
    """What the verb right before a number says, where another is coordinated with it: «killed two and wounded 30 others»."""
    said = precision_before(s, number.first, w)
    verb = (said[1] if said else number.first) - 1
    if verb < 1 or s.upos[verb] != "VERB" or s.forms[verb - 1] not in phrase_words("joining"):
        return None
    if s.feats[verb].get("VerbForm") == "Part" and s.dependents(verb, "aux"):
        return None
    form = s.forms[verb]
    return next(((m, form) for p, m in w.predicate if m in _FATES and p.fullmatch(form)), None)


def part_of(s: Sentence, number: Number, w: Words) -> str | None:
    """What happened to those that a number is part of: «unter den Toten sollen neun Zivilisten und drei Kämpfer sein»."""
    for i in range(number.first - 2):
        if s.forms[i].casefold() not in w.among or s.upos[i + 1] != "DET":
            continue
        noun = s.forms[i + 2]
        for pattern, measure in (*w.counted, *w.predicate):
            if measure in _FATES and pattern.fullmatch(noun):
                return measure
    return None


def is_person(noun: str, w: Words, language: str) -> bool:
    """Whether a noun names people: by the lexicon, or as those of a country («814 000 Ukrainer»)."""
    if noun in w.person or not noun:
        return bool(noun)
    generic = generics(language).find(noun)
    return (generic is not None and generic.kind in _PEOPLE) or demonym(noun, language) is not None


def measure_of(
    s: Sentence,
    number: Number,
    head: tuple[int, int] | None,
    clause: tuple[int, int],
    text: str,
    w: Words,
    fate: tuple[str, str] | None,
    language: str,
) -> tuple[str | None, str]:
    """The measure and what gave it; None as the measure if this counts nothing of interest."""
    noun = s.forms[head[1]] if head else ""
    by_noun = _by_noun(noun, language) if noun else None
    if by_noun == "":
        return None, noun
    if by_noun is None and head and noun in w.members:
        named = parties().match(s.forms[head[0] : head[1]], language, None)
        by_noun = "fighters" if any(m.entry.kind == "group" for m in named) else None  # «hundreds of al-Qaeda members»
    if number.kind == "fraction":
        return "share", s.forms[number.last]
    if number.last + 2 < len(s.forms) and s.forms[number.last + 1] == "-" and s.forms[number.last + 2] in w.strong:
        body = generics(language).find(noun) if noun else None
        return "troops" if body is not None and body.kind == "military" else "fighters", noun  # «a 5,000-strong force»
    if by_noun in _FIXED:
        return by_noun, noun
    if fate is not None:
        return fate
    span = s.tokens[clause[0]].start, s.tokens[clause[1]].end
    here = text[span[0] : span[1]]
    best: tuple[int, str, str] | None = None
    middle = s.tokens[number.first].start - span[0]
    own = clause_head(s, head[1] if head else number.last)
    for pattern, measure in w.predicate:
        for match in pattern.finditer(here):
            if _told_below(s, own, span[0] + match.start()):
                continue
            distance = abs(match.start() - middle)
            if best is None or distance < best[0]:
                best = distance, measure, match.group()
    if best and (
        (by_noun in ("troops", "fighters", "protesters", "captured", "displaced") and best[1] != "displaced")
        or (not by_noun and is_person(noun, w, language))
        or not noun
        or (s.upos[head[1] if head else 0] == "X" and best[0] < 60)
    ):
        if best[1] != "protesters" or is_person(noun, w, language) or not noun or by_noun:
            if not (by_noun and best[1] in ("protesters", "affected")):
                return best[1], best[2]
    if by_noun:
        return by_noun, noun
    return "other", noun


@lru_cache(maxsize=20_000)
def _by_noun(noun: str, language: str) -> str | None:
    """The measure of what a noun names, "" for what is of no interest, None if the noun does not tell."""
    return next((measure for pattern, measure in words(language).counted if pattern.fullmatch(noun)), None)


def _told_below(s: Sentence, own: int, at: int) -> bool:
    """Whether a word stands in a clause below that of the number which tells of others: «one officer said that ten had died»."""
    word = next((i for i, token in enumerate(s.tokens) if token.start <= at < token.end), own)
    clause = clause_head(s, word)
    return (
        clause != own
        and s.relation(clause) == "ccomp"
        and bool(s.dependents(clause, "nsubj"))
        and own in s.ancestors(clause)
    )


def fitting(s: Sentence, noun: str, measure: str, w: Words, language: str) -> frozenset[str]:
    """Measures that the head alone may give to what is counted: things are not hurt, people no sum, and who is
    killed, missing or driven out is so by a word of the sentence."""
    if noun in w.things:
        return _ALL - PEOPLE_MEASURES - _LENGTHS - {"money", "share"}
    if measure in _THINGS:
        return _ALL - PEOPLE_MEASURES - _LENGTHS - {"money"}
    if not noun:
        return _ALL
    here = " ".join(s.forms)
    told = {measure} | {m for p, m in (*w.predicate, *w.within) if m in _CUED and p.search(here)}
    return _ALL - (_CUED - told) - (_THINGS if is_person(noun, w, language) else _LENGTHS)
