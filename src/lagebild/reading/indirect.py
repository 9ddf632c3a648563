"""Indirect speech: clauses under verbs and nouns of speaking, «laut», «nach Angaben», «…, so der Minister»."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import Cues
from lagebild.lexicon.frames import fold
from lagebild.reading.syntax import (
    case_marker,
    is_predicate,
    is_verbal,
    phrase,
    slots,
)
from lagebild.reading.utterance import (
    Utterance,
    clause_of,
    cue_verb,
    cue_words,
    remaining,
    rest_of,
    speaker_of,
    speech_like,
    trimmed_range,
    verbal_act,
)


def find_indirect(document: Document, index: int, sentence: Sentence, lexicon: Cues) -> Iterator[Utterance]:
    for verb in range(len(sentence)):
        cue = cue_verb(sentence, verb, lexicon)
        act = cue is None and verbal_act(sentence, verb, document.language)
        if cue is None and not act:
            continue
        stance, entry = cue or ("asserts", sentence.lemmas[verb])
        # A clause may hang on the separated part or on the adverb that stands for it («geht davon aus, dass …»).
        below = [
            c
            for child in sentence.children[verb]
            if sentence.upos[child] in ("ADV", "ADP", "ADJ", "PRON") and sentence.relation(child) != "nsubj"
            for c in sentence.dependents(child, "ccomp", "acl", "advcl")
            if is_verbal(sentence, c) or sentence.dependents(c, "cop")
        ]
        if not sentence.dependents(verb, "ccomp"):
            below += [c for c in sentence.dependents(verb, "advcl") if _that(sentence, c, lexicon)]
        clauses = [
            c
            for c in (*sentence.dependents(verb, "ccomp", "parataxis", "xcomp"), *below)
            if not (sentence.relation(c) == "parataxis" and not speech_like(sentence, c))
            and not (sentence.relation(c) == "xcomp" and sentence.feats[c].get("VerbForm") != "Inf")
        ]
        content: list[tuple[int, int]] = []
        for clause in clauses:
            words = sentence.subtree(clause)
            if verb in range(words[0], words[-1] + 1):
                content += remaining(sentence, set(sentence.subtree(verb)) - set(words) | {verb})
                continue
            trimmed = trimmed_range(sentence, words[0], words[-1])
            if trimmed:
                content.append(trimmed)
        if not content and cue and sentence.relation(verb) == "parataxis":
            content = remaining(sentence, set(sentence.subtree(verb)))
        if not content and cue and is_verbal(sentence, verb):
            wanted = lexicon.objects.get(entry, frozenset())
            named = [s.word for s in slots(sentence, verb) if s.name in wanted and not s.shared]
            content = [phrase(sentence, w, relative=True) for w in named if sentence.upos[w] == "NOUN"]
        if not content:
            continue
        if act and not is_verbal(sentence, verb):
            continue
        speaker = speaker_of(sentence, verb)
        negated = any(
            sentence.feats[c].get("Polarity") == "Neg"
            or (sentence.upos[c] == "PART" and sentence.lemmas[c] in ("nicht", "not"))
            for c in sentence.children[verb]
        )
        if negated and stance in ("asserts", "believes"):
            stance = "doubts" if stance == "believes" else stance
        taken = {w for a, b in content for w in range(a, b + 1)}
        addressee = next((c for c in sentence.dependents(verb, "iobj")), None)
        yield Utterance(
            type="Indirect",
            content=tuple((index, a, b) for a, b in sorted(content)),
            stance=stance,
            speaker=(index, speaker) if speaker is not None else None,
            cue=tuple((index, w) for w in cue_words(sentence, verb)),
            frame=tuple((index, a, b) for a, b in rest_of(sentence, verb, taken)),
            addressee=(index, addressee) if addressee is not None else None,
            source=f"speech verb {entry}" if cue else f"verbal act {entry}",
        )


def find_nominal(index: int, sentence: Sentence, lexicon: Cues) -> Iterator[Utterance]:
    """A noun of speaking with its content as a clause: «die Behauptung der Rebellen, dass …»."""
    for noun in range(len(sentence)):
        if sentence.upos[noun] != "NOUN":
            continue
        stance = lexicon.noun(sentence.lemmas[noun])
        if stance is None:
            continue
        inner = [w for w in sentence.dependents(noun, "nmod") if case_marker(sentence, w) in (None, "von", "of")]
        for clause in (c for n in (noun, *inner) for c in sentence.dependents(n, "acl", "ccomp", "appos", "parataxis")):
            marked = sentence.dependents(clause, "mark") or speech_like(sentence, clause)
            relative = any(sentence.feats[c].get("PronType") == "Rel" for c in sentence.subtree(clause))
            if not is_predicate(sentence, clause) or not marked or relative:
                continue
            words = sentence.subtree(clause)
            content = trimmed_range(sentence, words[0], words[-1])
            if content is None:
                continue
            owner = [
                s.word
                for s in slots(sentence, noun)
                if s.name in ("gen", "poss", "von", "of", "by", "durch")
                and not s.shared
                and sentence.upos[s.word] in ("NOUN", "PROPN", "PRON", "DET")
            ]
            yield Utterance(
                type="Indirect",
                content=((index, *content),),
                stance=stance,
                speaker=(index, owner[0]) if owner else None,
                cue=((index, noun),),
                frame=tuple((index, a, b) for a, b in rest_of(sentence, noun, set(range(content[0], content[1] + 1)))),
                source=f"speech noun {sentence.lemmas[noun]}",
            )


def _that(sentence: Sentence, clause: int, lexicon: Cues) -> bool:
    """A clause that its conjunction marks as content (dass, that, ob, whether): parsers may call it adverbial."""
    return any(sentence.lemmas[c].casefold() in lexicon.conjunctions for c in sentence.dependents(clause, "mark"))


def find_adpositional(index: int, sentence: Sentence, lexicon: Cues, found: list[Utterance]) -> Iterator[Utterance]:
    for word in range(len(sentence)):
        key = fold(sentence.lemmas[word])
        rule = lexicon.adpositions.get(key) or lexicon.adpositions.get(fold(sentence.forms[word]))
        if rule is None:
            continue
        complement, second = rule
        noun = sentence.heads[word]
        if second is not None:
            following = [w for w in range(word + 1, min(word + 2, len(sentence))) if fold(sentence.forms[w]) == second]
            if not following:
                continue
            noun = next((h for h in (sentence.heads[following[0]], sentence.heads[word]) if h > following[0]), -1)
        if noun < 0 or sentence.upos[noun] not in ("NOUN", "PROPN", "PRON", "X", "NUM", "ADJ"):
            continue
        speech_noun = lexicon.noun(sentence.lemmas[noun]) or lexicon.noun(sentence.forms[noun])
        joined = False
        if speech_noun is None and word + 1 < noun and sentence.relation(word + 1) in ("case", "fixed"):
            # «nach Angaben der Polizei»: the parser may take «nach Angaben» for one preposition.
            speech_noun = lexicon.noun(sentence.lemmas[word + 1])
            joined = speech_noun is not None
        if complement == "noun" and speech_noun is None:
            continue
        stance = speech_noun or "asserts"
        speaker = noun
        if speech_noun is not None and not joined:
            inner = next(
                (
                    s.word
                    for s in slots(sentence, noun)
                    if s.name in ("gen", "von", "of", "by", "durch", "poss", "aus")
                    and not s.shared
                    and sentence.upos[s.word] in ("NOUN", "PROPN", "PRON", "X")
                ),
                None,
            )
            speaker = inner if inner is not None else _following_noun(sentence, noun)
        frame = set(sentence.subtree(noun)) | {word}
        frame = set(range(min(frame), max(frame) + 1))
        content = remaining(
            sentence, frame | {w for u in found for _, a, b in u.frame for w in range(a, b + 1) if w in frame}
        )
        clause = clause_of(sentence, noun)
        content = [(a, b) for a, b in content if any(w in clause for w in range(a, b + 1))]
        if not content:
            continue
        yield Utterance(
            type="Indirect",
            content=tuple((index, a, b) for a, b in content),
            stance=stance,
            speaker=(index, speaker),
            cue=((index, word),),
            frame=((index, min(frame), max(frame)),),
            source=f"speech adposition {key}",
        )


def _following_noun(sentence: Sentence, noun: int) -> int:
    """The noun phrase right behind a noun of speaking («Angaben der Polizei»), whatever the tree makes of it."""
    for word in range(noun + 1, min(noun + 5, len(sentence))):
        if sentence.upos[word] in ("NOUN", "PROPN") and sentence.feats[word].get("Case") != "Nom":
            return word
        if sentence.upos[word] not in ("DET", "ADJ"):
            break
    return noun


def find_parenthetical(index: int, sentence: Sentence, lexicon: Cues, found: list[Utterance]) -> Iterator[Utterance]:
    """«…, so der Minister», «…, wie X sagte»: a particle after a comma with a noun or a clause of speaking."""
    for word in range(1, len(sentence) - 1):
        key = fold(sentence.forms[word])
        if key not in lexicon.particles or sentence.forms[word - 1] not in (",", "»", "“", "”", '"', "–"):
            continue
        # The particle hangs on its verb, or, misread, on the clause before the comma.
        verbs = (w for w in range(word + 1, len(sentence)) if cue_verb(sentence, w, lexicon))
        head = sentence.heads[word] if sentence.heads[word] > word else next(verbs, -1)
        if head <= word or any(sentence.forms[w] in (",", ";") for w in range(word, head)):
            continue
        if is_verbal(sentence, head):
            if cue_verb(sentence, head, lexicon) is None:
                continue
            speaker = speaker_of(sentence, head)
        elif (
            sentence.upos[head] in ("NOUN", "PROPN")
            and case_marker(sentence, head) in (None, key)
            and not _finite_between(sentence, word, head)
        ):
            speaker = head
        else:
            continue
        frame = set(sentence.subtree(head)) | {word}
        frame = {w for w in frame if w >= word}
        content = remaining(sentence, set(range(min(frame), max(frame) + 1)))
        if not content or any(u.speaker == (index, speaker) for u in found):
            continue
        yield Utterance(
            type="Indirect",
            content=tuple((index, a, b) for a, b in content),
            speaker=(index, speaker) if speaker is not None else None,
            cue=((index, word),),
            frame=((index, min(frame), max(frame)),),
            source=f"speech particle {key}",
        )


def _finite_between(sentence: Sentence, first: int, last: int) -> bool:
    return any(sentence.feats[w].get("VerbForm") == "Fin" for w in range(first, last + 1))
