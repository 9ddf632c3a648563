"""A parsed report: sentences in CoNLL-U columns with character offsets and named entities, and the analyser's protocol."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Protocol, TypeVar

from lagebild.lexicon.frames import fold
from lagebild.model import Span

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Token:
    """A token of raw text: [start, end) offsets; `space_after` tells whether white space follows it."""

    start: int
    end: int
    space_after: bool = True


def asked_once(function: Callable[[Sentence, int], _T]) -> Callable[[Sentence, int], _T]:
    """Keeps with the sentence what a pure function of one of its words has found: rules ask the same of a word many times."""

    @wraps(function)
    def asked(sentence: Sentence, word: int) -> _T:
        known = sentence.kept[function]
        if word not in known:
            known[word] = function(sentence, word)
        return known[word]  # type: ignore[no-any-return]

    return asked


@dataclass(frozen=True, slots=True)
class Entity:
    """A name: words [first, last] (inclusive indices within the sentence), `label` PER, ORG, LOC or OTH."""

    first: int
    last: int
    label: str


@dataclass(frozen=True)
class Sentence:
    """One sentence; every tuple has one item a word. `heads` are word indices, -1 for the root.

    `feats` are mappings such as {"Mood": "Sub"}; `deprels` are Universal Dependencies relations, with subtypes
    where the analyser gives them. `scores` is whatever the learned heads left for the reading (None without them).
    """

    text: str
    tokens: tuple[Token, ...]
    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    feats: tuple[dict[str, str], ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    entities: tuple[Entity, ...] = ()
    index: int = 0
    scores: Any = field(default=None, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.forms)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word the indices of its dependents, in text order."""
        found: list[list[int]] = [[] for _ in self.forms]
        for word, head in enumerate(self.heads):
            if head >= 0:
                found[head].append(word)
        return tuple(tuple(words) for words in found)

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """The universal relation of each word, without its subtype."""
        return tuple(relation.partition(":")[0] for relation in self.deprels)

    @cached_property
    def form_keys(self) -> tuple[str, ...]:
        """The forms as the lexicon's frames, cues and markers spell them: case and ss/ß folded."""
        return tuple(map(fold, self.forms))

    @cached_property
    def lemma_keys(self) -> tuple[str, ...]:
        """The lemmas as the lexicon's frames, cues and markers spell them: case and ss/ß folded."""
        return tuple(map(fold, self.lemmas))

    @cached_property
    def finite(self) -> tuple[bool, ...]:
        """Which words are finite verbs."""
        return tuple(feats.get("VerbForm") == "Fin" for feats in self.feats)

    @cached_property
    def kept(self) -> dict[Any, dict[int, Any]]:
        """What functions of one word have found out about this sentence (see `asked_once`)."""
        return defaultdict(dict)

    @cached_property
    def root(self) -> int:
        return next((i for i, head in enumerate(self.heads) if head < 0), 0)

    def relation(self, word: int) -> str:
        """The universal relation of a word, without its subtype."""
        return self.relations[word]

    def dependents(self, word: int, *relations: str) -> list[int]:
        """Dependents whose relation (with or without subtype) is one of `relations`; all if none is named."""
        children = self.children[word]
        if not children or not relations:
            return list(children)
        plain, full = self.relations, self.deprels
        return [c for c in children if plain[c] in relations or full[c] in relations]

    @asked_once
    def subtree(self, word: int) -> tuple[int, ...]:
        """The word and all below it, in text order."""
        found, stack = {word}, [word]
        while stack:
            for child in self.children[stack.pop()]:
                if child not in found:
                    found.add(child)
                    stack.append(child)
        return tuple(sorted(found))

    @asked_once
    def ancestors(self, word: int) -> tuple[int, ...]:
        """The word's head, its head's head and so on up to the root."""
        found, node = [word], self.heads[word]
        while node >= 0 and node not in found:
            found.append(node)
            node = self.heads[node]
        return tuple(found[1:])

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    def span(self, first: int, last: int) -> Span:
        """The character span of words first to last (inclusive)."""
        return self.tokens[first].start, self.tokens[last].end


@dataclass(frozen=True)
class Document:
    """A report's text as analysed. Offsets of all tokens point into `text`."""

    text: str
    language: str
    sentences: tuple[Sentence, ...]


class Analyser(Protocol):
    """Anything that turns text into Universal Dependencies sentences."""

    name: str

    def analyse(self, text: str, language: str, breaks: Sequence[int] = ()) -> Document:
        """Parse `text`; no sentence crosses an offset in `breaks` (zone limits)."""
        ...
