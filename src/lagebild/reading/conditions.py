"""Which acts must happen first: conditional clauses, «bevor», and nouns of condition."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lagebild.language.document import Sentence
from lagebild.lexicon.frames import fold
from lagebild.reading.events import Act
from lagebild.reading.syntax import clause_head


@dataclass(frozen=True, slots=True)
class _Words:
    under: frozenset[str]
    over: frozenset[str]
    nouns: frozenset[str]


@cache
def _words(language: str) -> _Words:
    table = tomllib.loads(resources.files("lagebild.lexicon").joinpath("conditions.toml").read_text("utf-8"))

    def pick(kind: str, clause: str | None) -> frozenset[str]:
        return frozenset(
            fold(w) for e in table[kind] if e["language"] == language and e.get("clause") == clause for w in e["words"]
        )

    return _Words(pick("subjunction", "under"), pick("subjunction", "over"), pick("noun", None))


def conditions(sentence: Sentence, acts: list[Act], language: str) -> list[tuple[int, int, str]]:
    """Pairs (act, its condition, cue word), as positions in `acts`, all of one sentence."""
    words = _words(language)
    found: list[tuple[int, int, str]] = []
    if not words.under and not words.nouns:
        return found
    heads = [clause_head(sentence, act.word) for act in acts]
    for marker in range(len(sentence)):
        key = fold(sentence.forms[marker])
        if key in words.under or key in words.over:
            if sentence.relation(marker) not in ("mark", "advmod", "case"):
                continue
            inner = sentence.heads[marker]
            if inner < 0 or sentence.heads[inner] < 0:
                continue
            below = set(sentence.subtree(inner))
            outer = clause_head(sentence, sentence.heads[inner])
            inside = [i for i, act in enumerate(acts) if act.word in below]
            around = [i for i, head in enumerate(heads) if head == outer and i not in inside]
            first, then = (inside, around) if key in words.under else (around, inside)
            found += [(t, f, sentence.forms[marker]) for t in then[:1] for f in first[:1]]
    for noun in range(len(sentence)):
        if fold(sentence.lemmas[noun]) not in words.nouns:
            continue
        node = noun
        while sentence.heads[node] >= 0 and sentence.relation(node) in ("nmod", "conj", "obj", "obl"):
            node = sentence.heads[node]
        before = [i for i, act in enumerate(acts) if act.word < noun]
        after = [i for i, act in enumerate(acts) if act.word > noun]
        if before and after and not any(p[0] in after for p in found):
            found.append((after[0], before[0], sentence.forms[noun]))
    return list(dict.fromkeys(found))
