"""What a verbal act is about: traits of its words, of the acts beside it and of the whole report, weighed by a learned table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.issues import issue_of_act, issues
from lagebild.reading.events import Act
from lagebild.reading.learned import fields
from lagebild.reading.syntax import clause_words

#: How many words of an issue the act that a verbal act is about weighs; words that can name an issue.
CONTENT = 2.0
_NAMING = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
#: How many issues of a report's words are traits of all its acts.
MAIN = 3
_NONE = "none"


class Topics:
    """The words of issues of one report, counted once."""

    def __init__(self, document: Document) -> None:
        self.language = document.language
        self._named = [self._issues(s) for s in document.sentences]
        counts = Counter(i for named in self._named for i in named.values())
        self._main = [issue for issue, _ in counts.most_common(MAIN)]

    def _issues(self, sentence: Sentence) -> dict[int, str]:
        found = issues(self.language).find
        return {
            word: issue
            for word in range(len(sentence))
            if sentence.upos[word] in _NAMING and (issue := found(sentence.lemmas[word])) is not None
        }

    def issue(self, index: int, sentence: Sentence, act: Act, acts: Sequence[Act]) -> str | None:
        """The issue of a verbal act among the `acts` of its sentence, or None."""
        if act.frame is not None and act.frame.issue:
            return act.frame.issue
        scores = fields("issue").scores(self.traits(index, sentence, act, acts))
        best = max(scores, key=lambda issue: scores[issue])
        return None if best == _NONE else best

    def traits(self, index: int, sentence: Sentence, act: Act, acts: Sequence[Act]) -> tuple[str, ...]:
        """Names of all that may show the issue; those that hold a word begin with the language."""
        return tuple(dict.fromkeys(self._traits(index, sentence, act, acts)))

    def _traits(self, index: int, sentence: Sentence, act: Act, acts: Sequence[Act]) -> Iterator[str]:
        language, word = self.language, act.word
        own = set(sentence.subtree(word))
        inside = [a for a in acts if a.word in own and a.word != word]
        content = min(inside, key=lambda a: abs(a.word - word), default=None)
        named = self._named[index]
        shown = self._shown(named, sentence, act, content)
        yield f"type {act.type}"
        yield f"words {shown}"
        yield f"words {shown} {act.type}"
        yield f"{language} lemma {sentence.lemma_keys[word]}"
        if content is None:
            yield "no content"
        else:
            yield f"content {content.type}"
            yield f"content {content.type} {content.mode}"
            yield f"content {content.type} {act.type}"
        for other in acts:
            if other.word != word:
                yield f"beside {other.type}"
                yield f"beside {other.type} {other.mode}"
        first, last = clause_words(sentence, word)
        for other_word in range(len(sentence)):
            if other_word == word or sentence.upos[other_word] not in _NAMING:
                continue
            zone = "own" if other_word in own else "clause" if first <= other_word <= last else "far"
            if zone != "far":
                yield f"{language} {zone} {sentence.lemma_keys[other_word]}"
            if other_word in named:
                yield f"word {named[other_word]}"
                yield f"word {named[other_word]} {zone}"
        for step in (-1, 1):
            if 0 <= index + step < len(self._named):
                for issue in self._named[index + step].values():
                    yield f"next {step} {issue}"
        for issue in self._main:
            yield f"report {issue}"
        for issue in self._main[:1]:
            yield f"report first {issue}"

    def _shown(self, named: dict[int, str], sentence: Sentence, act: Act, content: Act | None) -> str | None:
        """What the words alone say: the act that it is about and the words below it, else the words of the sentence."""
        scores: Counter[str] = Counter()
        about = issue_of_act(content.type, content.mode) if content is not None else None
        if about:
            scores[about] += int(CONTENT)
        for words in (sentence.subtree(act.word)[:40], range(len(sentence))):
            scores.update(named[w] for w in words if w in named)
            if scores:
                return max(scores, key=lambda i: scores[i])
        return None
