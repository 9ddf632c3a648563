"""Who says what: direct, indirect and reported speech, cues with «laut» and «zufolge», running Konjunktiv.

An utterance ties stretches of words to a speaker. It serves twice: as a quotation that the program prints, and to
tell for each event and figure who vouches for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import Cues, cues
from lagebild.lexicon.frames import fold, frames
from lagebild.model import Quote, Span
from lagebild.reading.syntax import antecedent, case_marker, is_predicate, is_verbal, phrase, slots, subject

Words = tuple[int, int, int]  # sentence index, first word, last word (inclusive)

#: Conjunctions of content in German and English: closed classes of the two grammars.
_CONTENT_MARKS = frozenset({"dass", "daß", "ob", "that", "whether"})


@dataclass(frozen=True, slots=True)
class Utterance:
    """One quotation: what is said (`content`), by whom (`speaker`: sentence and head word), by which cue words.

    `type` and the spans are those of model.Quote; `stance` is the speaker's attitude. `event_type` is set where the
    cue is itself a verbal act (fordern): its content is vouched for by that act's actors all the same.
    """

    type: str
    content: tuple[Words, ...]
    stance: str = "asserts"
    speaker: tuple[int, int] | None = None
    cue: tuple[tuple[int, int], ...] = ()
    frame: tuple[Words, ...] = ()
    addressee: tuple[int, int] | None = None
    source: str = ""
    nested: bool = False

    def covers(self, sentence: int, word: int) -> bool:
        return any(s == sentence and a <= word <= b for s, a, b in self.content)


def find_speech(document: Document) -> list[Utterance]:
    """All utterances of a document, in text order; nested ones follow those that hold them."""
    lexicon = cues(document.language)
    found: list[Utterance] = []
    inside = _quoted(document, lexicon)
    previous: Utterance | None = None
    for index, sentence in enumerate(document.sentences):
        quoted = inside.get(index, [])
        here = list(_indirect(document, index, sentence, lexicon))
        here += _adpositional(index, sentence, lexicon, here)
        here += _parenthetical(index, sentence, lexicon, here)
        here += _nominal(index, sentence, lexicon)
        direct = list(_direct(document, index, sentence, quoted, here, previous, lexicon))
        here = [u for u in here if not _mostly_quoted(u, direct)]
        covered = {w for u in (*here, *direct) for s, a, b in u.content if s == index for w in range(a, b + 1)}
        running = (
            None if sentence.root in covered else _running(document, index, previous, bool(here or direct), lexicon)
        )
        found += sorted([*here, *direct, *([running] if running else [])], key=lambda u: u.content[0])
        if here or direct or running:
            candidates = [
                u for u in (*here, *direct, *([running] if running else [])) if u.speaker and u.stance != "denies"
            ]
            previous = candidates[-1] if candidates else previous
        elif previous and index - previous.content[-1][0] > 2:
            previous = None
    return list(_merged(found))


def quotes(document: Document, utterances: list[Utterance]) -> tuple[Quote, ...]:
    """The utterances as quotations with character spans."""

    def span(words: Words) -> Span:
        return document.sentences[words[0]].span(words[1], words[2])

    def noun(at: tuple[int, int] | None) -> tuple[Span, ...]:
        if at is None:
            return ()
        sentence = document.sentences[at[0]]
        return (sentence.span(*phrase(sentence, at[1])),)

    result = []
    for u in utterances:
        result.append(
            Quote(
                type=u.type,
                quote=tuple(span(w) for w in u.content),
                speaker=noun(u.speaker),
                cue=tuple(document.sentences[s].span(w, w) for s, w in u.cue),
                frame=tuple(span(w) for w in u.frame),
                addressee=noun(u.addressee),
            )
        )
    return tuple(result)


def _quoted(document: Document, lexicon: Cues) -> dict[int, list[tuple[int, int]]]:
    """For each sentence the word ranges that stand in quotation marks (marks included)."""
    found: dict[int, list[tuple[int, int]]] = {}
    closing: str | None = None
    begin: tuple[int, int] | None = None
    for index, sentence in enumerate(document.sentences):
        for word, form in enumerate(sentence.forms):
            if closing is not None and len(form) <= 2 and form[0] in closing:
                assert begin is not None
                if index - begin[0] <= 8:
                    for s in range(begin[0], index + 1):
                        first = begin[1] if s == begin[0] else 0
                        last = word if s == index else len(document.sentences[s]) - 1
                        found.setdefault(s, []).append((first, last))
                closing = None
            elif closing is None and len(form) <= 2 and form and form[0] in lexicon.marks:
                closing, begin = lexicon.marks[form[0]], (index, word)
        if closing is not None and begin is not None and index - begin[0] > 8:
            closing = None
    return found


def _cue_verb(sentence: Sentence, word: int, lexicon: Cues) -> tuple[str, str] | None:
    """The stance of a verb of speaking and its lexicon entry, joined with a separated prefix."""
    if not is_verbal(sentence, word):
        return None
    lemma = fold(sentence.lemmas[word])
    for particle in _particles(sentence, word):
        joined = fold(sentence.lemmas[particle]) + lemma
        if joined in lexicon.verbs:
            return lexicon.verbs[joined], joined
    return (lexicon.verbs[lemma], lemma) if lemma in lexicon.verbs else None


def _particles(sentence: Sentence, verb: int) -> list[int]:
    """Words that may be the separated part of a verb («gab … bekannt»), whatever relation the parser gave them."""
    return [
        c
        for c in sentence.dependents(verb, "compound:prt", "compound", "advmod", "xcomp", "obl", "mark")
        if c > verb and sentence.upos[c] in ("ADP", "ADV", "ADJ", "PART", "VERB", "NOUN")
    ]


def _verbal_act(sentence: Sentence, word: int, language: str) -> bool:
    """Whether a word is a verbal act of the event lexicon that confers a status on what is said (fordern, drohen)."""
    return any(
        f.type in ("REQUEST", "AGREE", "THREATEN", "ACCUSE", "REJECT", "CONCEDE")
        for f in frames(language).find(sentence.lemmas[word], sentence.upos[word])
    )


def _trim(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    while first <= last and sentence.forms[first] in (",", ":", ";", "–", "-", "."):
        first += 1
    while last >= first and sentence.forms[last] in (",", ":", ";", "–", "-", ".", "!", "?"):
        last -= 1
    return (first, last) if first <= last else None


def _rest(sentence: Sentence, taken: set[int]) -> list[tuple[int, int]]:
    """The stretches of a sentence outside `taken`, trimmed of punctuation."""
    result, begin = [], None
    for word in range(len(sentence) + 1):
        inside = word < len(sentence) and word not in taken
        if inside and begin is None:
            begin = word
        elif not inside and begin is not None:
            trimmed = _trim(sentence, begin, word - 1)
            if trimmed:
                result.append(trimmed)
            begin = None
    return result


def _cue_words(sentence: Sentence, verb: int) -> tuple[int, ...]:
    extra = [c for c in sentence.children[verb] if sentence.relation(c) in ("aux", "compound", "expl")]
    return tuple(sorted({verb, *extra}))


def _speaker_of(sentence: Sentence, verb: int) -> int | None:
    for slot in slots(sentence, verb):
        if slot.name == "nsubj" and sentence.upos[slot.word] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"):
            if sentence.lemmas[slot.word].casefold() in ("es", "it", "man"):
                return None
            return antecedent(sentence, slot.word)
    return None


def _indirect(document: Document, index: int, sentence: Sentence, lexicon: Cues) -> Iterator[Utterance]:
    for verb in range(len(sentence)):
        cue = _cue_verb(sentence, verb, lexicon)
        act = cue is None and _verbal_act(sentence, verb, document.language)
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
            below += [c for c in sentence.dependents(verb, "advcl") if _that(sentence, c)]
        clauses = [
            c
            for c in (*sentence.dependents(verb, "ccomp", "parataxis", "xcomp"), *below)
            if not (sentence.relation(c) == "parataxis" and not _speech_like(sentence, c))
            and not (sentence.relation(c) == "xcomp" and sentence.feats[c].get("VerbForm") != "Inf")
        ]
        content: list[tuple[int, int]] = []
        for clause in clauses:
            words = sentence.subtree(clause)
            if verb in range(words[0], words[-1] + 1):
                content += _rest(sentence, set(sentence.subtree(verb)) - set(words) | {verb})
                continue
            trimmed = _trim(sentence, words[0], words[-1])
            if trimmed:
                content.append(trimmed)
        if not content and cue and sentence.relation(verb) == "parataxis":
            content = _rest(sentence, set(sentence.subtree(verb)))
        if not content and cue and is_verbal(sentence, verb):
            wanted = lexicon.objects.get(entry, frozenset())
            named = [s.word for s in slots(sentence, verb) if s.name in wanted and not s.shared]
            content = [phrase(sentence, w, relative=True) for w in named if sentence.upos[w] == "NOUN"]
        if not content:
            continue
        if act and not is_verbal(sentence, verb):
            continue
        speaker = _speaker_of(sentence, verb)
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
            cue=tuple((index, w) for w in _cue_words(sentence, verb)),
            frame=tuple((index, a, b) for a, b in _rest_of(sentence, verb, taken)),
            addressee=(index, addressee) if addressee is not None else None,
            source=f"speech verb {entry}" if cue else f"verbal act {entry}",
        )


def _nominal(index: int, sentence: Sentence, lexicon: Cues) -> Iterator[Utterance]:
    """A noun of speaking with its content as a clause: «die Behauptung der Rebellen, dass …»."""
    for noun in range(len(sentence)):
        if sentence.upos[noun] != "NOUN":
            continue
        stance = lexicon.noun(sentence.lemmas[noun])
        if stance is None:
            continue
        inner = [w for w in sentence.dependents(noun, "nmod") if case_marker(sentence, w) in (None, "von", "of")]
        for clause in (c for n in (noun, *inner) for c in sentence.dependents(n, "acl", "ccomp", "appos", "parataxis")):
            marked = sentence.dependents(clause, "mark") or _speech_like(sentence, clause)
            relative = any(sentence.feats[c].get("PronType") == "Rel" for c in sentence.subtree(clause))
            if not is_predicate(sentence, clause) or not marked or relative:
                continue
            words = sentence.subtree(clause)
            content = _trim(sentence, words[0], words[-1])
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
                frame=tuple((index, a, b) for a, b in _rest_of(sentence, noun, set(range(content[0], content[1] + 1)))),
                source=f"speech noun {sentence.lemmas[noun]}",
            )


def _rest_of(sentence: Sentence, verb: int, taken: set[int]) -> list[tuple[int, int]]:
    words = set(sentence.subtree(verb)) - taken
    return _rest(sentence, set(range(len(sentence))) - words)


def _that(sentence: Sentence, clause: int) -> bool:
    """A clause that its conjunction marks as content (dass, that, ob, whether): parsers may call it adverbial."""
    return any(sentence.lemmas[c].casefold() in _CONTENT_MARKS for c in sentence.dependents(clause, "mark"))


def _speech_like(sentence: Sentence, clause: int) -> bool:
    """A paratactic clause is reported speech if it stands in the subjunctive."""
    return any(sentence.feats[w].get("Mood") == "Sub" for w in (clause, *sentence.dependents(clause, "aux", "cop")))


def _adpositional(index: int, sentence: Sentence, lexicon: Cues, found: list[Utterance]) -> Iterator[Utterance]:
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
        content = _rest(
            sentence, frame | {w for u in found for _, a, b in u.frame for w in range(a, b + 1) if w in frame}
        )
        clause = _clause_of(sentence, noun)
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


def _clause_of(sentence: Sentence, word: int) -> set[int]:
    """All words under the nearest predicate above a word that has a subject or is the root."""
    for node in sentence.ancestors(word):
        if is_predicate(sentence, node) or sentence.heads[node] < 0:
            return set(sentence.subtree(node))
    return set(range(len(sentence)))


def _parenthetical(index: int, sentence: Sentence, lexicon: Cues, found: list[Utterance]) -> Iterator[Utterance]:
    """«…, so der Minister», «…, wie X sagte»: a particle after a comma with a noun or a clause of speaking."""
    for word in range(1, len(sentence) - 1):
        key = fold(sentence.forms[word])
        if key not in lexicon.particles or sentence.forms[word - 1] not in (",", "»", "“", "”", '"', "–"):
            continue
        # The particle hangs on its verb, or, misread, on the clause before the comma.
        verbs = (w for w in range(word + 1, len(sentence)) if _cue_verb(sentence, w, lexicon))
        head = sentence.heads[word] if sentence.heads[word] > word else next(verbs, -1)
        if head <= word or any(sentence.forms[w] in (",", ";") for w in range(word, head)):
            continue
        if is_verbal(sentence, head):
            if _cue_verb(sentence, head, lexicon) is None:
                continue
            speaker = _speaker_of(sentence, head)
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
        content = _rest(sentence, set(range(min(frame), max(frame) + 1)))
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


def _direct(
    document: Document,
    index: int,
    sentence: Sentence,
    quoted: list[tuple[int, int]],
    found: list[Utterance],
    previous: Utterance | None,
    lexicon: Cues,
) -> Iterator[Utterance]:
    for first, last in quoted:
        inner = range(first, last + 1)
        whole = last - first + 1 >= len(sentence) - 1
        verbal = any(sentence.upos[w] in ("VERB", "AUX") for w in inner)
        holder = next(
            (u for u in found if any(s == index and a <= first + 1 and last - 1 <= b for s, a, b in u.content)), None
        )
        if holder is None:
            holder = next(
                (u for u in found if any(s == index and first <= a and b <= last for s, a, b in u.content)), None
            )
        if holder is not None:
            inside_content = any(
                (s == index and a < first and last <= b) or (a <= first and last < b) for s, a, b in holder.content
            )
            yield replace(holder, type="Direct", content=((index, first, last),), nested=inside_content)
            continue
        if not verbal and last - first < 5:
            continue
        verb = None if whole else _nearest_cue(sentence, first, last, lexicon)
        if verb is not None:
            speaker = _speaker_of(sentence, verb)
            if speaker is not None and first <= speaker <= last:
                speaker = None
            outside = [r for r in _rest(sentence, set(inner))]
            yield Utterance(
                type="Direct",
                content=((index, first, last),),
                speaker=(index, speaker) if speaker is not None else None,
                cue=tuple((index, w) for w in _cue_words(sentence, verb)),
                frame=tuple((index, a, b) for a, b in outside),
                source=f"quotation marks with {sentence.lemmas[verb]}",
            )
            continue
        at, cue_at = _neighbour(document, index, previous, lexicon, whole)
        yield Utterance(
            type="Direct", content=((index, first, last),), speaker=at, cue=cue_at, source="quotation marks"
        )


def _nearest_cue(sentence: Sentence, first: int, last: int, lexicon: Cues) -> int | None:
    verbs = [w for w in range(len(sentence)) if not first <= w <= last and sentence.upos[w] == "VERB"]
    named = [w for w in verbs if _cue_verb(sentence, w, lexicon)]
    pool = named or [w for w in verbs if sentence.heads[w] < 0]
    return min(pool, key=lambda w: min(abs(w - first), abs(w - last)), default=None)


def _neighbour(
    document: Document, index: int, previous: Utterance | None, lexicon: Cues, whole: bool
) -> tuple[tuple[int, int] | None, tuple[tuple[int, int], ...]]:
    """The speaker of a quotation that fills its sentence: the sentence before with a colon, or the running one."""
    if index > 0:
        before = document.sentences[index - 1]
        if before.forms[-1] == ":":
            root = before.root
            verb = next((w for w in range(len(before)) if _cue_verb(before, w, lexicon)), root)
            speaker = _speaker_of(before, verb)
            if speaker is not None:
                return (index - 1, speaker), tuple((index - 1, w) for w in _cue_words(before, verb))
    if previous is not None and index - previous.content[-1][0] <= 2:
        return previous.speaker, ()
    return None, ()


def _mostly_quoted(utterance: Utterance, direct: list[Utterance]) -> bool:
    """Whether direct speech covers nearly all of an utterance's content, so that it is one quotation and not two."""
    words = {(s, w) for s, a, b in utterance.content for w in range(a, b + 1)}
    marked = {(s, w) for d in direct for s, a, b in d.content for w in range(a, b + 1)}
    return len(words - marked) <= 1


