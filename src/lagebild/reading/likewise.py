"""Acts told by doing as another did: «Washington zog nach», “Britain followed suit”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from lagebild.language.document import Sentence
from lagebild.lexicon.frames import fold
from lagebild.lexicon.loader import load
from lagebild.model import Because
from lagebild.reading.events import Act
from lagebild.reading.fillers import verb_lemmas
from lagebild.reading.syntax import slots

#: Acts that others join in, those that most ask for it first; and sentences back in which the one that is joined may stand.
_JOINED = ("SANCTION", "COERCE", "AID", "MOBILIZE", "RETREAT", "REJECT", "ACCUSE", "SUPPORT")
_BACK = 4


@cache
def _verbs(language: str) -> frozenset[str]:
    """The lemmas of verbs that say no more than that somebody did the same."""
    return frozenset(
        fold(word)
        for entry in load(language, "classes").get("class", ())
        if entry["id"] == "likewise"
        for word in entry["words"]
    )


def likewise(
    sentences: Sequence[Sentence], acts: Mapping[int, Sequence[Act]], language: str
) -> Iterator[tuple[Act, Act]]:
    """New acts, each with the act before it that it does again."""
    for index, sentence in enumerate(sentences):
        taken = {act.word for act in acts.get(index, ())}
        for word in range(len(sentence)):
            if word in taken or sentence.upos[word] != "VERB" or sentence.feats[word].get("VerbForm") != "Fin":
                continue
            if not any(fold(lemma) in _verbs(language) for lemma in verb_lemmas(sentence, word)):
                continue
            whole = sentence.dependents(word, "nsubj") and not sentence.dependents(word, "iobj", "ccomp", "xcomp")
            objects = [sentence.lemma_keys[o] for o in sentence.dependents(word, "obj")]
            before = _before(acts, index) if whole and all(o in _verbs(language) for o in objects) else None
            if before is not None:
                because = Because("rule", "does as told before", sentence.forms[word])
                yield replace(
                    before, sentence=index, word=word, frame=None, because=(because,), arguments=slots(sentence, word)
                ), before  # fmt: skip


def _before(acts: Mapping[int, Sequence[Act]], index: int) -> Act | None:
    """The act that is joined: the last of its kind told shortly before."""
    near = [act for i in range(index - _BACK, index) for act in acts.get(i, ())]
    for kind in _JOINED:
        fit = [act for act in near if act.type == kind]
        if fit:
            return fit[-1]
    return None
