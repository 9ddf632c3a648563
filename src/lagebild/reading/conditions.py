"""Which acts must happen first: conditional clauses with a word of condition or a verb in front, «bevor», nouns of condition,
and what is asked in return in the next sentence.

All of it looks for two clauses, that of the condition and that of what depends on it; in each, the act that is the clause's
predicate counts, else the first one told in it. A condition of several clauses («falls … und …») has an act for each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lagebild.language.document import Sentence
from lagebild.lexicon.frames import fold
from lagebild.reading.events import Act
from lagebild.reading.syntax import case_marker, clause_head, is_predicate, is_relative

#: Sentences back in which stands what a price or an enumeration of conditions belongs to.
_BACK = 2
#: Relations of a clause to the noun of condition that it explains.
_BELOW = ("acl", "ccomp", "xcomp", "csubj", "advcl")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """The act at `then` has the act at `first` as its condition; both are (sentence, word).

    `clause`: a conditional clause says so, so that the act has not happened; a named condition may be told of what has
    («stimmte zu, stellte aber …»). `real`: the condition itself may have happened.
    """

    then: Place
    first: Place
    cue: str
    clause: bool = True
    real: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    under: frozenset[str]
    over: frozenset[str]
    time: frozenset[str]
    inverted: frozenset[str]
    nouns: frozenset[str]
    cases: frozenset[str]
    returns: frozenset[str]


@cache
def _words(language: str) -> _Words:
    table = tomllib.loads(resources.files("lagebild.lexicon").joinpath("conditions.toml").read_text("utf-8"))

    def pick(kind: str, clause: str | None = None) -> frozenset[str]:
        return frozenset(
            fold(w) for e in table[kind] if e["language"] == language and e.get("clause") == clause for w in e["words"]
        )

    time = frozenset(fold(w) for e in table["subjunction"] if e.get("time") for w in e["words"])
    return _Words(
        pick("subjunction", "under"), pick("subjunction", "over"), time, pick("inversion"), pick("noun"), pick("case"),
        pick("return"),
    )  # fmt: skip


def conditions(sentences: Sequence[Sentence], acts: Mapping[int, Sequence[Act]], language: str) -> list[Tie]:
    """The ties between the acts of a report. `acts`: those of each sentence that has any, in the order of the text."""
    words = _words(language)
    found: list[Tie] = []
    if not (words.under or words.nouns):
        return found
    for index, here in acts.items():
        one = _One(sentences[index], here, words)
        within = list(one.ties())
        found += within
        if not within:
            found += _across(sentences, acts, index, words)
    return list({(t.then, t.first): t for t in reversed(found)}.values())[::-1]


class _One:
    """One sentence with its acts."""

    def __init__(self, sentence: Sentence, acts: Sequence[Act], words: _Words) -> None:
        self.sentence = sentence
        self.index = acts[0].sentence
        self.acts = [act.word for act in acts]
        self.words = words

    def ties(self) -> Iterator[Tie]:
        sentence, words = self.sentence, self.words
        marked: list[Tie] = []
        for word, key in enumerate(sentence.form_keys):
            found = [*self._marked(word, key in words.under)] if key in words.under or key in words.over else []
            if not found and self._inverted(word):
                found = [*self._tied(self._clause(word), word, under=True)]
            marked += found
        yield from marked
        if marked:
            return
        for word, (key, lemma) in enumerate(zip(sentence.form_keys, sentence.lemma_keys, strict=True)):
            if lemma in words.nouns or key in words.nouns:
                yield from self._named(word)
            elif (lemma in words.cases or key in words.cases) and sentence.relation(word) in ("obl", "nmod", "advmod"):
                inside = [w for w in self.acts if w in set(sentence.subtree(word)) - {word}]
                then = self._governing(sentence.heads[word], set(sentence.subtree(word)))
                if inside and then is not None:
                    yield self._tie(then, inside[0], word)

    def _tie(self, then: int, first: int, cue: int, clause: bool = True) -> Tie:
        form = self.sentence.forms[cue]
        real = fold(form) in self.words.time or fold(form) in self.words.over
        return Tie((self.index, then), (self.index, first), form, clause, real)

    # Clauses

    def _marked(self, word: int, under: bool) -> Iterator[Tie]:
        sentence = self.sentence
        if sentence.relation(word) not in ("mark", "advmod", "case", "cc", "fixed") and sentence.upos[word] != "SCONJ":
            return
        inner = self._clause(word)
        if inner is not None and sentence.relation(inner) != "ccomp":  # «fragte, wenn …», "asked if" ask
            yield from self._tied(inner, word, under)

    def _clause(self, word: int) -> int | None:
        """The predicate of the clause that a word opens."""
        sentence = self.sentence
        node = sentence.heads[word] if not is_predicate(sentence, word) else word
        while node >= 0 and sentence.relation(node) in ("fixed", "aux", "cop"):
            node = sentence.heads[node]
        return node if node >= 0 else None

    def _inverted(self, word: int) -> bool:
        """Whether a finite verb opens a conditional clause: «Sollte Moskau abziehen, …»."""
        sentence, inverted = self.sentence, self.words.inverted
        if sentence.form_keys[word] not in inverted and "*" not in inverted:
            return False
        if sentence.upos[word] not in ("VERB", "AUX") or sentence.feats[word].get("VerbForm") != "Fin":
            return False
        before = sentence.forms[word - 1] if word else ""
        if before and (before.isalnum() and not before.isdigit()):
            return False
        clause = self._clause(word)
        if clause is None or sentence.relation(clause) != "advcl" or sentence.heads[clause] < clause:
            return False
        tree = [w for w in sentence.subtree(clause) if sentence.upos[w] != "PUNCT"]
        return min(tree) == word and not sentence.dependents(clause, "mark")

    def _tied(self, inner: int | None, cue: int, under: bool) -> Iterator[Tie]:
        sentence = self.sentence
        if inner is None or sentence.heads[inner] < 0:
            return
        below = set(sentence.subtree(inner))
        inside = self._acts_of_clauses(inner, below)
        outer = self._governing(sentence.heads[inner], below)
        if outer is None:
            return
        for act in inside:
            yield self._tie(outer, act, cue) if under else self._tie(act, outer, cue)
            if not under:
                return

    def _acts_of_clauses(self, inner: int, below: set[int]) -> list[int]:
        """An act for each of the coordinated clauses from `inner` on."""
        sentence = self.sentence
        clauses = [inner, *(c for c in sentence.dependents(inner, "conj") if is_predicate(sentence, c))]
        found: list[int] = []
        for clause in clauses:
            others = {w for c in clauses if c > clause for w in sentence.subtree(c)}
            own = [w for w in self.acts if w in set(sentence.subtree(clause)) - others]
            if clause in own:
                found.append(clause)
            elif own:
                near = [w for w in own if clause_head(sentence, w) == clause]
                found.append((near or own)[0])
        return [w for w in found if w in below]

    def _governing(self, head: int, below: set[int]) -> int | None:
        """The act of the clause that governs the condition, else the nearest act of the sentence outside of it."""
        sentence = self.sentence
        outside = [w for w in self.acts if w not in below]
        if not outside or head < 0:
            return None
        if head in outside:
            return head
        clause = clause_head(sentence, head)
        if clause in outside:
            return clause
        same = [w for w in outside if clause_head(sentence, w) == clause]
        edge = min(below)
        return min(same or outside, key=lambda w: (w > edge, abs(w - edge)))

    # Nouns

    def _named(self, noun: int) -> Iterator[Tie]:
        """«X ist Bedingung für Y», «unter der Bedingung, dass X», «stellte eine Bedingung: X»."""
        sentence = self.sentence
        colon = self.colon(noun)
        before = [w for w in self.acts if w < noun]
        if colon is not None:
            after = [w for w in self.acts if w > colon]
            if before and after:
                for act in self._heads(after):
                    yield self._tie(before[-1], act, noun, clause=False)
            return
        below = [w for w in self.acts if w in set(sentence.subtree(noun)) and w != noun]
        subjects = {w for s in sentence.dependents(noun, "nsubj", "csubj") for w in sentence.subtree(s)}
        clauses = {w for c in sentence.dependents(noun, *_BELOW) for w in sentence.subtree(c)}
        given = [w for w in below if w in subjects] or [w for w in before if w not in below]
        hanging = {w for c in sentence.dependents(noun, "acl") if self._depends(c) for w in sentence.subtree(c)}
        if hanging:  # «eine der Bedingungen, unter denen der Westen die Sanktionen aufheben will»
            then = self._heads([w for w in self.acts if w in hanging])
            if then and given:
                yield self._tie(then[0], given[0], noun)
            return
        asked = [w for w in below if w in clauses]
        if sentence.relation(noun) in ("obl", "nmod") and asked:
            outer = self._governing(sentence.heads[noun], set(sentence.subtree(noun)))
            if outer is not None:
                for act in self._heads(asked):
                    yield self._tie(outer, act, noun)
            return
        after = [w for w in self.acts if w > noun]
        if given and after:
            yield self._tie(after[0], given[0], noun)

    def _depends(self, clause: int) -> bool:
        """Whether a relative clause tells what depends on its noun: its pronoun stands behind a preposition."""
        sentence = self.sentence
        return any(
            is_relative(sentence, w) and case_marker(sentence, w) is not None for w in sentence.subtree(clause)[:4]
        )

    def colon(self, word: int) -> int | None:
        """The colon that follows a word."""
        return next((w for w in range(word + 1, len(self.sentence)) if self.sentence.forms[w] == ":"), None)

    def _heads(self, acts: Sequence[int]) -> list[int]:
        """Acts without those that stand below another one, unless joined to it by «und»."""
        return [w for w in acts if not any(o != w and _under(self.sentence, w, o) for o in acts)]

    def heads(self) -> list[int]:
        """Its acts without those that stand below another one."""
        return self._heads(self.acts)

    def after_colon(self) -> list[int]:
        colon = self.colon(-1)
        return self._heads([w for w in self.acts if colon is not None and w > colon])


# ------------------------------------------------------------------------------------------ across sentences


def _across(
    sentences: Sequence[Sentence], acts: Mapping[int, Sequence[Act]], index: int, words: _Words
) -> Iterator[Tie]:
    """«Die Bedingungen sind nicht erfüllt. Er nannte zwei: A und B.» «Im Gegenzug müsste Kiew zahlen.»"""
    sentence = sentences[index]
    one = _One(sentence, acts[index], words)
    earlier = [
        (i, word)
        for i in range(index - 1, index - 1 - _BACK, -1)
        if acts.get(i)
        for word in reversed(_One(sentences[i], acts[i], words).heads())
    ]
    listed = one.after_colon()
    noun = next((w for w in range(len(sentence)) if _is(sentence, w, words.nouns)), None)
    if noun is None and listed and index:
        before = sentences[index - 1]
        told = next((w for w in range(len(before)) if _is(before, w, words.nouns)), None)
        then = [place for place in earlier if told is not None and (place[0] < index - 1 or place[1] < told)]
        if told is not None and then:
            for word in listed:
                yield Tie(then[0], (index, word), before.forms[told], clause=False)
        return
    cue = next((w for w in range(min(4, len(sentence))) if _is(sentence, w, words.returns)), None)
    if cue is not None and earlier and one.acts:
        offers = [
            act.place
            for i in range(index - 1, index - 1 - _BACK, -1)
            for act in reversed(acts.get(i, ()))
            if _offers(act)
        ]
        yield Tie((offers or earlier)[0], (index, one.acts[0]), sentence.forms[cue], clause=False)


def _offers(act: Act) -> bool:
    """Whether an act may be what something is asked for in return: an offer or a proposal before talks and the like."""
    return act.type in ("AGREE", "CONCEDE", "REQUEST")


def _under(sentence: Sentence, word: int, other: int) -> bool:
    """Whether a word depends on another one, not only as its fellow."""
    node, joined = word, True
    while sentence.heads[node] >= 0:
        joined = joined and sentence.relation(node) == "conj"
        node = sentence.heads[node]
        if node == other:
            return not joined
    return False


def _is(sentence: Sentence, word: int, nouns: frozenset[str]) -> bool:
    return sentence.lemma_keys[word] in nouns or sentence.form_keys[word] in nouns
