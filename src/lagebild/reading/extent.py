"""How far the parts of a quotation reach in their sentence: the content, the frame around it, the name of its speaker."""

from __future__ import annotations

from lagebild.language.document import Sentence
from lagebild.reading.syntax import is_verbal

Range = tuple[int, int]  # first and last word, inclusive

_EDGE_BEFORE = frozenset({",", ":", ";", "–", "-", "."})
_EDGE_AFTER = _EDGE_BEFORE | {"!", "?"}
_FINAL = frozenset({".", "!", "?", "…"})
_OPENING = frozenset("„«»“\"'‚‹([")
_CLOSING = frozenset("“”«»\"'‘’›)]")
#: What does not belong to the name of a speaker when it hangs on its head word.
_OUTSIDE = frozenset(
    {"punct", "case", "cop", "mark", "aux", "cc", "advcl", "parataxis", "ccomp", "xcomp", "csubj", "expl", "discourse",
     "nsubj", "obl", "obj", "iobj", "dislocated", "vocative", "orphan"}
)  # fmt: skip


def trimmed_range(sentence: Sentence, first: int, last: int) -> Range | None:
    """A stretch of words without the punctuation at its edges; None if nothing is left."""
    while first <= last and sentence.forms[first] in _EDGE_BEFORE:
        first += 1
    while last >= first and sentence.forms[last] in _EDGE_AFTER:
        last -= 1
    return (first, last) if first <= last else None


def remaining(sentence: Sentence, taken: set[int]) -> list[Range]:
    """The stretches of a sentence outside `taken`, trimmed of punctuation."""
    return stretches(sentence, set(range(len(sentence))) - taken)


def stretches(sentence: Sentence, words: set[int]) -> list[Range]:
    """The contiguous stretches of a set of words; gaps of nothing but punctuation do not part them."""
    result: list[Range] = []
    for word in sorted(words):
        if result and all(sentence.upos[w] == "PUNCT" for w in range(result[-1][1] + 1, word)):
            result[-1] = (result[-1][0], word)
        else:
            result.append((word, word))
    trimmed = (trimmed_range(sentence, a, b) for a, b in result)
    return [t for t in trimmed if t and any(sentence.upos[w] != "PUNCT" for w in range(t[0], t[1] + 1))]


def clause_extent(sentence: Sentence, verb: int, without: set[int]) -> set[int]:
    """The words under a verb but for those in `without` and the clauses coordinated with it."""
    words = set(sentence.subtree(verb))
    for child in sentence.dependents(verb, "conj"):
        if is_verbal(sentence, child) or sentence.dependents(child, "cop", "nsubj"):
            words -= set(sentence.subtree(child))
    return words - without | {verb}


def frame_extent(sentence: Sentence, words: set[int], content: set[int]) -> list[Range]:
    """The stretches of frame words around a content; commas and colons between the two belong to the frame."""
    if not words:
        return []
    low, high = min(words | content), max(words | content)
    runs: list[list[int]] = [[]]
    for word in range(low, high + 1):
        if word not in content and (word in words or sentence.upos[word] == "PUNCT"):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    result = []
    for run in runs:
        if not any(sentence.upos[w] != "PUNCT" for w in run):
            continue
        first, last = run[0], run[-1]
        while sentence.upos[first] == "PUNCT" and first - 1 not in content and sentence.forms[first] not in _OPENING:
            first += 1
        while (
            sentence.upos[last] == "PUNCT"
            and (last + 1 not in content or sentence.forms[last] in _FINAL)
            and sentence.forms[last] not in _CLOSING
        ):
            last -= 1
        result.append((first, last))
    return result


def noun_extent(sentence: Sentence, word: int) -> Range:
    """The noun phrase of a speaker with its appositions and coordinated nouns, without preposition and relative clause."""
    keep, stack = {word}, [word]
    while stack:
        node = stack.pop()
        for child in sentence.children[node]:
            relation = sentence.relation(child)
            if relation == "acl" and child > node:
                continue
            if relation in ("cc", "case") and node != word:
                keep.add(child)
                continue
            if relation in _OUTSIDE or (relation == "advmod" and node == word):
                continue
            if relation == "conj" and is_verbal(sentence, child):
                continue
            keep.add(child)
            stack.append(child)
    first = last = word
    while (before := _next(sentence, first, keep, -1)) is not None:
        first = before
    while (after := _next(sentence, last, keep, 1)) is not None:
        last = after
    while first < word and (sentence.upos[first] in ("PUNCT", "CCONJ")):
        first += 1
    # «das Bau- und Verkehrsministerium»: the parser may leave the first part outside.
    if first > 1 and sentence.upos[first - 1] == "CCONJ" and sentence.forms[first - 2].endswith("-"):
        first -= 2
        while first > 0 and sentence.upos[first - 1] in ("DET", "ADJ"):
            first -= 1
    # A name right behind its title belongs to it, wherever the parser hung it («Minister Meier»).
    follows = next((e for e in sentence.entities if e.first == last + 1 and e.label == "PER"), None)
    if follows is not None and last == word and sentence.upos[word] == "NOUN":
        last = follows.last
    title = first - 1
    if (
        first == word > 0
        and sentence.upos[word] == "PROPN"
        and sentence.upos[title] == "NOUN"
        and sentence.heads[title] == sentence.heads[word]
        and sentence.relation(title) == sentence.relation(word)
    ):
        # … and a title before its name («die Plattenfirma Beispiel» as two subjects).
        first = title
        while first > 0 and sentence.upos[first - 1] in ("DET", "ADJ"):
            first -= 1
    if last + 1 < len(sentence) and sentence.forms[last + 1] in (")", "]") and "(" in sentence.forms[first : last + 1]:
        last += 1
    quoted = first > 0 and last + 1 < len(sentence)
    if quoted and sentence.forms[first - 1] in _OPENING and sentence.forms[last + 1] in _CLOSING:
        first, last = first - 1, last + 1
    return first, last


def _next(sentence: Sentence, edge: int, keep: set[int], step: int) -> int | None:
    """The next kept word beyond an edge, over at most two punctuation marks."""
    for distance in (1, 2, 3):
        word = edge + step * distance
        if not 0 <= word < len(sentence):
            return None
        if word in keep:
            return word
        if sentence.upos[word] != "PUNCT":
            return None
    return None