def _running(
    document: Document, index: int, previous: Utterance | None, other: bool, lexicon: Cues
) -> Utterance | None:
    """A sentence in Konjunktiv without a cue of its own goes on with the last speaker; sollen is hearsay."""
    sentence = document.sentences[index]
    root = sentence.root
    finite = [w for w in (root, *sentence.dependents(root, "aux", "cop")) if sentence.feats[w].get("VerbForm") == "Fin"]
    trimmed = _trim(sentence, 0, len(sentence) - 1)
    if trimmed is None:
        return None
    moods = {sentence.feats[w].get("Tense") for w in finite if sentence.feats[w].get("Mood") == "Sub"}
    near = previous is not None and previous.speaker is not None and index - previous.content[-1][0] <= 2
    # Konjunktiv II stands for I where that would look like the indicative, but it may also be the writer's own «would».
    goes_on = bool(moods - {"Past"}) or (bool(moods) and near)
    anaphor = fold(sentence.forms[0]) in lexicon.anaphors
    if goes_on or (anaphor and previous):
        if other:
            return None
        speaker = previous.speaker if previous and near else _last_subject(document, index)
        return Utterance(
            type="IndirectFreeIndirect" if speaker else "FreeIndirect",
            content=((index, trimmed[0], trimmed[1]),),
            stance=previous.stance if previous and near and previous.stance == "believes" else "asserts",
            speaker=speaker,
            source="running Konjunktiv",
        )
    for word in range(len(sentence)):
        if fold(sentence.lemmas[word]) in lexicon.hearsay and _is_hearsay(sentence, word):
            return Utterance(
                type="FreeIndirect",
                content=((index, trimmed[0], trimmed[1]),),
                stance=lexicon.hearsay[fold(sentence.lemmas[word])],
                source=f"hearsay {sentence.lemmas[word]}",
            )
    return None


def _last_subject(document: Document, index: int) -> tuple[int, int] | None:
    """The subject of the nearest main clause in the indicative before a sentence: whose words a Konjunktiv reports."""
    for before in range(index - 1, max(index - 3, -1), -1):
        sentence = document.sentences[before]
        if "\n\n" in document.text[sentence.end : document.sentences[index].start] and before < index - 1:
            return None
        subjects = sentence.dependents(sentence.root, "nsubj")
        if subjects and sentence.upos[subjects[0]] in ("NOUN", "PROPN") and sentence.deprels[subjects[0]] == "nsubj":
            return before, subjects[0]
    return None


def _is_hearsay(sentence: Sentence, word: int) -> bool:
    """A modal is hearsay with a perfect infinitive («soll getötet haben»); an adverb always."""
    if not is_verbal(sentence, word):
        return True
    if sentence.feats[word].get("Mood") == "Sub" or sentence.feats[word].get("Tense") == "Past":
        return False
    verb = sentence.heads[word] if sentence.relation(word) == "aux" else word
    siblings = (verb, *sentence.children[verb])
    participle = any(sentence.feats[w].get("VerbForm") == "Part" for w in siblings)
    infinitive = any(
        sentence.feats[w].get("VerbForm") == "Inf"
        and sentence.upos[w] == "AUX"
        and sentence.lemmas[w] in ("haben", "sein")
        for w in siblings
    )
    return participle and infinitive


def _merged(found: list[Utterance]) -> Iterator[Utterance]:
    """Running sentences of one speaker are one quotation."""
    last: Utterance | None = None
    for utterance in found:
        if (
            last is not None
            and last.type == utterance.type
            and "FreeIndirect" in last.type
            and last.speaker == utterance.speaker
            and last.source == utterance.source
            and utterance.content[0][0] - last.content[-1][0] == 1
        ):
            last = replace(last, content=(*last.content, *utterance.content))
            continue
        if last is not None:
            yield last
        last = utterance
    if last is not None:
        yield last


def speaker_at(utterances: list[Utterance], sentence: int, word: int) -> Utterance | None:
    """The outermost utterance that covers a word and names a source, else the outermost that covers it."""
    covering = [u for u in utterances if u.covers(sentence, word)]
    if not covering:
        return None
    covering.sort(key=lambda u: (u.speaker is None, -sum(b - a for _, a, b in u.content)))
    return covering[0]


def subject_of(sentence: Sentence, word: int) -> int | None:
    """The subject word of a predicate, borrowed or own."""
    found = subject(sentence, word)
    return found[0] if found else None
